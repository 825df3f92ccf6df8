package io.github.convnet4j.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.natives.Locales;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** Checks the built-in metrics by arithmetic. */
class MetricsTest {
  private static final Shape THREE = Shape.of(3);
  private static final float NAN = Float.NaN;

  /** Labels 0, 0, 1, 2; predictions 0, 1, 1, 1. */
  private static final Examples CLASSES =
      new Examples(
          THREE,
          THREE,
          new float[] {
            0.7f, 0.2f, 0.1f,
            0.2f, 0.7f, 0.1f,
            0.3f, 0.4f, 0.3f,
            0.1f, 0.5f, 0.4f
          },
          new float[] {1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1});

  /** Histories and early stopping know metrics by their names. */
  @Test
  void namesDoNotDependOnTheLocale() throws Exception {
    Locales.in(
        Locale.forLanguageTag("ar-EG-u-nu-arab"),
        () -> {
          assertEquals("top_5_accuracy", Metrics.topKAccuracy(5).name());
          assertEquals("recall_1", Metrics.recallOfClass(1).name());
        });
  }

  @Test
  void scoresOfClassesAreComputedFromTheirCounts() {
    assertValue(2 / 4.0, Metrics.accuracy(), CLASSES);
    assertValue((1.0 + 1 / 3.0 + 0) / 3, Metrics.precision(), CLASSES);
    assertValue((1 / 2.0 + 1 + 0) / 3, Metrics.recall(), CLASSES);
    assertValue((1 / 2.0 + 1 + 0) / 3, Metrics.balancedAccuracy(), CLASSES);
    assertValue((2 / 3.0 + 2 / 4.0 + 0) / 3, Metrics.f1(), CLASSES);
    assertValue((2 / 3.0 + 2 / 4.0 + 0) / 3, Metrics.dice(), CLASSES);
    assertValue(2 / 4.0, Metrics.f1Micro(), CLASSES);
    assertValue((2 * 1.0 + 1 * 1 / 3.0 + 1 * 0) / 4, Metrics.precisionWeighted(), CLASSES);
    assertValue((2 * 2 / 3.0 + 1 * 2 / 4.0 + 1 * 0) / 4, Metrics.f1Weighted(), CLASSES);
    assertValue(2 / 4.0, Metrics.diceOfClass(1), CLASSES);
    assertValue((1 / 2.0 + 1 / 3.0 + 0) / 3, Metrics.meanIou(), CLASSES);
    assertValue(1 / 3.0, Metrics.precisionOfClass(1), CLASSES);
    assertValue(1 / 2.0, Metrics.recallOfClass(0), CLASSES);
    assertValue(2 / 4.0, Metrics.f1OfClass(1), CLASSES);
    assertValue(1 / 3.0, Metrics.iouOfClass(1), CLASSES);
    assertValue(0, Metrics.f1OfClass(2), CLASSES);
    // Expected by chance: (2 * 1 + 1 * 3 + 1 * 0) / 4 of 4.
    assertValue(1 - (4 - 2) / (4 - 5 / 4.0), Metrics.cohenKappa(), CLASSES);
    assertValue(
        (2 * 4 - 5) / Math.sqrt((16 - 1 - 9) * (16 - 4 - 1 - 1)), Metrics.matthews(), CLASSES);
    assertValue(
        -(Math.log(0.7f) + Math.log(0.2f) + Math.log(0.4f) + Math.log(0.4f)) / 4,
        Metrics.logLoss(),
        CLASSES);
    assertValue(1, Metrics.topKAccuracy(2), CLASSES);
    // Class 0: 0.7, 0.2 against 0.3, 0.1; class 1: 0.4 against 0.2, 0.7, 0.5; class 2: 0.4 wins.
    assertValue((3 / 4.0 + 1 / 3.0 + 1) / 3, Metrics.rocAuc(), CLASSES);
    // Class 0 is at places 1 and 3 by its probability, class 1 at place 3, class 2 at place 1.
    assertValue(((1 + 2 / 3.0) / 2 + 1 / 3.0 + 1) / 3, Metrics.prAuc(), CLASSES);
  }

