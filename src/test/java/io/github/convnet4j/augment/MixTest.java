package io.github.convnet4j.augment;

import static io.github.convnet4j.augment.Transforms.cutMix;
import static io.github.convnet4j.augment.Transforms.flipHorizontally;
import static io.github.convnet4j.augment.Transforms.mixUp;
import static io.github.convnet4j.augment.Transforms.noise;
import static io.github.convnet4j.augment.Transforms.oneOf;
import static io.github.convnet4j.augment.Transforms.sometimes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.Batch;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

/** Images that are mixed with others of their batch, and their targets. */
class MixTest {
  private static final int COUNT = 40;
  private static final int HEIGHT = 12;
  private static final int WIDTH = 10;
  private static final Shape IMAGE = Shape.of(HEIGHT, WIDTH, 1);

  /** Image i has the value i / COUNT everywhere. */
  private static float[] plainImages() {
    float[] images = new float[COUNT * HEIGHT * WIDTH];
    for (int i = 0; i < images.length; i++) {
      int image = i / (HEIGHT * WIDTH);
      images[i] = image / (float) COUNT;
    }
    return images;
  }

  /** Target i is one-hot. */
  private static float[] oneHot() {
    float[] targets = new float[COUNT * COUNT];
    for (int i = 0; i < COUNT; i++) {
      targets[i * COUNT + i] = 1;
    }
    return targets;
  }

