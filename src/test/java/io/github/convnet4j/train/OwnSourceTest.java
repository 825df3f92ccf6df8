package io.github.convnet4j.train;

import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.EpochOrder;
import io.github.convnet4j.data.ExampleBatch;
import io.github.convnet4j.data.ExampleSet;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Task;
import io.github.convnet4j.task.Tasks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tensorflow.ndarray.Shape;

/** Training, evaluation and prediction read a source of the user's own. */
@Timeout(60)
class OwnSourceTest {
  private static final int SIZE = 23;
  private static final int BATCH = 5;

  /** Batches 0 to 4 of an epoch; the last one has three examples. */
  private static final int BATCHES = 5;

  /** The number of a point tells its class: its first coordinate is that number, scaled. */
  private static class Points implements Source {
    final List<int[]> filled = Collections.synchronizedList(new ArrayList<>());
    final Set<Thread> threads = Collections.synchronizedSet(new HashSet<>());

    @Override
    public int size() {
      return SIZE;
    }

    @Override
    public List<Shape> inputShapes() {
      return List.of(Shape.of(2));
    }

    @Override
    public List<Shape> targetShapes() {
      return List.of(Shape.of(2));
    }

    @Override
    public void fill(int[] indices, ExampleBatch batch) {
      filled.add(indices.clone());
      threads.add(Thread.currentThread());
      for (int i = 0; i < indices.length; i++) {
        int kind = indices[i] < SIZE / 2 ? 0 : 1;
        batch.input()[2 * i] = indices[i] / (float) SIZE - 0.5f;
        batch.input()[2 * i + 1] = 1;
        batch.target()[2 * i] = 1 - kind;
        batch.target()[2 * i + 1] = kind;
      }
    }
  }

  private static Model<Prediction> model() {
    return model(Tasks.classification("low", "high"));
  }

  private static <P> Model<P> model(Task<P> task) {
    return Model.of(Network.of(Shape.of(2), dense(2)), task, adam(0.1), ModelOptions.seed(3));
  }

  private static FitOptions epochs(int n) {
    return FitOptions.epochs(n).batchSize(BATCH);
  }

  private static int[] range(int from, int to) {
    return IntStream.range(from, to).toArray();
  }

  @Test
  void learnsFromIt() {
    Points points = new Points();
    try (Model<Prediction> model = model()) {
      model.fit(points, epochs(60));
      assertTrue(model.evaluate(points).accuracy() > 0.9, () -> "" + model.evaluate(points));
      assertEquals("high", model.predict(new float[] {0.5f, 1}).className());
      assertEquals("low", model.predict(points).get(0).className());
    }
  }

  @Test
  void fitAsksForEachExampleOncePerEpochInTheOrderOfTheSeed() {
    Points points = new Points();
    try (Model<Prediction> model = model()) {
      model.fit(points, epochs(2).shuffleSeed(9));
    }
    EpochOrder orders = EpochOrder.of(SIZE, 9);
    for (int epoch = 0; epoch < 2; epoch++) {
      List<Integer> asked =
          points.filled.subList(epoch * BATCHES, (epoch + 1) * BATCHES).stream()
              .flatMapToInt(IntStream::of)
              .boxed()
              .toList();
      assertEquals(IntStream.of(orders.next()).boxed().toList(), asked);
    }
  }