  @Test
  void aClassThatDoesNotOccurIsLeftOutOfAverages() {
    Examples two =
        new Examples(
            THREE,
            THREE,
            new float[] {0.7f, 0.3f, 0, 0.2f, 0.8f, 0},
            new float[] {1, 0, 0, 0, 1, 0});
    for (Metric metric :
        List.of(
            Metrics.precision(),
            Metrics.recall(),
            Metrics.f1(),
            Metrics.balancedAccuracy(),
            Metrics.meanIou(),
            Metrics.dice())) {
      assertValue(1, metric, two);
    }
    assertValue(0, Metrics.f1OfClass(2), two);
    assertValue(Double.NaN, Metrics.rocAuc(), two);
  }

  @Test
  void equalScoresShareAThresholdOfThePrecisionRecallCurve() {
    Shape one = Shape.of(1);
    Examples ties =
        new Examples(one, one, new float[] {0.5f, 0.5f, 0.5f, 0.2f}, new float[] {1, 0, 0, 1});
    // Recall 1/2 at precision 1/3, then 1 at 2/4.
    assertValue(1 / 2.0 * 1 / 3 + 1 / 2.0 * 2 / 4, Metrics.labelPrAuc(), ties);
    Examples never = new Examples(one, one, new float[] {0.5f, 0.1f}, new float[] {0, 0});
    assertValue(0, Metrics.labelPrAuc(), never);
    assertValue(0, Metrics.labelF1Weighted(), never);
    Examples notANumber = new Examples(one, one, new float[] {NAN, 0.1f}, new float[] {1, 0});
    assertValue(NAN, Metrics.labelPrAuc(), notANumber);
  }

  @Test
  void theAreaOfTwoClassesIsThatOfClass1() {
    Shape two = Shape.of(2);
    // In class 0, all probabilities are equal.
    Examples saturated =
        new Examples(
            two, two, new float[] {1, 1e-9f, 1, 2e-9f, 1, 0}, new float[] {1, 0, 0, 1, 1, 0});
    assertValue(1, Metrics.rocAuc(), saturated);
    assertValue(1, Metrics.prAuc(), saturated);
  }

  /** A picture of 2 x 2 pixels and three classes; the last pixel is not labelled. */
  @Test
  void pixelsThatAreNotLabelledDoNotCount() {
    float[] predictions = {
      0.7f, 0.2f, 0.1f,
      0.2f, 0.7f, 0.1f,
      0.3f, 0.4f, 0.3f,
      0.1f, 0.5f, 0.4f
    };
    for (float notLabelled : new float[] {255, -1, 3}) {
      Examples picture =
          new Examples(
              Shape.of(2, 2, 3), Shape.of(2, 2), predictions, new float[] {0, 0, 1, notLabelled});
      assertValue(2 / 3.0, Metrics.accuracy(), picture);
      assertValue((1 / 2.0 + 1 / 2.0) / 2, Metrics.meanIou(), picture);
      assertValue((2 / 3.0 + 2 / 3.0) / 2, Metrics.dice(), picture);
      assertValue(1, Metrics.topKAccuracy(2), picture);
      assertValue(
          -(Math.log(0.7f) + Math.log(0.2f) + Math.log(0.4f)) / 3, Metrics.logLoss(), picture);
      ConfusionTally confusion = ConfusionTally.of(picture.prediction, picture.target);
      picture.add(confusion);
      assertEquals(
          ConfusionMatrix.of(List.of("a", "b", "c"), new int[] {0, 0, 1}, new int[] {0, 1, 1}),
          confusion.matrix(List.of("a", "b", "c")));
    }
    Examples none =
        new Examples(
            Shape.of(2, 2, 3), Shape.of(2, 2), predictions, new float[] {255, 255, 255, 255});
    assertValue(Double.NaN, Metrics.accuracy(), none);
    assertValue(Double.NaN, Metrics.meanIou(), none);
  }

