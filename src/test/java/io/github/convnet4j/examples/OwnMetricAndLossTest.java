package io.github.convnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.evaluate.Metric;
import io.github.convnet4j.loss.Loss;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class OwnMetricAndLossTest {
  private static final TrainingSettings SETTINGS = new TrainingSettings(40, 50, 0.003, 1, 777);

  @TempDir private Path folder;

  @Test
  void stopsByItsOwnMetricAndSavesItsOwnLoss() {
    Recorder recorder = new Recorder();
    OwnMetricAndLoss.Results results = OwnMetricAndLoss.run(recorder.console(), SETTINGS, folder);
    assertEquals(results.focal(), results.loaded());
    assertTrue(
        results.focal().value("worst_recall") > results.crossEntropy().value("worst_recall"),
        results::toString);
    // Early stopping ended both runs before the last epoch.
    assertTrue(
        recorder.out().matches("(?s).*Focal loss, epoch ([1-9]|1\\d|2\\d):.*"), recorder.out());
  }

  @Test
  void theSameSeedPrintsTheSameDigits() {
    Recorder first = new Recorder();
    Recorder second = new Recorder();
    OwnMetricAndLoss.run(first.console(), SETTINGS.withEpochs(1), folder.resolve("first"));
    OwnMetricAndLoss.run(second.console(), SETTINGS.withEpochs(1), folder.resolve("second"));
    assertEquals(first.out(), second.out());
  }

  @Test
  void focalLossIsTheCrossEntropyTimesAPowerOfTheMiss() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Loss loss = new OwnMetricAndLoss.FocalLoss(2);
      // Logits 0 and log 3: probabilities 0.25 and 0.75.
      var outputs = tf.constant(new float[][] {{0, (float) Math.log(3)}, {0, (float) Math.log(3)}});
      var targets = tf.constant(new float[][] {{0, 1}, {1, 0}});
      try (Result result = session.runner().fetch(loss.perExample(tf, outputs, targets)).run()) {
        TFloat32 losses = (TFloat32) result.get(0);
        assertEquals(0.0625 * -Math.log(0.75), losses.getFloat(0), 1e-6);
        assertEquals(0.5625 * -Math.log(0.25), losses.getFloat(1), 1e-6);
      }
    }
  }

  @Test
  void worstRecallIsThatOfTheWorstClassAndContinuesFromItsState() {
    Metric metric = new OwnMetricAndLoss.WorstRecall();
    Metric.Tally tally = metric.tally(Shape.of(3), Shape.of(3));
    assertEquals(Double.NaN, tally.value());
    // Class 0: one of two is right; class 1: the only one is; class 2 does not occur.
    tally.add(2, new float[] {.8f, .1f, .1f, .1f, .8f, .1f}, new float[] {1, 0, 0, 1, 0, 0});
    Metric.Tally resumed = metric.tally(Shape.of(3), Shape.of(3));
    resumed.restore(tally.state());
    resumed.add(1, new float[] {0, 1, 0}, new float[] {0, 1, 0});
    assertEquals(0.5, resumed.value());
    assertArrayEquals(new double[] {2, 1, 0, 1, 1, 0}, resumed.state());
    assertThrows(IllegalArgumentException.class, () -> resumed.restore(new double[5]));
    assertThrows(
        IllegalArgumentException.class, () -> metric.tally(Shape.of(4, 4, 3), Shape.of(4, 4)));
  }
}
