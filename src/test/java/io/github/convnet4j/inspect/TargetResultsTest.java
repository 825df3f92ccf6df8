package io.github.convnet4j.inspect;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.optimizer.Optimizers.sgd;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.ExampleSet;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.evaluate.MultiLabelReport;
import io.github.convnet4j.evaluate.RegressionReport;
import io.github.convnet4j.evaluate.SegmentationReport;
import io.github.convnet4j.inspect.MultiLabelResult.LabelMistake;
import io.github.convnet4j.inspect.RegressionResult.Deviation;
import io.github.convnet4j.inspect.SegmentationResult.Masks;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.LabelPrediction;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.SegmentedImage;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.Model;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** Results of networks that return their input, so that the predictions are known. */
class TargetResultsTest {
  /** Large enough that a sigmoid of it is far from one half. */
  private static final float SURE = 4;

  private static Network identity(int n) {
    float[] kernel = new float[n * n];
    for (int i = 0; i < n; i++) {
      kernel[i * n + i] = 1;
    }
    return Network.of(Shape.of(n), dense(n).kernelInitializer(Given.values(kernel)));
  }

  private static ExampleSet examples(int n, float[] inputs, float[] targets) {
    return ExampleSet.builder().input("x", inputs, n).target("y", targets, n).build();
  }

  private static void assertReadOnce(CountedReads counted) {
    int[] once = new int[counted.size()];
    Arrays.fill(once, 1);
    assertArrayEquals(once, counted.reads());
  }

  @Test
  void regressionHasTheLargestErrorsInMultiplesOfTheirTargetsError() {
    // Errors of the first target: 1, 0, -1, 2, of the second: 300, 300, 300, -300.
    float[] targets = {1, 0, 2, 0, 3, 0, 6, 1000};
    float[] predictions = {2, 300, 2, 300, 2, 300, 8, 700};
    CountedReads counted = new CountedReads(examples(2, predictions, targets));
    try (Model<float[]> model = Model.of(identity(2), Tasks.regression(), sgd(0.1))) {
      RegressionResult result = RegressionResult.of(model, Sample.ofAll(counted), 3);
      assertReadOnce(counted);
      assertEquals(RegressionReport.of(targets, predictions, 2), result.report());
      assertEquals(model.evaluate(counted), result.scores());
      double root = Math.sqrt(6 / 4.0);
      List<Deviation> worst = result.worst();
      assertEquals(List.of(3, 0, 1), worst.stream().map(Deviation::index).toList());
      assertEquals(List.of(0, 1, 1), worst.stream().map(Deviation::target).toList());
      assertEquals(2 / root, worst.get(0).size(), 1e-12);
      assertEquals(1, worst.get(1).size(), 1e-12);
      assertEquals(700, result.prediction(3, 1));
      assertEquals(1000, result.target(3, 1));
    }
  }

  @Test
  void regressionWithoutErrorsHasNoWorstPredictions() {
    float[] values = {1, 2, 3};
    try (Model<float[]> model = Model.of(identity(1), Tasks.regression(), sgd(0.1))) {
      Source exact = examples(1, values, values);
      assertEquals(List.of(), RegressionResult.of(model, Sample.ofAll(exact), 3).worst());
    }
  }

  @Test
  void deviationsOfASampleHaveTheIndicesOfTheSource() {
    float[] predictions = {0, 0, 0, 0, 0, 0};
    float[] targets = {1, 2, 3, 4, 5, 6};
    try (Model<float[]> model = Model.of(identity(1), Tasks.regression(), sgd(0.1))) {
      Sample sample = Sample.atMost(3, examples(1, predictions, targets)); // 0, 2, 4
      Deviation worst = RegressionResult.of(model, sample, 1).worst().get(0);
      assertEquals(4, worst.index());
      assertEquals(2, worst.position());
      assertThrows(IllegalArgumentException.class, () -> RegressionResult.of(model, sample, -1));
    }
  }