  @Test
  void evaluationAndPredictionGoThroughTheExamplesInOrder() {
    Points points = new Points();
    try (Model<Prediction> model = model()) {
      model.evaluate(points, 10);
      model.predict(points, 20);
    }
    int[][] expected = {
      range(0, 10), range(10, 20), range(20, SIZE), range(0, 20), range(20, SIZE)
    };
    assertEquals(expected.length, points.filled.size());
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(expected[i], points.filled.get(i));
    }
  }

  /** The first step does not end before the second batch has been filled. */
  @Test
  void batchesAreFilledAheadOfTheStepsByOneOtherThread() {
    CountDownLatch second = new CountDownLatch(2);
    Points points =
        new Points() {
          @Override
          public void fill(int[] indices, ExampleBatch batch) {
            super.fill(indices, batch);
            second.countDown();
          }
        };
    List<Boolean> ahead = new ArrayList<>();
    try (Model<Prediction> model = model()) {
      model.fit(
          points,
          epochs(1).stopAfterSteps(1),
          new TrainingListener() {
            @Override
            public void batchEnd(Training training, BatchResult result) {
              try {
                ahead.add(second.await(30, TimeUnit.SECONDS));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            }
          });
    }
    assertEquals(List.of(true), ahead);
    assertEquals(1, points.threads.size());
    assertNotEquals(Set.of(Thread.currentThread()), points.threads);
    // The step's own batch and, at most, the two that are prepared ahead of it and its successor.
    assertTrue(points.filled.size() <= 3, () -> points.filled.size() + " batches");
  }

  /** Fails once at the given call. */
  private static Points failingOnce(int call, RuntimeException fault) {
    return new Points() {
      private boolean failed;

      @Override
      public void fill(int[] indices, ExampleBatch batch) {
        super.fill(indices, batch);
        if (filled.size() == call && !failed) {
          failed = true;
          throw fault;
        }
      }
    };
  }

  /** The eighth batch is the third of the second epoch. */
  @Test
  void anErrorInFillEndsTheRunAndTheNextOneFinishesTheEpoch() {
    RuntimeException fault = new IllegalStateException("scan 7 is on a tape");
    Points points = failingOnce(8, fault);
    try (Model<Prediction> model = model();
        Model<Prediction> straight = model()) {
      assertSame(
          fault, assertThrows(IllegalStateException.class, () -> model.fit(points, epochs(3))));
      assertEquals(7, model.stepsTrained());
      assertEquals(1, model.epochsTrained());
      assertEquals(2, model.predict(new float[2]).probabilities().length);
      model.fit(points, FitOptions.upTo(3).batchSize(BATCH));
      straight.fit(new Points(), epochs(3));
      assertEquals(straight.history(), model.history());
      assertArrayEquals(straight.weights("dense/kernel"), model.weights("dense/kernel"));
    }
  }

  @Test
  void anErrorInFillEndsAnEvaluationAndAPrediction() {
    RuntimeException fault = new IllegalStateException("no tape");
    try (Model<Prediction> model = model()) {
      assertSame(
          fault,
          assertThrows(
              IllegalStateException.class, () -> model.evaluate(failingOnce(2, fault), 10)));
      assertSame(
          fault,
          assertThrows(
              IllegalStateException.class, () -> model.predict(failingOnce(1, fault), 10)));
      assertEquals(SIZE, model.evaluate(new Points()).total());
    }
  }

  @Test
  void anErrorInTheValidationsFillLeavesTheEpochsStepsDone() {
    RuntimeException fault = new IllegalStateException("no tape");
    Points validation = failingOnce(1, fault);
    try (Model<Prediction> model = model();
        Model<Prediction> straight = model()) {
      FitOptions options = FitOptions.upTo(2).batchSize(BATCH).validateOn(validation);
      assertSame(
          fault, assertThrows(IllegalStateException.class, () -> model.fit(new Points(), options)));
      assertEquals(BATCHES, model.stepsTrained());
      assertEquals(0, model.epochsTrained());
      model.fit(new Points(), options);
      straight.fit(new Points(), options);
      assertEquals(straight.history(), model.history());
    }
  }

  @Test
  void wrongTargetsAreFoundWhenTheirBatchIsFilledAndNameTheExample() {
    Points points =
        new Points() {
          @Override
          public void fill(int[] indices, ExampleBatch batch) {
            super.fill(indices, batch);
            for (int i = 0; i < indices.length; i++) {
              if (indices[i] == 17) {
                batch.target()[2 * i + 1] = 1.5f;
              }
            }
          }
        };
    try (Model<Prediction> model = model()) {
      for (Runnable use :
          List.<Runnable>of(
              () -> model.fit(points, epochs(1)),
              () -> model.evaluate(points),
              () -> model.fit(new Points(), epochs(1).validateOn(points)))) {
        String message = assertThrows(IllegalArgumentException.class, use::run).getMessage();
        assertTrue(message.startsWith("targets of example 17: "), message);
        assertTrue(message.contains("target 1") && message.endsWith("1.5"), message);
      }
      assertEquals(BATCHES, model.stepsTrained(), "the last call finished the epoch");
      assertEquals(0, model.epochsTrained(), "but could not validate it");
      assertEquals(SIZE, model.predict(points).size(), "predictions need no targets");
    }
  }

  /** Examples of some shapes, all zeros. */
  private record Zeros(List<Shape> inputShapes, List<Shape> targetShapes) implements Source {
    @Override
    public int size() {
      return 4;
    }

    @Override
    public void fill(int[] indices, ExampleBatch batch) {
      throw new IllegalStateException("filled");
    }
  }

  private static void assertFault(Runnable act, String... parts) {
    String message = assertThrows(IllegalArgumentException.class, act::run).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  @Test
  void shapesAreComparedBeforeAnythingIsFilled() {
    List<Shape> two = List.of(Shape.of(2));
    List<Shape> three = List.of(Shape.of(3));
    Source wide = new Zeros(three, two);
    Source several = new Zeros(List.of(Shape.of(2), Shape.of(2)), two);
    Source otherTargets = new Zeros(two, three);
    Source none = new Zeros(two, List.of());
    try (Model<Prediction> model = model()) {
      assertFault(() -> model.fit(wide, epochs(1)), "examples must", "[2]", "[3]");
      assertFault(() -> model.evaluate(several), "examples must", "[2]", "[[2], [2]]");
      assertFault(() -> model.predict(wide), "examples must", "[2]", "[3]");
      assertFault(() -> model.fit(otherTargets, epochs(1)), "targets", "[2]", "[3]");
      assertFault(() -> model.evaluate(none), "targets", "[2]", "none");
      assertFault(
          () -> model.fit(new Points(), epochs(1).validateOn(none)),
          "validation examples must",
          "none");
      assertEquals(0, model.stepsTrained());
    }
  }

  @Test
  void aSourceHasAtLeastOneExample() {
    Points nothing =
        new Points() {
          @Override
          public int size() {
            return 0;
          }
        };
    try (Model<Prediction> model = model()) {
      assertFault(() -> model.fit(nothing, epochs(1)), "number of examples", "0");
      assertFault(() -> model.evaluate(nothing), "number of examples", "0");
      assertFault(() -> model.predict(nothing), "number of examples", "0");
      assertFault(
          () -> model.fit(new Points(), epochs(1).validateOn(nothing)),
          "number of validation examples",
          "0");
      assertEquals(0, model.stepsTrained());
    }
  }

  @Test
  void examplesWithoutTargetsCanBePredicted() {
    ExampleSet points = ExampleSet.builder().input("any", new float[] {1, 2, 3, 4}, 2).build();
    try (Model<Prediction> model = model()) {
      List<Prediction> predictions = model.predict(points);
      assertArrayEquals(
          model.predict(new float[] {3, 4}).probabilities(),
          predictions.get(1).probabilities(),
          1e-6f);
    }
  }

  @Test
  void aShareOfItCanBeHeldOut() {
    Points points = new Points();
    List<Integer> sizes = new ArrayList<>();
    try (Model<Prediction> model = model();
        Model<Prediction> same = model()) {
      FitOptions options = epochs(2).validationShare(0.2);
      History history =
          model.fit(
              points,
              options,
              new TrainingListener() {
                @Override
                public void trainBegin(Training training) {
                  sizes.add(training.examples().size());
                  sizes.add(training.options().validation().orElseThrow().size());
                }
              });
      // 20 % of 23 is 4.6.
      assertEquals(List.of(18, 5), sizes);
      assertEquals(5, history.last().validation().orElseThrow().examples());
      assertEquals(history, same.fit(new Points(), options));
    }
  }
}
