package io.github.convnet4j.train;

import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.optimizer.Optimizers.sgd;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Tests {@code fit}: epochs, batches and listeners. */
class FitTest {
  private static final DataSet IMAGES = TinyImages.of(50, 1);

  private static Model<Prediction> model() {
    return Model.of(TinyImages.NETWORK, Tasks.classification(), adam(0.01), ModelOptions.seed(3));
  }

  private static TrainingListener onBatch(BiConsumer<Training, BatchResult> action) {
    return new TrainingListener() {
      @Override
      public void batchEnd(Training training, BatchResult result) {
        action.accept(training, result);
      }
    };
  }

  @Test
  void aListenerThatCannotBeReleasedDoesNotHideWhatEndedTheRun() {
    IllegalStateException first = new IllegalStateException("in a step");
    IllegalStateException second = new IllegalStateException("at the end");
    TrainingListener failing =
        new TrainingListener() {
          @Override
          public void batchEnd(Training training, BatchResult result) {
            throw first;
          }

          @Override
          public void release(Training training) {
            throw second;
          }
        };
    try (Model<Prediction> model = model()) {
      IllegalStateException thrown =
          assertThrows(
              IllegalStateException.class, () -> model.fit(IMAGES, FitOptions.epochs(1), failing));
      assertSame(first, thrown);
      assertEquals(List.of(second), List.of(thrown.getSuppressed()));
    }
  }

  @Test
  void usesEveryImageOncePerEpochWithAShortLastBatch() {
    List<BatchResult> batches = new ArrayList<>();
    try (Model<Prediction> model = model()) {
      History history =
          model.fit(IMAGES, FitOptions.epochs(2).batchSize(20), onBatch((t, b) -> batches.add(b)));
      assertEquals(
          List.of(20, 20, 10, 20, 20, 10), batches.stream().map(BatchResult::size).toList());
      assertEquals(List.of(1, 2, 3, 1, 2, 3), batches.stream().map(BatchResult::batch).toList());
      assertEquals(List.of(1, 1, 1, 2, 2, 2), batches.stream().map(BatchResult::epoch).toList());
      double weighted =
          (20 * batches.get(0).cost() + 20 * batches.get(1).cost() + 10 * batches.get(2).cost())
              / 50;
      assertEquals(weighted, history.epochs().get(0).cost());
      assertEquals(6, model.stepsTrained());
      assertEquals(2, model.epochsTrained());
    }
  }

  /** With a learning rate near zero, an epoch's cost and accuracy equal those of an evaluation. */
  @Test
  void costAndAccuracyOfAnEpochAreMeansOverAllImages() {
    try (Model<Prediction> model =
        Model.of(TinyImages.NETWORK, Tasks.classification(), sgd(1e-20))) {
      EpochResult epoch =
          model.fit(IMAGES, FitOptions.epochs(1).batchSize(7).validateOn(IMAGES)).last();
      assertEquals(model.evaluate(IMAGES).loss(), epoch.cost(), 1e-7);
      assertEquals(model.evaluate(IMAGES).accuracy(), epoch.accuracy());
      assertEquals(model.evaluate(IMAGES), epoch.validation().orElseThrow());
    }
  }

  @Test
  void theValuesAfterTheLastBatchAreThoseOfTheEpoch() {
    List<Map<String, Double>> soFar = new ArrayList<>();
    try (Model<Prediction> model = model()) {
      EpochResult epoch =
          model
              .fit(
                  IMAGES,
                  FitOptions.epochs(1).batchSize(20),
                  onBatch((t, b) -> soFar.add(t.valuesSoFar())))
              .last();
      assertEquals(3, soFar.size());
      assertEquals(epoch.values(), soFar.get(2));
      double correct = soFar.get(0).get("accuracy") * 20;
      assertEquals(Math.rint(correct), correct, 1e-9);
    }
  }