  @Test
  void labelsHaveTheMostCertainMistakesFirst() {
    float[] logits = {SURE, -SURE, 1, 2, -1, -2, SURE + 1, SURE};
    float[] targets = {0, 0, 1, 0, 1, 0, 1, 1};
    List<String> names = List.of("a", "b");
    CountedReads counted = new CountedReads(examples(2, logits, targets));
    try (Model<LabelPrediction> model =
        Model.of(identity(2), Tasks.multiLabel("a", "b"), sgd(0.1))) {
      MultiLabelResult result = MultiLabelResult.of(model, names, Sample.ofAll(counted), 9);
      assertReadOnce(counted);
      List<LabelMistake> mistakes = result.worstMistakes();
      assertEquals(List.of(0, 1, 2), mistakes.stream().map(LabelMistake::index).toList());
      assertEquals(List.of(0, 1, 0), mistakes.stream().map(LabelMistake::label).toList());
      assertEquals(
          List.of(false, false, true), mistakes.stream().map(LabelMistake::hasLabel).toList());
      assertEquals(1 / (1 + Math.exp(-SURE)), mistakes.get(0).certainty(), 1e-6);
      assertEquals(1 / (1 + Math.exp(1)), mistakes.get(2).probability(), 1e-6);
      assertEquals(1 / (1 + Math.exp(-1)), mistakes.get(2).certainty(), 1e-6);
      float[] probabilities = new float[logits.length];
      for (int i = 0; i < logits.length; i++) {
        probabilities[i] = (float) (1 / (1 + Math.exp(-logits[i])));
      }
      assertEquals(MultiLabelReport.of(names, targets, probabilities), result.report());
      assertEquals(model.evaluate(counted), result.scores());
    }
  }

  @Test
  void masksAreSortedByTheIouOfTheirImage() {
    // Pixels [1, 3] with logits of three classes each, which are one-hot predictions.
    int[][] predictions = {{0, 0, 1}, {0, 1, 1}, {2, 2, 2}, {1, 1, 1}};
    byte[] masks = {0, 0, 1, 0, 0, 1, 2, 2, (byte) 255, (byte) 255, (byte) 255, (byte) 255};
    float[] logits = new float[4 * 3 * 3];
    for (int i = 0; i < 4; i++) {
      for (int p = 0; p < 3; p++) {
        logits[(i * 3 + p) * 3 + predictions[i][p]] = 1;
      }
    }
    ExampleSet examples =
        ExampleSet.builder().input("x", logits, 1, 3, 3).masks("mask", masks, 1, 3).build();
    Network network =
        Network.of(
            Shape.of(1, 3, 3),
            conv2d(3, 1).kernelInitializer(Given.values(1, 0, 0, 0, 1, 0, 0, 0, 1)));
    CountedReads counted = new CountedReads(examples);
    try (Model<SegmentedImage> model =
        Model.of(network, Tasks.segmentation("a", "b", "c").unlabeled(255), sgd(0.1))) {
      SegmentationResult result = SegmentationResult.of(model, Sample.ofAll(counted), 5);
      assertReadOnce(counted);
      // Image 1: class 0 has 1 of 2 pixels, class 1 has 1 of 2. The last image has no label.
      assertEquals(List.of(1, 0, 2), result.worst().stream().map(Masks::index).toList());
      assertEquals(List.of(0.5, 1.0, 1.0), result.worst().stream().map(Masks::iou).toList());
      Masks partly = result.worst().get(2);
      assertArrayEquals(new int[] {2, 2, Masks.NO_LABEL}, partly.labels());
      assertArrayEquals(new int[] {2, 2, 2}, partly.prediction().classes());
      assertEquals(8, result.confusionMatrix().total());
      assertEquals(
          result.scores().value("mean_iou"),
          SegmentationReport.of(result.confusionMatrix()).meanIou());
    }
  }

  @Test
  void classifiedExamplesAreReadOnce() {
    DataSet images = DataSet.of(new byte[12], new int[] {0, 1, 1}, Shape.of(2, 2, 1), 2);
    CountedReads counted = new CountedReads(images);
    Network network = Network.of(Shape.of(2, 2, 1), flatten(), dense(2));
    try (Model<Prediction> model = Model.of(network, Tasks.classification(), sgd(0.1))) {
      TestResult result = TestResult.of(model, counted, 3);
      assertReadOnce(counted);
      assertEquals(model.evaluate(images), result.scores());
      assertTrue(result.worstMistakes().size() < 3);
    }
  }
}
