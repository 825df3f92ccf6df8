package io.github.convnet4j.augment;

import static io.github.convnet4j.augment.Transforms.brightness;
import static io.github.convnet4j.augment.Transforms.contrast;
import static io.github.convnet4j.augment.Transforms.cutout;
import static io.github.convnet4j.augment.Transforms.noise;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

class PixelwiseTest {
  private static final int SIDE = 28;

  @Test
  void addsTheSameNumberToEveryValueAndClips() {
    float[] image = {0, 0.25f, 0.5f, 1};
    assertArrayEquals(
        new float[] {0.25f, 0.5f, 0.75f, 1},
        Augmentation.of(brightness(0.5)).apply(image, 2, 2, 1, Draws.of(0.75)));
    assertArrayEquals(
        new float[] {0, 0, 0.25f, 0.75f},
        Augmentation.of(brightness(0.5)).apply(image, 2, 2, 1, Draws.of(0.25)));
  }

  /** The means of the channels are 0.5 and 0.25. */
  @Test
  void movesEachChannelAwayFromItsOwnMean() {
    float[] image = {0.25f, 0.25f, 0.75f, 0.25f, 0.375f, 0, 0.625f, 0.5f};
    assertArrayEquals(
        new float[] {0, 0.25f, 1, 0.25f, 0.25f, 0, 0.75f, 0.75f},
        Augmentation.of(contrast(1, 3)).apply(image, 2, 2, 2, Draws.of(0.5)));
  }

  @Test
  void zeroContrastLeavesOnlyTheMean() {
    assertArrayEquals(
        new float[] {0.5f, 0.5f},
        Augmentation.of(contrast(0, 0)).apply(new float[] {0, 1}, 1, 2, 1, Draws.of(0.5)));
  }

  /** If it clipped in between, the second transform would get 1 and give 0.5. */
  @Test
  void clipsOnlyAtTheEnd() {
    Augmentation upAndDown = Augmentation.of(brightness(0.5), brightness(0.5));
    assertArrayEquals(
        new float[] {0.875f},
        upAndDown.apply(new float[] {0.75f}, 1, 1, 1, Draws.of(0.9375, 0.1875)));
  }

  @Test
  void clipsValuesThatWereOutsideTheRange() {
    assertArrayEquals(
        new float[] {0, 1, 0.5f},
        Augmentation.none().apply(new float[] {-1, 2, 0.5f}, 1, 3, 1, Draws.of()));
  }

  @Test
  void cutsASquareOutOfAllChannels() {
    float[] image = new float[4 * 5 * 2];
    Arrays.fill(image, 0.5f);
    // The center is in row 2 of 4 and column 3 of 5, so the square is that pixel and those above
    // and
    // left of it.
    float[] result = Augmentation.of(cutout(2)).apply(image, 4, 5, 2, Draws.of(0.5, 0.6));
    float[] expected = image.clone();
    for (int pixel : new int[] {1 * 5 + 2, 1 * 5 + 3, 2 * 5 + 2, 2 * 5 + 3}) {
      Arrays.fill(expected, 2 * pixel, 2 * pixel + 2, 0);
    }
    assertArrayEquals(expected, result);
  }

  /**
   * In 28 columns, a square of side 8 covers 8 columns for 21 of the 28 centers, and 4, 5, 6, 7 at
   * the left and 7, 6, 5 at the right for one center each. The same holds for rows.
   */
  @Test
  void cutsOutEachAreaAsOftenAsExpected() {
    TreeMap<Integer, Integer> counts = new TreeMap<>();
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        Draws center = Draws.of((row + 0.5) / SIDE, (column + 0.5) / SIDE);
        counts.merge(
            zeros(Augmentation.of(cutout(8)).apply(ones(), SIDE, SIDE, 1, center)),
            1,
            Integer::sum);
      }
    }
    int[] sides =
        IntStream.concat(IntStream.of(4, 5, 6, 7, 7, 6, 5), IntStream.generate(() -> 8).limit(21))
            .toArray();
    TreeMap<Integer, Integer> expected = new TreeMap<>();
    for (int height : sides) {
      for (int width : sides) {
        expected.merge(height * width, 1, Integer::sum);
      }
    }
    assertEquals(expected, counts);
  }

  @Test
  void refusesACutoutLargerThanTheImage() {
    Augmentation large = Augmentation.of(cutout(5));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> large.apply(new float[24], 4, 6, 1, Augmentation.random(0, 0)))
            .getMessage();
    assertEquals("size of a cutout must be at most 4, the shorter side of the image: 5", message);
  }

  /**
   * For 78,400 numbers, the standard error of the mean is 0.05 / 280 = 0.00018, and that of the
   * standard deviation is smaller by the square root of 2. The results are within three of them.
   * The range ends 10 standard deviations away, so nothing is clipped.
   */
  @Test
  void addsNormalNoise() {
    int count = 100;
    float[] images = new float[count * SIDE * SIDE];
    Arrays.fill(images, 0.5f);
    Augmentation.of(noise(0.05)).applyToBatch(images, count, Shape.of(SIDE, SIDE, 1), 777, 0);
    double mean =
        IntStream.range(0, images.length).mapToDouble(i -> images[i]).sum() / images.length;
    double variance =
        IntStream.range(0, images.length).mapToDouble(i -> Math.pow(images[i] - mean, 2)).sum()
            / images.length;
    double within =
        IntStream.range(0, images.length).filter(i -> Math.abs(images[i] - 0.5) < 0.05).count()
            / (double) images.length;
    double error = 0.05 / Math.sqrt(images.length);
    assertEquals(0.5, mean, 3 * error);
    assertEquals(0.05, Math.sqrt(variance), 3 * error / Math.sqrt(2));
    // The share within one standard deviation of a normal distribution; 0.577 for a uniform one.
    assertEquals(0.6827, within, 0.006);
    assertTrue(images[0] != images[SIDE * SIDE], "each image has its own noise");
  }

  private static float[] ones() {
    float[] image = new float[SIDE * SIDE];
    Arrays.fill(image, 1);
    return image;
  }

  private static int zeros(float[] image) {
    return (int) IntStream.range(0, image.length).filter(i -> image[i] == 0).count();
  }
}
