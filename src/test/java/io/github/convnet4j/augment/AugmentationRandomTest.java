package io.github.convnet4j.augment;

import static io.github.convnet4j.augment.Transforms.brightness;
import static io.github.convnet4j.augment.Transforms.contrast;
import static io.github.convnet4j.augment.Transforms.cutout;
import static io.github.convnet4j.augment.Transforms.flipHorizontally;
import static io.github.convnet4j.augment.Transforms.noise;
import static io.github.convnet4j.augment.Transforms.rotate;
import static io.github.convnet4j.augment.Transforms.shear;
import static io.github.convnet4j.augment.Transforms.shift;
import static io.github.convnet4j.augment.Transforms.zoom;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.files.BundledDigits;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

/** Random changes to an image depend only on the seed and the image's number. */
class AugmentationRandomTest {
  static final Augmentation EVERYTHING =
      Augmentation.of(
          shift(0.1),
          rotate(10),
          zoom(0.9, 1.1),
          shear(5),
          flipHorizontally(),
          brightness(0.1),
          contrast(0.8, 1.2),
          cutout(8),
          noise(0.05));

  private static final DataSet DIGITS = BundledDigits.read().train();
  private static final int COUNT = 60;
  private static final int SIZE = 28 * 28;
  private static final long SEED = 777;

  /**
   * Printed by {@code src/test/python/print_augmentations.py}. They must not change between
   * releases.
   */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 2558736989570252433, -533072482827883436",
    "777, 0, 5713106030406488098, 5821058158090667397",
    "777, 1, -6065657028619391584, 357917636781499325",
    "778, 0, 8058628226653995034, -4262977288259870907",
    "-1, 1099511627776, -4608098655159714668, 4036096573621472597"
  })
  void startsAStreamForEachImage(long seed, long image, long first, long second) {
    RandomGenerator random = Augmentation.random(seed, image);
    assertEquals(first, random.nextLong());
    assertEquals(second, random.nextLong());
  }

  @Test
  void consecutiveSeedsAndImagesHaveDifferentStreams() {
    Set<Long> drawn = new HashSet<>();
    for (int seed = -10; seed < 10; seed++) {
      for (int image = 0; image < 100; image++) {
        RandomGenerator random = Augmentation.random(seed, image);
        IntStream.range(0, 10).forEach(i -> drawn.add(random.nextLong()));
      }
    }
    assertEquals(20 * 100 * 10, drawn.size());
  }

  @Test
  void changesABatchLikeSingleImages() {
    float[] together = batch();
    for (int i = 0; i < COUNT; i++) {
      float[] alone =
          EVERYTHING.apply(DIGITS.imageFloats(i), 28, 28, 1, Augmentation.random(SEED, 1000 + i));
      assertArrayEquals(Arrays.copyOfRange(together, i * SIZE, (i + 1) * SIZE), alone);
    }
  }

  /** Several threads share a batch of large images. */
  @Test
  void changesABatchOfLargeImagesLikeSingleOnes() {
    int side = 512;
    int size = side * side;
    int count = 6;
    SplittableRandom random = new SplittableRandom(SEED);
    float[] images = new float[count * size];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextDouble();
    }
    float[] together = images.clone();
    EVERYTHING.applyToBatch(together, count, Shape.of(side, side, 1), SEED, 1000);
    float[] masks = images.clone();
    Shape mask = Shape.of(side, side);
    EVERYTHING.moveMasks(masks, count, mask, -1, SEED, 1000);
    for (int i = 0; i < count; i++) {
      float[] alone = Arrays.copyOfRange(images, i * size, (i + 1) * size);
      float[] aloneMask = alone.clone();
      EVERYTHING.moveMasks(aloneMask, 1, mask, -1, SEED, 1000 + i);
      assertArrayEquals(aloneMask, Arrays.copyOfRange(masks, i * size, (i + 1) * size));
      assertArrayEquals(
          EVERYTHING.apply(alone, side, side, 1, Augmentation.random(SEED, 1000 + i)),
          Arrays.copyOfRange(together, i * size, (i + 1) * size));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void givesTheSameImagesOnAnyNumberOfThreads(int threads) {
    float[] expected = batch();
    float[][] parts = new float[COUNT / 10][];
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      pool.submit(
              () ->
                  IntStream.range(0, parts.length)
                      .parallel()
                      .forEach(
                          part -> {
                            int from = part * 10;
                            parts[part] = DIGITS.batch(from, from + 10).images();
                            EVERYTHING.applyToBatch(
                                parts[part], 10, Shape.of(28, 28, 1), SEED, 1000 + from);
                          }))
          .join();
    } finally {
      pool.shutdown();
    }
    for (int part = 0; part < parts.length; part++) {
      int from = part * 10 * SIZE;
      assertArrayEquals(Arrays.copyOfRange(expected, from, from + 10 * SIZE), parts[part]);
    }
  }

  @Test
  void anotherSeedOrNumberGivesAnotherImage() {
    float[] image = augmented(SEED, 5);
    assertArrayEquals(image, augmented(SEED, 5));
    assertFalse(Arrays.equals(image, augmented(SEED + 1, 5)));
    assertFalse(Arrays.equals(image, augmented(SEED, 6)));
  }

  @Test
  void doesNotChangeTheGivenImage() {
    float[] image = DIGITS.imageFloats(3);
    float[] result = EVERYTHING.apply(image, 28, 28, 1, Augmentation.random(1, 2));
    assertArrayEquals(DIGITS.imageFloats(3), image);
    assertFalse(Arrays.equals(image, result));
  }

  private static float[] augmented(long seed, long number) {
    return EVERYTHING.apply(DIGITS.imageFloats(0), 28, 28, 1, Augmentation.random(seed, number));
  }

  private static float[] batch() {
    float[] images = DIGITS.batch(0, COUNT).images();
    EVERYTHING.applyToBatch(images, COUNT, Shape.of(28, 28, 1), SEED, 1000);
    return images;
  }
}
