package io.github.convnet4j.train;

import static io.github.convnet4j.augment.Transforms.cutout;
import static io.github.convnet4j.augment.Transforms.noise;
import static io.github.convnet4j.augment.Transforms.shift;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.data.Batch;
import io.github.convnet4j.data.Batches;
import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.EpochOrder;
import io.github.convnet4j.data.ExampleBatch;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.optimizer.Optimizers;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.FitOptions.LastBatch;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.ndarray.Shape;

class BatchSourceTest {
  private static final int SIZE = 23;
  private static final DataSet IMAGES = TinyImages.of(SIZE, 1);
  private static final Heads<Prediction> HEADS =
      Heads.of(TinyImages.NETWORK.outputs(), Tasks.classification());
  private static final Augmentation AUGMENTATION = Augmentation.of(shift(0.3), noise(0.1));

  private static BatchSource source(Augmentation augmentation, int epochs, int images) {
    return source(LastBatch.SHORT, augmentation, epochs, images);
  }

  private static BatchSource source(
      LastBatch lastBatch, Augmentation augmentation, int epochs, int images) {
    Reached reached =
        new Reached(
            0,
            epochs,
            new Reached.InEpoch(images, 0, SIZE, 10, lastBatch, 5),
            List.of(),
            PixelRange.NONE);
    Plan plan = Plan.of(FitOptions.epochs(9).batchSize(10).lastBatch(lastBatch), reached, SIZE, 5);
    ExampleWeights none = ExampleWeights.of(IMAGES, FitOptions.epochs(1), HEADS);
    return new BatchSource(IMAGES, plan, HEADS, augmentation, 77, none, 3);
  }

  /** 3,000 batches of 23 examples of 100 million values, of which none is read. */
  @Test
  void refusesBatchesThatCannotFit() {
    Source large =
        new Source() {
          @Override
          public int size() {
            return 1_000_000_000;
          }

          @Override
          public List<Shape> inputShapes() {
            return List.of(Shape.of(1000, 1000, 100));
          }

          @Override
          public List<Shape> targetShapes() {
            return List.of(Shape.of(10));
          }

          @Override
          public void fill(int[] indices, ExampleBatch batch) {
            throw new AssertionError("must not be read");
          }
        };
    Plan plan = Plan.of(FitOptions.epochs(1).batchSize(1_000_000), Reached.NOTHING, SIZE, 5);
    ExampleWeights none = ExampleWeights.of(IMAGES, FitOptions.epochs(1), HEADS);
    String message =
        assertThrows(
                DataException.class,
                () -> new BatchSource(large, plan, HEADS, Augmentation.none(), 77, none, 3000))
            .getMessage();
    assertTrue(message.contains("23 examples") && message.contains("--batch-size"), message);
  }

  @Test
  void goesThroughTheOrdersOneAfterAnother() {
    BatchSource source = source(Augmentation.none(), 0, 0);
    EpochOrder orders = EpochOrder.of(SIZE, 5);
    for (int epoch = 0; epoch < 3; epoch++) {
      int[] order = orders.next();
      for (int[] fromTo : new int[][] {{0, 10}, {10, 20}, {20, 23}}) {
        Batch expected = IMAGES.batch(Arrays.copyOfRange(order, fromTo[0], fromTo[1]));
        ExampleBatch batch = source.get().examples();
        assertArrayEquals(expected.images(), batch.input());
        assertArrayEquals(expected.labels(), batch.target());
      }
    }
  }

  @Test
  void dropsWhatDoesNotFillABatch() {
    BatchSource source = source(LastBatch.DROP, Augmentation.none(), 0, 0);
    EpochOrder orders = EpochOrder.of(SIZE, 5);
    for (int epoch = 0; epoch < 3; epoch++) {
      int[] order = orders.next();
      for (int from : new int[] {0, 10}) {
        assertArrayEquals(
            IMAGES.batch(Arrays.copyOfRange(order, from, from + 10)).images(),
            source.get().examples().input());
      }
    }
  }

