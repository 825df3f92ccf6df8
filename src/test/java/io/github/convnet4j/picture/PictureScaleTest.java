package io.github.convnet4j.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares scaling with TensorFlow's. {@code src/test/python/print_scaled.py} printed the figures.
 */
class PictureScaleTest {
  @ParameterizedTest
  @CsvSource({
    "5, 4, 1, 3, 3, 75 119 87 108 124 100 137 127 116",
    "7, 9, 1, 2, 4, 108 123 119 108 138 127 123 138",
    "3, 2, 3, 2, 3, 83 24 61 91 80 117 98 135 172 201 142 19 128 117 74 56 93 130",
    "4, 4, 1, 1, 1, 107",
    "5, 4, 1, 8, 7, 0 13 34 56 77 98 111 65 78 99 120 133 91 64 141 154 176 197 201 85 12 74 87 108"
        + " 129 145 120 105 86 99 121 102 83 104 117 179 192 213 114 15 37 50 127 140 162 127 92"
        + " 113 126 80 93 114 136 157 178 191",
  })
  void scalesLikeTensorFlow(
      int height, int width, int channels, int newHeight, int newWidth, String expected) {
    Picture scaled = picture(height, width, channels).resize(newHeight, newWidth);
    assertEquals("Picture[%dx%dx%d]".formatted(newHeight, newWidth, channels), scaled.toString());
    assertArrayEquals(bytes(expected.split(" ")), scaled.pixels());
  }

  @Test
  void aUniformPictureStaysUniform() {
    Picture white = Picture.of(3, 5, 1, bytes("255 ".repeat(15).split(" ")));
    assertArrayEquals(bytes("255 ".repeat(77).split(" ")), white.resize(7, 11).pixels());
    assertArrayEquals(bytes("255 ".repeat(4).split(" ")), white.resize(2, 2).pixels());
  }

  @Test
  void scalingToTheSameSizeChangesNothing() {
    Picture picture = picture(5, 4, 3);
    assertArrayEquals(picture.pixels(), picture.resize(5, 4).pixels());
  }

  private static Picture picture(int height, int width, int channels) {
    byte[] pixels = new byte[height * width * channels];
    IntStream.range(0, pixels.length).forEach(i -> pixels[i] = (byte) (37 * i));
    return Picture.of(height, width, channels, pixels);
  }

  private static byte[] bytes(String... values) {
    byte[] bytes = new byte[values.length];
    IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) Integer.parseInt(values[i]));
    return bytes;
  }
}
