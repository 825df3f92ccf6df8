package io.github.convnet4j.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Picture formats that Java itself cannot write. {@code src/test/python/make_colours.py} creates
 * them and prints the pixels that Pillow 13.0.0 reads.
 */
class PictureColoursTest {
  private static final Path FOLDER = Path.of("src/test/resources/io/github/convnet4j/picture");
  private static final int SIDE = 8;

  /** The expected pixels are those in the upper left corner, and in row 4, column 7. */
  @ParameterizedTest
  @CsvSource({
    "cmyk-black.jpg, 128, 128, 128, 128, 128, 128",
    "cmyk-colour.jpg, 207, 49, 172, 207, 49, 172",
    "cmyk-colour.tif, 207, 49, 172, 207, 49, 172",
    "cmyk-inks.jpg, 128, 128, 128, 128, 128, 128",
    "fax.tif, 0, 0, 0, 255, 255, 255",
    "half-transparent.png, 155, 155, 155, 216, 216, 216",
    "rgb.tif, 200, 30, 90, 200, 30, 90",
    "shades.tif, 0, 0, 0, 156, 156, 156",
    "ycbcr.tif, 199, 29, 88, 199, 29, 88",
    "ycck-colour.jpg, 19, 176, 55, 19, 176, 55"
  })
  void pixelsAreThoseThatPillowReads(
      String name, int red, int green, int blue, int otherRed, int otherGreen, int otherBlue) {
    Picture picture = Picture.read(FOLDER.resolve(name));
    assertEquals(SIDE, picture.height());
    assertEquals(SIDE, picture.width());
    assertEquals(red == green && red == blue ? 1 : 3, picture.channels());
    byte[] rgb = picture.rgb().pixels();
    assertArrayEquals(bytes(red, green, blue), Arrays.copyOf(rgb, 3));
    int other = 3 * (4 * SIDE + 7);
    assertArrayEquals(
        bytes(otherRed, otherGreen, otherBlue), Arrays.copyOfRange(rgb, other, other + 3));
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  @ParameterizedTest
  @CsvSource({"float.tif, 32 bits", "lab.tif, colors", "plain.webp, WebP"})
  void refusesUnsupportedPixelsWithTheReason(String name, String reason) {
    Path file = FOLDER.resolve(name);
    String message = assertThrows(DataException.class, () -> Picture.read(file)).getMessage();
    assertTrue(message.startsWith(file + " "), message);
    assertTrue(message.contains(reason), message);
  }
}