  /** Targets 1 0, 1 1, 0 0; predicted 1 1, 1 1, 0 (NaN, which is wrong). */
  @Test
  void aLabelIsPredictedFromOneHalfUp() {
    Examples labels =
        new Examples(
            Shape.of(2),
            Shape.of(2),
            new float[] {0.5f, 0.5f, 0.9f, 0.6f, 0.49f, NAN},
            new float[] {1, 0, 1, 1, 0, 0});
    assertValue(4 / 6.0, Metrics.labelAccuracy(), labels);
    assertValue(1 / 3.0, Metrics.exactMatch(), labels);
    assertValue((1 + 1 / 3.0) / 2, Metrics.labelPrecision(), labels);
    assertValue(1, Metrics.labelRecall(), labels);
    assertValue((1 + 2 / 4.0) / 2, Metrics.labelF1(), labels);
    assertValue(6 / 8.0, Metrics.labelF1Micro(), labels);
  }

  @Test
  void theAreaOfLabelsIsAveragedOverThem() {
    Examples labels =
        new Examples(
            Shape.of(2),
            Shape.of(2),
            new float[] {0.5f, 0.5f, 0.9f, 0.6f, 0.4f, 0.6f},
            new float[] {1, 0, 1, 1, 0, 0});
    assertValue((1 + 1.5 / 2) / 2, Metrics.labelRocAuc(), labels);
  }

  @Test
  void errorsOfNumbersAreMeans() {
    // First targets 1, 2, 3, 6 (mean 3, distances 4 + 1 + 0 + 9), errors 1, 0, -1, 2 (squares 6).
    // Second targets 0, 0, 10, 10 (mean 5, distances 100), errors 5 each, as the mean would have.
    Examples numbers =
        new Examples(
            Shape.of(2),
            Shape.of(2),
            new float[] {2, 5, 2, 5, 2, 5, 8, 5},
            new float[] {1, 0, 2, 0, 3, 10, 6, 10});
    assertValue((1 + 0 + 1 + 2 + 4 * 5) / 8.0, Metrics.meanAbsoluteError(), numbers);
    assertValue((6 + 4 * 25) / 8.0, Metrics.meanSquaredError(), numbers);
    assertValue(Math.sqrt((6 + 4 * 25) / 8.0), Metrics.rootMeanSquaredError(), numbers);
    assertValue((1 - 6 / 14.0 + 0) / 2, Metrics.r2(), numbers);
  }

  @Test
  void r2OfAConstantTargetIsNotDefined() {
    Examples constant =
        new Examples(
            Shape.of(1),
            Shape.of(1),
            new float[] {0.1f, 0.2f, 0.1f},
            new float[] {0.1f, 0.1f, 0.1f});
    assertValue(Double.NaN, Metrics.r2(), constant);
  }

  @Test
  void psnrIsAveragedOverImages() {
    Shape shape = Shape.of(1, 2, 1);
    Examples images =
        new Examples(shape, shape, new float[] {0, 0.5f, 1, 1}, new float[] {0, 1, 0.5f, 0.5f});
    // Mean squared errors 1/8 and 1/4.
    assertValue((10 * Math.log10(8) + 10 * Math.log10(4)) / 2, Metrics.psnr(), images);
    Examples equal = new Examples(shape, shape, images.targets, images.targets);
    assertValue(Double.POSITIVE_INFINITY, Metrics.psnr(), equal);
  }

  @Test
  void predictionsThatAreNotANumberAreNotRight() {
    Examples broken =
        new Examples(
            THREE,
            THREE,
            new float[] {NAN, NAN, NAN, NAN, 0.1f, 0.2f},
            new float[] {0, 1, 0, 0, 0, 1});
    assertValue(1 / 2.0, Metrics.accuracy(), broken);
    assertValue(1 / 2.0, Metrics.topKAccuracy(3), broken);
    assertValue(Double.NaN, Metrics.logLoss(), broken);
    assertValue(Double.NaN, Metrics.rocAuc(), broken);
    assertValue(Double.NaN, Metrics.meanAbsoluteError(), broken);
    assertValue(Double.NaN, Metrics.r2(), broken);
  }

  @Test
  void anInfiniteErrorMakesTheMeanInfinite() {
    Examples infinite =
        new Examples(
            Shape.of(1), Shape.of(1), new float[] {Float.POSITIVE_INFINITY, 1}, new float[] {0, 0});
    assertValue(Double.POSITIVE_INFINITY, Metrics.meanSquaredError(), infinite);
  }

