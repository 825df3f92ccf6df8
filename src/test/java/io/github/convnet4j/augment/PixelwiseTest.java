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

class PixelwiseTest {
  private static final int SIDE = 28;

  @Test
  void addsTheSameToEveryValueAndClips() {
    float[] image = {0, 0.25f, 0.5f, 1};
    assertArrayEquals(
        new float[] {0.25f, 0.5f, 0.75f, 1},
        Augmentation.of(brightness(0.5f)).apply(image, 2, 2, 1, Draws.of(0.75)));
    assertArrayEquals(
        new float[] {0, 0, 0.25f, 0.75f},
        Augmentation.of(brightness(0.5f)).apply(image, 2, 2, 1, Draws.of(0.25)));
  }

  /** The channels' means are 0.5 and 0.25. */
  @Test
  void drawsEachChannelAwayFromItsOwnMean() {
    float[] image = {0.25f, 0.25f, 0.75f, 0.25f, 0.375f, 0, 0.625f, 0.5f};
    assertArrayEquals(
        new float[] {0, 0.25f, 1, 0.25f, 0.25f, 0, 0.75f, 0.75f},
        Augmentation.of(contrast(1, 3)).apply(image, 2, 2, 2, Draws.of(0.5)));
  }

  @Test
  void leavesTheMeanOfAContrastOfNothing() {
    assertArrayEquals(
        new float[] {0.5f, 0.5f},
        Augmentation.of(contrast(0, 0)).apply(new float[] {0, 1}, 1, 2, 1, Draws.of(0.5)));
  }

  /** Clipped in between, the second would find 1 and make 0.5 of it. */
  @Test
  void clipsOnlyWhenAllIsDone() {
    Augmentation upAndDown = Augmentation.of(brightness(0.5f), brightness(0.5f));
    assertArrayEquals(
        new float[] {0.875f},
        upAndDown.apply(new float[] {0.75f}, 1, 1, 1, Draws.of(0.9375, 0.1875)));
  }

  @Test
  void clipsValuesThatCameInOutside() {
    assertArrayEquals(
        new float[] {0, 1, 0.5f},
        Augmentation.none().apply(new float[] {-1, 2, 0.5f}, 1, 3, 1, Draws.of()));
  }

  @Test
  void cutsASquareOutOfAllChannels() {
    float[] image = new float[4 * 5 * 2];
    Arrays.fill(image, 0.5f);
    // The centre in row 2 of 4 and column 3 of 5: 2x2 pixels above and left of it, with it.
    float[] result = Augmentation.of(cutout(2)).apply(image, 4, 5, 2, Draws.of(0.5, 0.6));
    float[] expected = image.clone();
    for (int pixel : new int[] {1 * 5 + 2, 1 * 5 + 3, 2 * 5 + 2, 2 * 5 + 3}) {
      Arrays.fill(expected, 2 * pixel, 2 * pixel + 2, 0);
    }
    assertArrayEquals(expected, result);
  }

  /**
   * A square of side 8 in 28 columns covers 8 of them from 21 of the 28 centres, and 4, 5, 6, 7 at
   * the left, 7, 6, 5 at the right from one each: rows alike.
   */
  @Test
  void cutsEveryAreaAsOftenAsItsCentreIsDrawn() {
    TreeMap<Integer, Integer> counts = new TreeMap<>();
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        Draws centre = Draws.of((row + 0.5) / SIDE, (column + 0.5) / SIDE);
        counts.merge(
            zeros(Augmentation.of(cutout(8)).apply(ones(), SIDE, SIDE, 1, centre)),
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
  void saysThatACutoutIsLargerThanTheImage() {
    Augmentation large = Augmentation.of(cutout(5));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> large.apply(new float[24], 4, 6, 1, Augmentation.random(0, 0)))
            .getMessage();
    assertEquals("size of a cutout must be at most 4, the shorter side of the image: 5", message);
  }

  /**
   * Of 78,400 numbers the mean strays by 0.05 / 280 = 0.00018 and the deviation by that over the
   * root of 2, and this seed's are within three of them. At 10 deviations nothing is clipped.
   */
  @Test
  void addsNormalNoise() {
    int count = 100;
    float[] images = new float[count * SIDE * SIDE];
    Arrays.fill(images, 0.5f);
    Augmentation.of(noise(0.05f)).applyToBatch(images, count, SIDE, SIDE, 1, 777, 0);
    double mean =
        IntStream.range(0, images.length).mapToDouble(i -> images[i]).sum() / images.length;
    double variance =
        IntStream.range(0, images.length).mapToDouble(i -> Math.pow(images[i] - mean, 2)).sum()
            / images.length;
    double within =
        IntStream.range(0, images.length).filter(i -> Math.abs(images[i] - 0.5) < 0.05).count()
            / (double) images.length;
    double stray = 0.05 / Math.sqrt(images.length);
    assertEquals(0.5, mean, 3 * stray);
    assertEquals(0.05, Math.sqrt(variance), 3 * stray / Math.sqrt(2));
    // The normal distribution's share within one deviation, which an even one has not (0.577).
    assertEquals(0.6827, within, 0.006);
    assertTrue(images[0] != images[SIDE * SIDE], "each image has noise of its own");
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
