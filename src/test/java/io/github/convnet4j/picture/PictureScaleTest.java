package io.github.convnet4j.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.picture.PictureFormat.Colour;
import io.github.convnet4j.picture.PictureFormat.Fit;
import io.github.convnet4j.picture.PictureFormat.Interpolation;
import io.github.convnet4j.picture.PictureFormat.Rgb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares scaling with TensorFlow's and Keras'. {@code src/test/python/print_scaled.py} printed
 * the figures.
 */
class PictureScaleTest {
  private static final Path FIGURES =
      Path.of("src/test/resources/io/github/convnet4j/picture/scaled.tsv");

  static List<String> figures() throws IOException {
    try (Stream<String> lines = Files.lines(FIGURES)) {
      return lines.toList();
    }
  }

  @ParameterizedTest
  @MethodSource("figures")
  void scalesLikeTensorFlow(String line) {
    String[] parts = line.split("\t", -1);
    int[] from = numbers(parts[0]);
    int[] to = numbers(parts[1]);
    PictureFormat format =
        PictureFormat.asTheyAre()
            .size(to[0], to[1])
            .fit(Fit.valueOf(parts[2]))
            .interpolation(Interpolation.valueOf(parts[3]))
            .antialias(Boolean.parseBoolean(parts[4]))
            .padding(Rgb.grey(Integer.parseInt(parts[5])));
    byte[] scaled = format.apply(picture(from[0], from[1], from[2])).pixels();
    String[] expected = parts[6].split(" ", -1);
    assertEquals(expected.length, scaled.length);
    // Without antialias, TensorFlow takes the weights of bicubic from a table of 1024 steps.
    boolean roughly = format.interpolation() == Interpolation.BICUBIC && !format.antialias();
    for (int i = 0; i < scaled.length; i++) {
      // A fraction is almost exactly between two numbers, so either of them is right.
      double tolerance = roughly ? 1 : expected[i].contains(".") ? 0.501 : 0;
      assertEquals(Double.parseDouble(expected[i]), scaled[i] & 0xff, tolerance, "value " + i);
    }
  }

  @ParameterizedTest
  @EnumSource(Interpolation.class)
  void aUniformPictureStaysUniform(Interpolation interpolation) {
    PictureFormat format = PictureFormat.asTheyAre().interpolation(interpolation);
    Picture white = uniform(3, 5, 255);
    assertArrayEquals(uniform(7, 11, 255).pixels(), format.size(7, 11).apply(white).pixels());
    assertArrayEquals(uniform(2, 2, 255).pixels(), format.size(2, 2).apply(white).pixels());
  }

  @ParameterizedTest
  @EnumSource(Fit.class)
  void aPictureOfThatSizeIsNotChanged(Fit fit) {
    Picture picture = picture(5, 4, 3);
    assertSame(picture, PictureFormat.asTheyAre().size(5, 4).fit(fit).apply(picture));
  }

  /** A strip of 1x3 in a square of 3x3 leaves a row above and one below. */
  @Test
  void paddingIsTheColorThatTheNetworkSees() {
    PictureFormat format = PictureFormat.asTheyAre().size(3, 3).fit(Fit.PAD).padding(Rgb.grey(7));
    byte[] expected = {7, 7, 7, -1, -1, -1, 7, 7, 7};
    assertArrayEquals(expected, format.apply(uniform(1, 3, 255)).pixels());
    assertArrayEquals(expected, format.inverted(true).apply(uniform(1, 3, 0)).pixels());
  }

  @Test
  void coloredPaddingMakesGrayPicturesRgbUnlessTheyAreToBeGray() {
    PictureFormat format =
        PictureFormat.asTheyAre().size(1, 3).fit(Fit.CENTER).padding(new Rgb(200, 100, 50));
    byte[] color = {(byte) 200, 100, 50, 9, 9, 9, (byte) 200, 100, 50};
    assertArrayEquals(color, format.apply(uniform(1, 1, 9)).pixels());
    // 0.299 * 200 + 0.587 * 100 + 0.114 * 50 = 124.2
    byte[] grey = {124, 9, 124};
    assertArrayEquals(grey, format.colour(Colour.GREY).apply(uniform(1, 1, 9)).pixels());
    assertEquals(1, format.fit(Fit.STRETCH).apply(uniform(1, 1, 9)).channels());
  }

  @Test
  void aMaskIsFittedLikeItsPicture() {
    byte[] values = {1, 2, 3, 4, 5, 6};
    Mask mask = new Mask(1, 6, values);
    PictureFormat format = PictureFormat.asTheyAre().size(2, 2);
    assertArrayEquals(new byte[] {2, 5, 2, 5}, format.apply(mask, 0).values());
    assertArrayEquals(new byte[] {3, 3, 3, 3}, format.fit(Fit.CROP).apply(mask, 0).values());
    assertArrayEquals(new byte[] {3, 4, 9, 9}, format.fit(Fit.CENTER).apply(mask, 9).values());
    byte[] padded = {9, 9, 9, 2, 4, 6, 9, 9, 9};
    assertArrayEquals(padded, format.size(3, 3).fit(Fit.PAD).apply(mask, 9).values());
  }

  @Test
  void extremeProportionsTakeLittleMemory() {
    Picture column =
        PictureFormat.asTheyAre().size(4, 4000).fit(Fit.PAD).apply(uniform(4000, 4, 255));
    assertEquals("Picture[4x4000x1]", column.toString());
    assertTrue(IntStream.range(0, 4).allMatch(i -> column.pixels()[i * 4000] == 0));
  }

  private static Picture uniform(int height, int width, int value) {
    byte[] pixels = new byte[height * width];
    Arrays.fill(pixels, (byte) value);
    return Picture.of(height, width, 1, pixels);
  }

  private static Picture picture(int height, int width, int channels) {
    byte[] pixels = new byte[height * width * channels];
    IntStream.range(0, pixels.length).forEach(i -> pixels[i] = (byte) (37 * i));
    return Picture.of(height, width, channels, pixels);
  }

  private static int[] numbers(String size) {
    return Arrays.stream(size.split("x")).mapToInt(Integer::parseInt).toArray();
  }
}