  /** Each epoch uses 20 of the 23 images, so the third order starts within the fifth batch. */
  @Test
  void carriesOverWhatDoesNotFillABatchLikeNextBatch() {
    BatchSource source = source(LastBatch.CARRY_OVER, Augmentation.none(), 0, 0);
    Batches lecture = IMAGES.batches(5);
    for (int i = 0; i < 40; i++) {
      Batch expected = lecture.nextBatch(10);
      ExampleBatch batch = source.get().examples();
      assertArrayEquals(expected.images(), batch.input(), "batch " + i);
      assertArrayEquals(expected.labels(), batch.target(), "batch " + i);
    }
    assertEquals(17, lecture.epochsCompleted());
  }

  @ParameterizedTest
  @EnumSource(names = {"DROP", "CARRY_OVER"})
  void startsAtAnyPositionWithFullBatches(LastBatch lastBatch) {
    BatchSource straight = source(lastBatch, AUGMENTATION, 0, 0);
    for (int epochs = 0; epochs < 12; epochs++) {
      for (int images : new int[] {0, 10}) {
        assertArrayEquals(
            straight.get().examples().input(),
            source(lastBatch, AUGMENTATION, epochs, images).get().examples().input());
      }
    }
  }

  @Test
  void overwritesBatchesThatAreNoLongerInUse() {
    BatchSource source = source(Augmentation.none(), 0, 0);
    ExampleBatch first = source.get().examples();
    float[] images = first.input().clone();
    float[] targets = first.target().clone();
    source.get();
    source.get();
    assertArrayEquals(images, first.input());
    assertArrayEquals(targets, first.target());
    assertSame(first.input(), source.get().examples().input());
    assertFalse(Arrays.equals(images, first.input()));
  }

  @Test
  void augmentsEachImageAccordingToItsPositionInTheRun() {
    BatchSource plain = source(Augmentation.none(), 0, 0);
    BatchSource source = source(AUGMENTATION, 0, 0);
    long first = 0;
    for (int i = 0; i < 7; i++) {
      ExampleBatch expected = plain.get().examples();
      AUGMENTATION.applyToBatch(expected.input(), expected.size(), Shape.of(4, 4, 1), 77, first);
      assertArrayEquals(expected.input(), source.get().examples().input());
      first += expected.size();
    }
    assertEquals(2 * SIZE + 10, first);
  }

  @Test
  void startsAtAnyPosition() {
    BatchSource straight = source(AUGMENTATION, 0, 0);
    for (int epochs = 0; epochs < 2; epochs++) {
      for (int images : new int[] {0, 10, 20}) {
        assertArrayEquals(
            straight.get().examples().input(),
            source(AUGMENTATION, epochs, images).get().examples().input());
      }
    }
    // An epoch whose images have all been used, but which is not counted yet, has no batch left.
    assertArrayEquals(
        straight.get().examples().input(), source(AUGMENTATION, 1, SIZE).get().examples().input());
  }

  /** Both runs are the same except for the training images. */
  @Test
  void fitTrainsOnAugmentedImagesAndValidatesOnUnchangedOnes() {
    try (Model<Prediction> plain = model();
        Model<Prediction> augmented = model()) {
      FitOptions options = FitOptions.epochs(1).batchSize(10).validateOn(IMAGES);
      EpochResult expected = plain.fit(IMAGES, options).last();
      History history = augmented.fit(IMAGES, options.augment(AUGMENTATION));
      assertEquals(augmented.evaluate(IMAGES), history.last().validation().orElseThrow());
      assertNotEquals(expected.cost(), history.last().cost());
    }
  }

  @Test
  void anAugmentationThatDoesNotFitTheImagesEndsTheRunWithItsMessage() {
    try (Model<Prediction> model = model()) {
      IllegalArgumentException fault =
          assertThrows(
              IllegalArgumentException.class,
              () -> model.fit(IMAGES, FitOptions.epochs(1).augment(Augmentation.of(cutout(9)))));
      assertTrue(fault.getMessage().contains("cutout"), fault::getMessage);
      assertTrue(fault.getMessage().endsWith(": 9"), fault::getMessage);
    }
  }

  private static Model<Prediction> model() {
    return Model.of(
        TinyImages.NETWORK, Tasks.classification(), Optimizers.sgd(0.1), ModelOptions.seed(3));
  }
}