  @Test
  void allValuesAreNotDefinedWithoutExamples() {
    for (String name : Metrics.names()) {
      Metric metric = Metrics.named(name);
      Metric.Tally tally = Examples.random(metric, 0, 1).tally(metric, 1);
      assertTrue(Double.isNaN(tally.value()), name);
    }
    assertTrue(Double.isNaN(Metrics.f1OfClass(1).tally(THREE, THREE).value()));
    assertTrue(Double.isNaN(ConfusionTally.of(THREE, THREE).value()));
  }

  @Test
  void metricsAreFoundByName() {
    for (String name : Metrics.names()) {
      assertEquals(name, Metrics.named(name).name());
      assertEquals(name, Metrics.named(name).toString());
      assertTrue(name.matches("[a-z][a-z0-9_]*"), name);
    }
    assertEquals(Metrics.f1(), Metrics.named("f1"));
    assertEquals(Metrics.topKAccuracy(5), Metrics.named("top_5_accuracy"));
    assertEquals(Metrics.precisionOfClass(0), Metrics.named("precision_0"));
    assertEquals(Metrics.recallOfClass(12), Metrics.named("recall_12"));
    assertEquals(Metrics.f1OfClass(2), Metrics.named("f1_2"));
    assertEquals(Metrics.iouOfClass(3), Metrics.named("iou_3"));
  }

  @Test
  void metricsAreValues() {
    Set<Metric> all = Metrics.names().stream().map(Metrics::named).collect(Collectors.toSet());
    assertEquals(Metrics.names().size(), all.size());
    assertTrue(all.contains(Metrics.rocAuc()));
    assertTrue(all.contains(Metrics.logLoss()));
    assertNotEquals(Metrics.f1OfClass(1), Metrics.f1OfClass(2));
    assertNotEquals(Metrics.topKAccuracy(1), Metrics.topKAccuracy(2));
  }

  @Test
  void errorsAndLossesAreBetterIfLower() {
    List<String> lower =
        Metrics.names().stream().filter(name -> !Metrics.named(name).higherIsBetter()).toList();
    assertEquals(
        List.of("log_loss", "mean_absolute_error", "mean_squared_error", "root_mean_squared_error"),
        lower);
  }

  @Test
  void refusesUnknownNames() {
    for (String name :
        List.of("auc", "F1", "", "f1_", "f1_-1", "f1_01", "top_k_accuracy", "loss")) {
      assertFault(() -> Metrics.named(name), "\"" + name + "\"", "f1", "roc_auc", "top_5_accuracy");
    }
    assertFault(() -> Metrics.named("top_0_accuracy"), "k must be at least 1: 0");
    assertFault(() -> Metrics.f1OfClass(-1), "classNumber", "-1");
  }

  @Test
  void refusesShapesByName() {
    Shape picture = Shape.of(4, 4, 3);
    for (String name : Metrics.names()) {
      Metric metric = Metrics.named(name);
      assertFault(() -> metric.tally(Shape.of(7), THREE), name, "[7]", "[3]");
      assertFault(() -> metric.tally(picture, Shape.of(4, 5)), name, "[4, 4, 3]", "[4, 5]");
      assertFault(() -> metric.tally(Shape.of(-1), Shape.of(-1)), name, "[-1]");
      assertFault(() -> metric.tally(Shape.scalar(), Shape.scalar()), name, "[]");
    }
    assertFault(() -> Metrics.accuracy().tally(Shape.of(1), Shape.of(1)), "accuracy", "[1]");
    assertFault(() -> Metrics.meanIou().tally(picture, picture), "mean_iou", "[4, 4, 3]");
    assertFault(() -> Metrics.rocAuc().tally(picture, Shape.of(4, 4)), "roc_auc", "[4, 4, 3]");
    assertFault(() -> Metrics.prAuc().tally(picture, Shape.of(4, 4)), "pr_auc", "[4, 4, 3]");
    assertFault(() -> Metrics.r2().tally(picture, picture), "r2", "[4, 4, 3]");
    assertFault(() -> Metrics.labelF1().tally(picture, picture), "label_f1", "[4, 4, 3]");
    assertFault(() -> Metrics.psnr().tally(THREE, THREE), "psnr", "[3]");
    assertFault(() -> Metrics.topKAccuracy(4).tally(THREE, THREE), "top_4_accuracy", "4", "[3]");
    assertFault(() -> Metrics.f1OfClass(3).tally(THREE, THREE), "f1_3", "4", "[3]");
    assertFault(() -> ConfusionTally.of(Shape.of(1), Shape.of(1)), "confusion matrix", "[1]");
  }