  private static double mean(float[] images, int image) {
    int size = HEIGHT * WIDTH;
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += images[image * size + i];
    }
    return sum / size;
  }

  /**
   * The mean of a mixed image says how much it has of either, whatever the kind of mixing. So it
   * can be compared with the target.
   */
  @Test
  void targetsAreMixedLikeTheImages() {
    for (Mix mix : new Mix[] {mixUp(1), cutMix(1)}) {
      float[] images = plainImages();
      float[] targets = oneHot();
      Augmentation.of(mix).applyToBatch(images, COUNT, IMAGE, 5, 200);
      float[] larger = Augmentation.of(mix).mixTargets(targets, COUNT, IMAGE, 5, 200);
      for (int i = 0; i < COUNT; i++) {
        int other = (i + COUNT - 1) % COUNT;
        float own = targets[i * COUNT + i];
        float others = targets[i * COUNT + other];
        assertEquals(1, own + others, 1e-6);
        assertEquals((own * i + others * other) / COUNT, mean(images, i), 1e-5, mix.toString());
        assertEquals(own >= others ? 1 : 0, larger[i * COUNT + i]);
        assertEquals(own >= others ? 0 : 1, larger[i * COUNT + other]);
      }
    }
  }

  /** The first two draws decide lambda: with alpha = 1 it is u / (u + v). */
  @Test
  void mixUpAddsShares() {
    assertEquals(new Mixture(0, 0, 2, 3, 0.25), mixUp(1).draw(2, 3, Draws.of(0.75, 0.25)));
    float[] to = {1, 0, 0.5f};
    new Mixture(0, 0, 1, 3, 0.25).mix(to, 0, new float[] {0, 1, 0.5f}, 0, 3, 1);
    assertArrayEquals(new float[] {0.75f, 0.25f, 0.5f}, to);
  }

  /** A quarter of the image of 8x4 is 4x2: rows from 5 - 2 and columns from 1 - 1. */
  @Test
  void cutMixReplacesARectangle() {
    RandomGenerator draws = Draws.of(0.75, 0.25, 5 / 8.0, 1 / 4.0);
    assertEquals(new Mixture(3, 0, 7, 2, 1), cutMix(1).draw(8, 4, draws));
    // What lies outside is cut off, and the targets are mixed by the area that is left.
    RandomGenerator corner = Draws.of(0.75, 0.25, 0, 0);
    Mixture mixture = cutMix(1).draw(8, 4, corner);
    assertEquals(new Mixture(0, 0, 2, 1, 1), mixture);
    assertEquals(2 / 32.0, mixture.ofAll(8, 4));
  }

  /**
   * Beta(a, a) has the mean 1/2 and the variance 1 / (4 (2a + 1)). With 40,000 numbers, the mean's
   * standard error is at most 0.0025, and so is that of the variance.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.2, 1, 3.5})
  void lambdaHasTheBetaDistribution(double alpha) {
    int count = 40_000;
    double[] numbers =
        DoubleStream.iterate(0, i -> i + 1)
            .limit(count)
            .map(i -> SymmetricBeta.draw(alpha, Augmentation.random(11, (long) i)))
            .toArray();
    double mean = DoubleStream.of(numbers).average().orElseThrow();
    double variance = DoubleStream.of(numbers).map(x -> (x - mean) * (x - mean)).sum() / count;
    assertTrue(DoubleStream.of(numbers).allMatch(x -> x >= 0 && x <= 1));
    assertEquals(0.5, mean, 0.0075);
    assertEquals(1 / (4 * (2 * alpha + 1)), variance, 0.0075);
  }

  @Test
  void mixesAugmentedImages() {
    Augmentation changes = Augmentation.of(flipHorizontally(), noise(0.1));
    float[] changed = plainImages();
    changes.applyToBatch(changed, COUNT, IMAGE, 5, 0);
    float[] mixed = plainImages();
    Mix half = (height, width, random) -> new Mixture(0, 0, height, width, 0.5);
    Augmentation.of(half, flipHorizontally(), noise(0.1)).applyToBatch(mixed, COUNT, IMAGE, 5, 0);
    int size = HEIGHT * WIDTH;
    for (int i = 0; i < mixed.length; i++) {
      int other = i < size ? i + (COUNT - 1) * size : i - size;
      assertEquals((changed[i] + changed[other]) / 2, mixed[i], 1e-6);
    }
  }

  /** A part of a run begins with a whole batch, so it mixes the same images. */
  @Test
  void batchesAreTheSameWhereverARunStarts() {
    Augmentation mix = Augmentation.of(mixUp(0.4), cutMix(1));
    float[] first = plainImages();
    float[] again = plainImages();
    mix.applyToBatch(first, COUNT, IMAGE, 5, 80);
    mix.applyToBatch(again, COUNT, IMAGE, 5, 80);
    assertArrayEquals(first, again);
    mix.applyToBatch(again, COUNT, IMAGE, 5, 120);
    assertFalse(Arrays.equals(first, again));
  }

  @Test
  void theOnlyImageOfABatchStaysAsItIs() {
    float[] image = {0.25f, 0.5f};
    float[] target = {0, 1};
    Augmentation mix = Augmentation.of(mixUp(1));
    mix.applyToBatch(image, 1, Shape.of(1, 2, 1), 5, 0);
    mix.mixTargets(target, 1, Shape.of(1, 2, 1), 5, 0);
    assertArrayEquals(new float[] {0.25f, 0.5f}, image, 1e-7f);
    assertArrayEquals(new float[] {0, 1}, target, 1e-7f);
  }

  /** Each of two kinds of mixing is drawn for about half of the images: 20 ± 3.2 of 40. */
  @Test
  void drawsOneOfSeveralKindsOfMixing() {
    Mix tenth = (height, width, random) -> new Mixture(0, 0, height, width, 0.1);
    Mix fifth = (height, width, random) -> new Mixture(0, 0, height, width, 0.2);
    for (Augmentation mix :
        new Augmentation[] {Augmentation.of(tenth, fifth), Augmentation.of(oneOf(tenth, fifth))}) {
      float[] targets = oneHot();
      mix.mixTargets(targets, COUNT, IMAGE, 5, 0);
      int tenths = 0;
      for (int i = 0; i < COUNT; i++) {
        float own = targets[i * COUNT + i];
        assertTrue(own == 0.9f || own == 0.8f, () -> "own share " + own);
        tenths += own == 0.9f ? 1 : 0;
      }
      assertEquals(20, tenths, 10);
    }
  }

  @Test
  void knowsWhetherItMixes() {
    assertTrue(Augmentation.of(sometimes(0.5, oneOf(noise(0.1), mixUp(1)))).mixes());
    assertFalse(Augmentation.of(sometimes(0.5, flipHorizontally())).mixes());
    assertTrue(Augmentation.of(sometimes(0.5, flipHorizontally())).moves());
    assertFalse(Augmentation.of(mixUp(1), noise(0.1)).moves());
  }

  @Test
  void augmentedBatchesMixTheirLabels() {
    AugmentedBatches batches =
        AugmentedBatches.of(
            () -> new Batch(COUNT, plainImages(), oneHot(), new int[COUNT]),
            Augmentation.of(mixUp(1)),
            IMAGE,
            5,
            200);
    float[] expected = oneHot();
    Augmentation.of(mixUp(1)).mixTargets(expected, COUNT, IMAGE, 5, 200);
    assertArrayEquals(expected, batches.get().labels());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 4.5, Double.NaN})
  void refusesOtherShapesOfTheDistribution(double alpha) {
    for (Runnable mistake : new Runnable[] {() -> mixUp(alpha), () -> cutMix(alpha)}) {
      String message = assertThrows(IllegalArgumentException.class, mistake::run).getMessage();
      assertEquals("alpha must be above 0 and at most 4: " + alpha, message);
    }
  }
}
