package io.github.convnet4j.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares with figures printed by {@code src/test/python/print_augmentations.py}. */
class ColourFiguresTest {
  private static final int HEIGHT = 12;
  private static final int WIDTH = 10;
  private static final int TILES = 8;

  static List<String> tensorflow() throws IOException {
    return lines("tensorflow.txt");
  }

  static List<String> pillow() throws IOException {
    return lines("pillow.txt");
  }

  private static List<String> lines(String name) throws IOException {
    try (InputStream in = ColourFiguresTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("tensorflow")
  void changesColorsLikeTensorFlow(String line) {
    String[] words = line.split("[= ]", -1);
    double amount = Double.parseDouble(words[1]);
    Pixelwise change =
        words[0].equals("hue")
            ? (image, height, width, channels, random) -> Colours.hue(image, channels, amount)
            : Transforms.saturation(amount, amount);
    assertImage(words, 2, 1, applied(change, levels()), 1e-5);
  }

  /** Pillow rounds to whole levels, and cuts off instead of rounding in the blurred image. */
  @ParameterizedTest
  @MethodSource("pillow")
  void changesColorsLikePillow(String line) {
    String[] words = line.split("[= ]", -1);
    boolean amount = line.contains("=");
    double number = amount ? Double.parseDouble(words[1]) : 0;
    float[] image = words[0].startsWith("auto") ? dark() : levels();
    Pixelwise change =
        switch (words[0]) {
          case "Brightness" -> (pixels, h, w, c, random) -> Colours.brightness(pixels, number);
          case "Color" -> (pixels, h, w, c, random) -> Colours.saturation(pixels, c, number);
          case "Contrast" -> (pixels, h, w, c, random) -> Colours.contrast(pixels, c, number);
          case "Sharpness" -> Transforms.sharpness(number, number);
          case "grayscale" -> Transforms.grayscale(1);
          case "posterize" -> Transforms.posterize((int) number);
          case "solarize" -> Transforms.solarize(number / 255);
          case "autocontrast" -> Transforms.autoContrast();
          case "equalize" -> Transforms.equalize();
          default -> throw new AssertionError(line);
        };
    float[] result = words[0].equals("equalize") ? equalized(change) : applied(change, image);
    boolean exact = List.of("posterize", "solarize", "equalize").contains(words[0]);
    assertImage(words, amount ? 2 : 1, 255, result, exact ? 1e-6 : 2.0 / 255);
  }

  private static void assertImage(
      String[] words, int from, double scale, float[] result, double tolerance) {
    assertEquals(words.length - from, result.length);
    double differences = 0;
    for (int i = 0; i < result.length; i++) {
      double expected = Double.parseDouble(words[from + i]) / scale;
      assertEquals(expected, result[i], tolerance, words[0] + " at " + i);
      differences += Math.abs(expected - result[i]);
    }
    assertTrue(differences / result.length <= tolerance / 2, () -> "off on average: " + words[0]);
  }

  private static float[] applied(Pixelwise change, float[] image) {
    return Augmentation.of(change).apply(image, HEIGHT, WIDTH, 3, Augmentation.random(1, 1));
  }

  /** Returns the corner of an image that consists of many copies. */
  private static float[] equalized(Pixelwise equalize) {
    float[] dark = dark();
    float[] large = new float[TILES * TILES * dark.length];
    int row = WIDTH * 3;
    for (int i = 0; i < large.length; i++) {
      int y = i / (TILES * row) % HEIGHT;
      large[i] = dark[y * row + i % row];
    }
    float[] result =
        Augmentation.of(equalize)
            .apply(large, TILES * HEIGHT, TILES * WIDTH, 3, Augmentation.random(1, 1));
    float[] corner = new float[dark.length];
    for (int y = 0; y < HEIGHT; y++) {
      System.arraycopy(result, y * TILES * row, corner, y * row, row);
    }
    return corner;
  }

  private static float[] levels() {
    float[] image = new float[HEIGHT * WIDTH * 3];
    for (int i = 0; i < image.length; i++) {
      image[i] = (37 * i * i + 11) % 241 / 255f;
    }
    return image;
  }

  private static float[] dark() {
    float[] image = levels();
    for (int i = 0; i < image.length; i++) {
      image[i] = (Math.round(image[i] * 255) / 2 + 30) / 255f;
    }
    return image;
  }
}
