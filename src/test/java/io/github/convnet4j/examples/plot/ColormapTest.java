package io.github.convnet4j.examples.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares with what matplotlib computes: {@code src/test/python/print_colours.py}. */
class ColormapTest {
  private static final String TABLE = " table: ";
  private static final String IMAGE = " image: ";
  private static final String GREYS = " greys: ";

  private static List<String> lines() {
    try (InputStream in = ColormapTest.class.getResourceAsStream("colours.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Colormap colormap(String line) {
    return line.startsWith("gray ") ? Colormap.GRAY : Colormap.GREYS;
  }

  private static int[] greys(String line, String kind) {
    return Arrays.stream(line.substring(line.indexOf(kind) + kind.length()).split(" ", -1))
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  private static int[] greys(int[] colors) {
    return Arrays.stream(colors)
        .map(
            color -> {
              if (color == 0) {
                return -1;
              }
              int grey = color & 0xFF;
              assertEquals(0xFF000000 | grey * 0x010101, color, "an opaque gray");
              return grey;
            })
        .toArray();
  }

  private static float number(String text) {
    return switch (text) {
      case "nan" -> Float.NaN;
      case "inf" -> Float.POSITIVE_INFINITY;
      case "-inf" -> Float.NEGATIVE_INFINITY;
      default -> Float.parseFloat(text);
    };
  }

  static Stream<Arguments> images() {
    List<String> lines = lines();
    List<Arguments> images = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(IMAGE)) {
        images.add(Arguments.of(lines.get(i), lines.get(i + 1)));
      }
    }
    assertEquals(24, images.size(), "twelve images in two color maps");
    return images.stream();
  }

  @ParameterizedTest
  @MethodSource("images")
  void mapsValuesToTheSameColorsAsMatplotlib(String image, String expected) {
    String[] texts = image.substring(image.indexOf(IMAGE) + IMAGE.length()).split(" ", -1);
    float[] values = new float[texts.length];
    for (int i = 0; i < texts.length; i++) {
      values[i] = number(texts[i]);
    }
    assertArrayEquals(greys(expected, GREYS), greys(colormap(image).colors(values)));
  }

  @Test
  void hasTheSame256ColorsAsMatplotlib() {
    List<String> tables = lines().stream().filter(line -> line.contains(TABLE)).toList();
    assertEquals(2, tables.size());
    for (String table : tables) {
      Colormap colormap = colormap(table);
      int[] steps = IntStream.range(0, 256).map(colormap::color).toArray();
      assertArrayEquals(greys(table, TABLE), greys(steps));
    }
  }

  @Test
  void aRangeThatOverflowsAFloatStillUsesAllColors() {
    float[] values = {-Float.MAX_VALUE, 0, Float.MAX_VALUE};
    assertArrayEquals(new int[] {0, 128, 255}, greys(Colormap.GRAY.colors(values)));
  }

  @Test
  void aRangeGivesEqualValuesEqualColorsInEveryPicture() {
    Colormap scaled = Colormap.GRAY.range(0, 1);
    assertArrayEquals(new int[] {128}, greys(scaled.colors(new float[] {0.5f})));
    assertArrayEquals(new int[] {128, 64}, greys(scaled.colors(new float[] {0.5f, 0.25f})));
    assertArrayEquals(new int[] {0, 255, -1}, greys(scaled.colors(new float[] {-7, 7, Float.NaN})));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 0", "NaN, 1", "0, Infinity"})
  void refusesARangeThatIsNotOne(float low, float high) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Colormap.GRAY.range(low, high))
            .getMessage();
    assertTrue(message.contains("low") && message.contains(low + ", " + high), message);
  }

  @Test
  void eachClassHasAColorOfItsOwn() {
    float[] classes = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    assertArrayEquals(
        IntStream.range(0, 10).map(Colormap.TAB10::color).toArray(),
        Colormap.TAB10.range(0, 9).colors(classes));
    assertEquals(10, IntStream.range(0, 10).map(Colormap.TAB10::color).distinct().count());
    // The first and the last of matplotlib's tab10: #1f77b4 and #17becf.
    assertEquals(0xFF1F77B4, Colormap.TAB10.color(0));
    assertEquals(0xFF17BECF, Colormap.TAB10.color(9));
  }
}
