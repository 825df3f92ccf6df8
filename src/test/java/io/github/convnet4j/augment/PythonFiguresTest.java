package io.github.convnet4j.augment;

import static io.github.convnet4j.augment.Transforms.flipHorizontally;
import static io.github.convnet4j.augment.Transforms.flipVertically;
import static io.github.convnet4j.augment.Transforms.rotate;
import static io.github.convnet4j.augment.Transforms.shear;
import static io.github.convnet4j.augment.Transforms.shift;
import static io.github.convnet4j.augment.Transforms.zoom;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares with figures printed by {@code src/test/python/print_augmentations.py}. */
class PythonFiguresTest {
  private static final int HEIGHT = 5;
  private static final int WIDTH = 6;
  private static final int CHANNELS = 2;

  private record Case(Augmentation augmentation, List<Double> draws) {
    Case(Augmentation augmentation, Double... draws) {
      this(augmentation, List.of(draws));
    }

    float[] image(Fill fill) {
      double[] numbers = draws.stream().mapToDouble(Double::doubleValue).toArray();
      return augmentation
          .fill(fill)
          .apply(PythonFiguresTest.image(), HEIGHT, WIDTH, CHANNELS, Draws.of(numbers));
    }
  }

  private static final Map<String, Fill> FILLS =
      Map.of("constant", Fill.constant(0.25, 0.75), "edge", Fill.edge(), "reflect", Fill.reflect());

  private static final Geometric SHIFT = shift(0.5, 0.25);
  private static final Geometric FAR = (height, width, random) -> new Affine(1, 0, 0, 1, 20, -10);
  private static final Map<String, Case> CASES =
      Map.ofEntries(
          Map.entry("shift", new Case(Augmentation.of(SHIFT), 0.75, 0.25)),
          Map.entry("rotate", new Case(Augmentation.of(rotate(60)), 0.75)),
          Map.entry("rotate-right", new Case(Augmentation.of(rotate(150)), 0.25)),
          Map.entry("zoom-in", new Case(Augmentation.of(zoom(1.5, 2)), 0.5)),
          Map.entry("zoom-out", new Case(Augmentation.of(zoom(0.5, 0.75)), 0.5)),
          Map.entry("shear", new Case(Augmentation.of(shear(40)), 0.75)),
          Map.entry("flip-horizontally", new Case(Augmentation.of(flipHorizontally()), 0.5)),
          Map.entry("flip-vertically", new Case(Augmentation.of(flipVertically()), 0.5)),
          Map.entry("shift-rotate", new Case(Augmentation.of(SHIFT, rotate(60)), 0.75, 0.25, 0.75)),
          Map.entry("rotate-shift", new Case(Augmentation.of(rotate(60), SHIFT), 0.75, 0.75, 0.25)),
          Map.entry("far", new Case(Augmentation.of(zoom(0.25, 0.25), rotate(60), FAR), 0.5, 0.75)),
          Map.entry(
              "all",
              new Case(
                  Augmentation.of(SHIFT, rotate(60), zoom(1.5, 2), shear(40), flipHorizontally()),
                  0.75,
                  0.25,
                  0.75,
                  0.5,
                  0.75,
                  0.5)));

  static List<String> scipysImages() throws IOException {
    try (InputStream in = PythonFiguresTest.class.getResourceAsStream("images.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Test
  void hasAllOfScipysImages() throws IOException {
    assertEquals(
        CASES.keySet(),
        scipysImages().stream()
            .map(line -> line.substring(line.indexOf('/') + 1, line.indexOf(' ')))
            .collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @MethodSource("scipysImages")
  void movesLikeScipy(String line) {
    String[] words = line.split(" ");
    double[] expected = Arrays.stream(words).skip(1).mapToDouble(Double::parseDouble).toArray();
    String[] name = words[0].split("/", -1);
    Fill fill = name.length == 1 ? Fill.constant(0) : FILLS.get(name[0]);
    float[] result = CASES.get(name[name.length - 1]).image(fill);
    assertEquals(expected.length, result.length);
    for (int i = 0; i < result.length; i++) {
      assertEquals(expected[i], result[i], 5e-7, words[0] + " at " + i);
    }
    assertTrue(Arrays.stream(expected).anyMatch(value -> value > 0.5));
  }

  @Test
  void changesContrastLikeTensorFlow() {
    float[] image = new float[8];
    System.arraycopy(image(), 0, image, 0, 4);
    System.arraycopy(image(), WIDTH * CHANNELS, image, 4, 4);
    for (int i = 0; i < image.length; i++) {
      image[i] = image[i] * 0.5f + 0.25f;
    }
    assertArrayEquals(
        new float[] {0.375f, 0.5875f, 0.45f, 0.6625f, 0.55f, 0.4875f, 0.625f, 0.5625f},
        contrast(0.5f, image),
        1e-6f);
    assertArrayEquals(
        new float[] {
          0.1875f, 0.60625005f, 0.375f, 0.79375f, 0.625f, 0.35625002f, 0.8125f, 0.54375005f
        },
        contrast(1.25f, image),
        1e-6f);
  }

  private static float[] contrast(float factor, float[] image) {
    return Augmentation.of(Transforms.contrast(factor, factor))
        .apply(image, 2, 2, CHANNELS, Draws.of(0.5));
  }

  private static float[] image() {
    float[] image = new float[HEIGHT * WIDTH * CHANNELS];
    for (int i = 0; i < image.length; i++) {
      image[i] = 7 * i % 11 / 10f;
    }
    return image;
  }
}
