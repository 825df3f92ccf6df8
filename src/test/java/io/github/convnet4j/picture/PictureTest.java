package io.github.convnet4j.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.files.TinyPictures;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageTypeSpecifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTest {
  private static final Path KINDS = Path.of("src/test/resources/io/github/convnet4j/picture/kinds");

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

  @Test
  void streamsAndBytesGiveTheSamePictureAsTheFile() throws IOException {
    Path file = KINDS.resolve("exif-6.jpg");
    byte[] pixels = Picture.read(file).pixels();
    byte[] bytes = Files.readAllBytes(file);
    assertArrayEquals(pixels, Picture.decode(bytes).pixels());
    try (InputStream stream = Files.newInputStream(file)) {
      assertArrayEquals(pixels, Picture.read(stream).pixels());
      assertEquals(-1, stream.read(), "the stream is read to its end, and still open");
    }
    PictureFormat small = PictureFormat.asTheyAre().size(3, 4);
    byte[] scaled = small.read(file).pixels();
    assertArrayEquals(scaled, small.decode(bytes).pixels());
    assertArrayEquals(scaled, small.read(new ByteArrayInputStream(bytes)).pixels());
  }

  @Test
  void messagesSayWherePicturesWithoutAFileCameFrom() throws IOException {
    byte[] text = {'t', 'e', 'x', 't'};
    assertStartsWith("the file is not a picture", () -> Picture.decode(text));
    assertStartsWith(
        "the picture from the stream is not a picture",
        () -> Picture.read(new ByteArrayInputStream(text)));
    InputStream closed = InputStream.nullInputStream();
    closed.close();
    assertStartsWith(
        "the picture from the stream cannot be read: Stream closed", () -> Picture.read(closed));
  }

  private static void assertStartsWith(String start, Executable reading) {
    String message = assertThrows(DataException.class, reading).getMessage();
    assertTrue(message.startsWith(start), message);
  }

  @Test
  void anImageIsCopied() {
    BufferedImage image =
        ImageTypeSpecifier.createInterleaved(
                ColorSpace.getInstance(ColorSpace.CS_sRGB),
                new int[] {0, 1, 2},
                DataBuffer.TYPE_BYTE,
                false,
                false)
            .createBufferedImage(2, 1);
    image.setRGB(0, 0, 0xff010203);
    Picture picture = Picture.of(image);
    image.setRGB(0, 0, 0xffffffff);
    assertArrayEquals(new byte[] {1, 2, 3, 0, 0, 0}, picture.pixels());
  }

  @Test
  void aPartOfAnImageIsThatPart() {
    BufferedImage image = new BufferedImage(4, 3, BufferedImage.TYPE_3BYTE_BGR);
    image.setRGB(2, 1, 0xff010203);
    assertArrayEquals(
        new byte[] {0, 0, 0, 1, 2, 3}, Picture.of(image.getSubimage(1, 1, 2, 1)).pixels());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void anImageOfAPictureGivesThePictureAgain(int channels) {
    byte[] pixels = new byte[4 * 5 * channels];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (17 * i);
    }
    Picture picture = Picture.of(4, 5, channels, pixels);
    assertArrayEquals(pixels, Picture.of(picture.toBufferedImage()).pixels());
  }

  @Test
  void wideValuesOfAnImageAreMappedFromTheRange() {
    BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_USHORT_GRAY);
    int[] values = {0, 500, 1500, 4095};
    image.getRaster().setPixels(0, 0, 4, 1, values);
    // (1500 - 500) / (2500 - 500) * 255 = 127.5
    assertArrayEquals(
        new byte[] {0, 0, (byte) 128, (byte) 255},
        PictureFormat.asTheyAre().range(500, 2500).apply(image).pixels());
  }

  @Test
  void saysThatWideValuesUseOnlyASmallPartOfTheirRange() {
    Path file = KINDS.resolve("gray-16-of-12.png");
    String remark = Picture.read(file).remark().orElseThrow();
    assertTrue(remark.startsWith(file + " holds values from 0 to 4095, of 65535"), remark);
    assertTrue(remark.contains("range(0, 4095)") && remark.contains("--range 0:4095"), remark);
    PictureFormat format = PictureFormat.asTheyAre().size(2, 2).inverted(true);
    assertEquals(remark, format.read(file).remark().orElseThrow());
    assertEquals(Optional.empty(), format.range(0, 4095).read(file).remark());
    assertEquals(Optional.empty(), Picture.read(KINDS.resolve("gray-16.png")).remark());
    assertEquals(Optional.empty(), Picture.read(KINDS.resolve("gray-8.png")).remark());
  }

  @ParameterizedTest
  @ValueSource(strings = {"pages.tif", "animated.gif"})
  void saysThatOnlyTheFirstOfSeveralPicturesIsRead(String name) {
    Path file = KINDS.resolve(name);
    String remark = Picture.read(file).remark().orElseThrow();
    assertTrue(remark.startsWith(file + " holds several pictures"), remark);
    assertEquals(remark, PictureFormat.asTheyAre().size(2, 2).read(file).remark().orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain.gif", "part.gif", "rgb.tif", "tiles.tif", "planes.tif"})
  void saysNothingOfASinglePicture(String name) {
    assertEquals(Optional.empty(), Picture.read(KINDS.resolve(name)).remark());
  }

  @Test
  void refusesARangeOrAPaddingThatIsNone() {
    PictureFormat format = PictureFormat.asTheyAre();
    assertRefused("white must be above black, 5.0: 5.0", () -> format.range(5, 5));
    assertRefused("black must be a finite number: NaN", () -> format.range(Double.NaN, 1));
    assertRefused("green must be from 0 to 255: 256", () -> new PictureFormat.Rgb(0, 256, 0));
  }

  private static void assertRefused(String start, Executable made) {
    String message = assertThrows(IllegalArgumentException.class, made).getMessage();
    assertTrue(message.startsWith(start), message);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void aMaskIsTurnedUprightLikeItsPicture(int orientation) throws IOException {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setPixels(0, 0, 3, 2, new int[] {1, 2, 3, 4, 5, 6});
    byte[] png = Files.readAllBytes(TinyPictures.write(folder.resolve("a.png"), image, "png"));
    Path file = Files.write(folder.resolve("mask.png"), withOrientation(png, orientation));
    Picture picture = Picture.read(file);
    Mask mask = Mask.read(file);
    assertArrayEquals(picture.pixels(), mask.values());
    assertEquals(picture.height() + "x" + picture.width(), mask.height() + "x" + mask.width());
    assertEquals(orientation >= 5 ? "3x2" : "2x3", Picture.size(file).toString());
  }

  /** Adds a chunk eXIf after the header of a PNG. Readers ignore its checksum. */
  private static byte[] withOrientation(byte[] png, int orientation) {
    int headerEnd = 33;
    ByteBuffer with = ByteBuffer.allocate(png.length + 38).put(png, 0, headerEnd);
    with.putInt(26).put("eXIfMM\0*".getBytes(StandardCharsets.ISO_8859_1)).putInt(8);
    with.putShort((short) 1).putShort((short) 274).putShort((short) 3).putInt(1);
    with.putShort((short) orientation).putShort((short) 0).putInt(0).putInt(0);
    return with.put(png, headerEnd, png.length - headerEnd).array();
  }

  private static String message(Path file) {
    return assertThrows(DataException.class, () -> Picture.read(file)).getMessage();
  }
}
