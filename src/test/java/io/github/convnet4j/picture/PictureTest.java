package io.github.convnet4j.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.files.TinyPictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTest {
  @TempDir private Path folder;

  @Test
  void aGrayPngKeepsEveryShade() {
    BufferedImage image = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
    for (int shade = 0; shade < 256; shade++) {
      image.getRaster().setSample(shade, 0, 0, shade);
    }
    Picture picture = Picture.read(TinyPictures.write(folder.resolve("a.png"), image, "png"));
    assertEquals("Picture[1x256x1]", picture.toString());
    for (int shade = 0; shade < 256; shade++) {
      assertEquals((byte) shade, picture.pixels()[shade]);
    }
  }

  @Test
  void sixteenBitsAreRoundedToEight() {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
    // 0.499 and 0.501 of a step of 257, and white.
    int[] values = {257 * 10 + 128, 257 * 10 + 129, 65535};
    for (int x = 0; x < 3; x++) {
      image.getRaster().setSample(x, 0, 0, values[x]);
    }
    Picture picture = Picture.read(TinyPictures.write(folder.resolve("a.png"), image, "png"));
    assertArrayEquals(new byte[] {10, 11, (byte) 255}, picture.pixels());
  }

  @Test
  void aPictureOfOneBitIsGray() {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
    image.setRGB(1, 0, 0xffffffff);
    Picture picture = Picture.read(TinyPictures.write(folder.resolve("a.png"), image, "png"));
    assertArrayEquals(new byte[] {0, (byte) 255}, picture.pixels());
  }

  @Test
  void colorsAreRgbAndGrayStoredAsRgbIsGray() {
    Picture red = Picture.read(TinyPictures.colour(folder.resolve("r.png"), 1, 1, 0xffc80a00));
    assertArrayEquals(new byte[] {(byte) 200, 10, 0}, red.pixels());
    Picture grey = Picture.read(TinyPictures.colour(folder.resolve("g.png"), 2, 1, 0xff777777));
    assertArrayEquals(new byte[] {0x77, 0x77}, grey.pixels());
  }

  @Test
  void transparentPixelsAreDrawnOnWhite() {
    // Black with an opacity of 51 / 255 = 0.2 lets 0.8 of the white through.
    Picture picture = Picture.read(TinyPictures.colour(folder.resolve("a.png"), 1, 1, 0x33000000));
    assertArrayEquals(new byte[] {(byte) 204}, picture.pixels());
  }

  @Test
  void readsJpegGifAndBmp() {
    for (String format : new String[] {"jpg", "gif", "bmp"}) {
      BufferedImage image = new BufferedImage(16, 8, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < 16 * 8; i++) {
        image.setRGB(i % 16, i / 16, 0xff0000);
      }
      Picture picture =
          Picture.read(TinyPictures.write(folder.resolve("a." + format), image, format));
      assertEquals("Picture[8x16x3]", picture.toString());
      assertEquals(254, picture.pixels()[0] & 0xff, 1);
      assertEquals(0, picture.pixels()[1] & 0xff, 1);
    }
  }

  @Test
  void grayIsTheLumaAndInvertedTheOpposite() {
    Picture picture = Picture.of(1, 1, 3, new byte[] {100, (byte) 200, 50});
    // 0.299 * 100 + 0.587 * 200 + 0.114 * 50 = 153.0
    assertArrayEquals(new byte[] {(byte) 153}, picture.grey().pixels());
    assertArrayEquals(new byte[] {(byte) 155, 55, (byte) 205}, picture.inverted().pixels());
    assertArrayEquals(new byte[] {7, 7, 7}, Picture.of(1, 1, 1, new byte[] {7}).rgb().pixels());
  }

  @Test
  void refusesATextFileNamedPng() throws IOException {
    Path file = Files.writeString(folder.resolve("note.png"), "not a picture");
    assertEquals(
        file + " is not a picture: give a PNG, JPEG, GIF, BMP or TIFF file", message(file));
  }

  @Test
  void namesAPathThatDoesNotExistOrIsNotAFile() {
    Path missing = folder.resolve("missing.png");
    assertEquals(
        missing + " does not exist: give a PNG, JPEG, GIF, BMP or TIFF file", message(missing));
    assertEquals(
        folder + " is not a file: give a PNG, JPEG, GIF, BMP or TIFF file", message(folder));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif", "bmp", "tiff"})
  void namesAFileTruncatedAnywhere(String format) throws IOException {
    BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 1600; i++) {
      image.setRGB(i % 40, i / 40, 7919 * i);
    }
    Path whole = TinyPictures.write(folder.resolve("whole." + format), image, format);
    byte[] bytes = Files.readAllBytes(whole);
    for (int length = 0; length < bytes.length * 9 / 10; length += 1 + length / 20) {
      Path file = Files.write(folder.resolve("cut." + format), Arrays.copyOf(bytes, length));
      assertTrue(message(file).startsWith(file + " is "), message(file));
    }
  }

  @Test
  void refusesAHeaderThatDeclaresTooManyPixels() throws IOException {
    Path file = TinyPictures.grey(folder.resolve("a.png"), 1, 1, 0);
    byte[] bytes = Files.readAllBytes(file);
    // Width and height lie at 16 and 20 of a PNG, most significant byte first.
    bytes[18] = (byte) 128;
    bytes[22] = (byte) 128;
    Files.write(file, bytes);
    assertTrue(
        message(file)
            .startsWith(
                "%s: its 32769x32769 pixels are more than an array can hold".formatted(file)),
        message(file));
    bytes[18] = 30;
    bytes[22] = 30;
    Files.write(file, bytes);
    assertTrue(
        message(file)
            .startsWith(
                "%s: its 7681x7681 pixels are more than its %d bytes can hold"
                    .formatted(file, bytes.length)),
        message(file));
  }

  private static String message(Path file) {
    return assertThrows(DataException.class, () -> Picture.read(file)).getMessage();
  }
}