  @Test
  void learnsAndIsReproducibleBitForBit() {
    List<List<Double>> costs = new ArrayList<>();
    List<float[]> kernels = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      try (Model<Prediction> model = model()) {
        costs.add(model.fit(IMAGES, FitOptions.epochs(20).batchSize(16)).costs());
        kernels.add(model.weights("dense/kernel"));
        assertTrue(model.evaluate(TinyImages.of(100, 2)).accuracy() > 0.95);
      }
    }
    assertEquals(costs.get(0), costs.get(1));
    assertArrayEquals(kernels.get(0), kernels.get(1));
  }

  /** TensorFlow takes two zero seeds as a request for different numbers each time. */
  @Test
  void seedZeroIsReproducible() {
    List<float[]> kernels = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      try (Model<Prediction> model =
          Model.of(TinyImages.NETWORK, Tasks.classification(), sgd(0.1), ModelOptions.defaults())) {
        kernels.add(model.weights("dense/kernel"));
      }
    }
    assertArrayEquals(kernels.get(0), kernels.get(1));
  }

  @Test
  void shufflesWithTheModelsSeedByDefault() {
    try (Model<Prediction> own = model();
        Model<Prediction> same = model();
        Model<Prediction> other = model()) {
      FitOptions options = FitOptions.epochs(2).batchSize(20);
      List<Double> costs = own.fit(IMAGES, options).costs();
      assertEquals(costs, same.fit(IMAGES, options.shuffleSeed(3)).costs());
      assertFalse(costs.equals(other.fit(IMAGES, options.shuffleSeed(4)).costs()));
    }
  }

  @Test
  void aBatchSizeLargerThanTheDataMeansOneBatch() {
    try (Model<Prediction> huge = model();
        Model<Prediction> whole = model()) {
      assertEquals(
          whole.fit(IMAGES, FitOptions.epochs(3).batchSize(50)).costs(),
          huge.fit(IMAGES, FitOptions.epochs(3).batchSize(Integer.MAX_VALUE)).costs());
      assertEquals(3, huge.stepsTrained());
      assertEquals(whole.evaluate(IMAGES, 50), huge.evaluate(IMAGES, Integer.MAX_VALUE));
    }
  }

  @Test
  void listenersAreCalledInOrder() {
    List<String> calls = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void trainBegin(Training training) {
            calls.add(
                "begin %d to %d, %d batches"
                    .formatted(
                        training.firstEpoch(), training.lastEpoch(), training.batchesPerEpoch()));
          }

          @Override
          public void batchEnd(Training training, BatchResult result) {
            calls.add("batch " + result.batch());
          }

          @Override
          public void epochEnd(Training training, EpochResult result) {
            calls.add("epoch " + result.epoch());
            assertEquals(result.epoch(), training.model().epochsTrained());
          }

          @Override
          public void trainEnd(Training training, History history) {
            calls.add("end " + history.epochs().size());
          }
        };
    try (Model<Prediction> model = model()) {
      model.fit(IMAGES, FitOptions.epochs(1).batchSize(30), listener);
      model.fit(IMAGES, FitOptions.epochs(2).batchSize(50), listener);
    }
    assertEquals(
        List.of(
            "begin 1 to 1, 2 batches",
            "batch 1",
            "batch 2",
            "epoch 1",
            "end 1",
            "begin 2 to 3, 1 batches",
            "batch 1",
            "epoch 2",
            "batch 1",
            "epoch 3",
            "end 2"),
        calls);
  }

  @Test
  void stopsWhenAskedTo() {
    try (Model<Prediction> model = model();
        Model<Prediction> straight = model()) {
      FitOptions options = FitOptions.epochs(5).batchSize(20);
      History history =
          model.fit(
              IMAGES,
              options,
              new TrainingListener() {
                @Override
                public void epochEnd(Training training, EpochResult result) {
                  if (result.epoch() == 2) {
                    training.stop();
                  }
                }
              });
      assertEquals(2, history.epochs().size());
      List<Double> costs = new ArrayList<>(history.costs());
      costs.addAll(model.fit(IMAGES, FitOptions.epochs(3).batchSize(20)).costs());
      assertEquals(straight.fit(IMAGES, options).costs(), costs);
    }
  }

  @Test
  void resumesInTheMiddleOfAnEpoch() {
    try (Model<Prediction> model = model();
        Model<Prediction> straight = model()) {
      FitOptions options = FitOptions.epochs(5).batchSize(20);
      History history =
          model.fit(
              IMAGES,
              options,
              onBatch(
                  (training, batch) -> {
                    if (batch.epoch() == 2 && batch.batch() == 1) {
                      training.stop();
                    }
                  }));
      assertEquals(1, history.epochs().size());
      assertEquals(1, model.epochsTrained());
      assertEquals(4, model.stepsTrained());
      model.fit(IMAGES, FitOptions.epochs(4).batchSize(20));
      assertEquals(straight.fit(IMAGES, options), model.history());
    }
  }

  @Test
  void restartsAnIncompleteEpochIfTheBatchSizeChanges() {
    try (Model<Prediction> model = model()) {
      model.fit(IMAGES, FitOptions.epochs(1).batchSize(20).stopAfterSteps(2));
      assertEquals(0, model.epochsTrained());
      List<Integer> sizes = new ArrayList<>();
      model.fit(
          IMAGES,
          FitOptions.epochs(1).batchSize(30),
          onBatch((training, batch) -> sizes.add(batch.size())));
      assertEquals(List.of(30, 20), sizes);
    }
  }

  @Test
  void anExceptionInAListenerEndsTraining() {
    RuntimeException thrown = new RuntimeException("no paper in the printer");
    try (Model<Prediction> model = model()) {
      RuntimeException caught =
          assertThrows(
              RuntimeException.class,
              () ->
                  model.fit(
                      IMAGES,
                      FitOptions.epochs(5),
                      onBatch(
                          (training, batch) -> {
                            throw thrown;
                          })));
      assertSame(thrown, caught);
      assertEquals(1, model.stepsTrained());
      assertEquals(1, model.fit(IMAGES, FitOptions.epochs(1)).last().epoch());
    }
  }

  @Test
  void aListenerMayPredictAndReadWeightsButNotFitOrClose() {
    List<String> faults = new ArrayList<>();
    try (Model<Prediction> model = model()) {
      model.fit(
          IMAGES,
          FitOptions.epochs(1),
          onBatch(
              (training, batch) -> {
                assertEquals(2, training.model().weights("dense/bias").length);
                assertEquals(50, training.model().evaluate(training.examples()).total());
                faults.add(fault(() -> training.model().close()));
                faults.add(fault(() -> training.model().fit(IMAGES, training.options())));
              }));
    }
    assertEquals(2, faults.size());
    assertTrue(faults.get(0).contains("closed by a listener"), faults::toString);
    assertTrue(faults.get(0).contains("training.stop()"), faults::toString);
    assertTrue(faults.get(1).contains("fit"), faults::toString);
  }

  private static String fault(Runnable act) {
    return assertThrows(IllegalStateException.class, act::run).getMessage();
  }

  @Test
  void rejectsNumbersOutOfRange() {
    String epochs =
        assertThrows(IllegalArgumentException.class, () -> FitOptions.epochs(0)).getMessage();
    assertTrue(epochs.startsWith("epochs") && epochs.endsWith(": 0"), epochs);
    String batchSize =
        assertThrows(IllegalArgumentException.class, () -> FitOptions.epochs(1).batchSize(-5))
            .getMessage();
    assertTrue(batchSize.startsWith("batchSize") && batchSize.endsWith(": -5"), batchSize);
  }
}