  @Test
  void refusesArraysOfAWrongLength() {
    for (String name : Metrics.names()) {
      Metric metric = Metrics.named(name);
      Examples three = Examples.random(metric, 3, 1);
      Metric.Tally tally = three.tally(metric, 3);
      double[] before = tally.state();
      float[] more = new float[three.predictions.length + 1];
      assertFault(() -> tally.add(3, more, three.targets), "predictions", "" + more.length);
      assertFault(() -> tally.add(2, three.predictions, three.targets), "predictions", "2");
      float[] none = {};
      assertFault(() -> tally.add(3, three.predictions, none), "targets", "0");
      assertFault(() -> tally.add(-1, none, none), "examples", "-1");
      assertArrayEquals(before, tally.state());
    }
  }

  @Test
  void refusesTargetsThatDoNotSuit() {
    Metric.Tally f1 = Metrics.f1().tally(THREE, THREE);
    // Several labels, none, and not a number.
    for (float[] targets : List.of(new float[] {1, 1, 0}, new float[3], new float[] {1, NAN, 0})) {
      assertFault(() -> f1.add(1, new float[3], targets), "f1", "label_f1");
    }
    f1.add(1, new float[3], new float[] {0.1f, 0.8f, 0.1f});
    Metric.Tally pixels = Metrics.meanIou().tally(Shape.of(1, 2, 3), Shape.of(1, 2));
    for (float number : new float[] {0.5f, NAN, Float.POSITIVE_INFINITY}) {
      assertFault(
          () -> pixels.add(1, new float[6], new float[] {1, number}),
          "mean_iou",
          "pixel 1",
          "" + number);
    }
    Metric.Tally ranks = Metrics.labelRocAuc().tally(THREE, THREE);
    assertFault(() -> ranks.add(1, new float[3], new float[] {1, 0.5f, 0}), "0.5");
    for (Metric metric : List.of(Metrics.labelF1(), Metrics.labelRocAuc())) {
      Metric.Tally labels = metric.tally(THREE, THREE);
      assertFault(() -> labels.add(1, new float[3], new float[] {1, 1.5f, 0}), "1.5");
      assertFault(() -> labels.add(1, new float[3], new float[] {1, NAN, 0}), "NaN");
    }
    Metric.Tally loss = Metrics.logLoss().tally(THREE, THREE);
    float[] target = {1, 0, 0};
    assertFault(() -> loss.add(1, new float[] {-3, 2, 0}, target), "log_loss", "-3");
    assertFault(() -> loss.add(1, new float[] {0, 2, 0}, target), "log_loss", "2");
    assertTrue(Double.isNaN(loss.value()));
  }

  /** A confusion matrix of 100,000 classes as a table would take 80 GB. */
  @Test
  void manyClassesNeedLittleMemory() {
    int classes = 100_000;
    Shape shape = Shape.of(classes);
    float[] predictions = new float[2 * classes];
    float[] targets = new float[2 * classes];
    predictions[7] = 1;
    targets[7] = 1;
    predictions[classes + 8] = 1;
    targets[classes + 99_999] = 1;
    Examples examples = new Examples(shape, shape, predictions, targets);
    assertValue(1 / 2.0, Metrics.accuracy(), examples);
    assertValue(1 / 3.0, Metrics.f1(), examples);
    ConfusionTally tally = ConfusionTally.of(shape, shape);
    examples.add(tally);
    List<String> names = IntStream.range(0, classes).mapToObj(String::valueOf).toList();
    assertEquals(1, tally.matrix(names).count(99_999, 8));
    assertEquals(2, tally.matrix(names).total());
  }

  private static void assertValue(double expected, Metric metric, Examples examples) {
    assertEquals(expected, examples.tally(metric, 1).value(), 1e-15 * 4, metric.name());
  }

  private static void assertFault(Runnable act, String... parts) {
    String message = assertThrows(IllegalArgumentException.class, act::run).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
    assertFalse(message.contains("%"), message);
  }
}
