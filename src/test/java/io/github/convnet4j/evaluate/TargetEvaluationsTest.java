package io.github.convnet4j.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks the metrics of predicted numbers and labels by arithmetic. */
class TargetEvaluationsTest {
  @Test
  void computesAbsoluteErrorsAndR2ForEachTarget() {
    // First targets 1, 2, 3, 6 (mean 3, distances 4 + 1 + 0 + 9), errors 1, 0, -1, 2 (squares 6).
    // Second targets 0, 0, 10, 10 (mean 5, distances 100), errors 5 each, as the mean would have.
    float[] targets = {1, 0, 2, 0, 3, 10, 6, 10};
    float[] predictions = {2, 5, 2, 5, 2, 5, 8, 5};
    RegressionReport evaluation = RegressionReport.of(targets, predictions, 2);
    assertEquals(List.of(1.0, 5.0), evaluation.absoluteErrors());
    assertEquals(List.of(1 - 6 / 14.0, 0.0), evaluation.r2s());
    assertEquals(3, evaluation.meanAbsoluteError());
    assertEquals((1 - 6 / 14.0) / 2, evaluation.r2());
  }

  @Test
  void r2IsOneAtBestAndNotANumberForAConstantTarget() {
    float[] targets = {0.1f, 1, 0.1f, 2, 0.1f, 3};
    RegressionReport perfect = RegressionReport.of(targets, targets, 2);
    assertEquals(1, perfect.r2s().get(1));
    assertTrue(Double.isNaN(perfect.r2s().get(0)));
    assertTrue(Double.isNaN(perfect.r2()));
    assertEquals(0, perfect.meanAbsoluteError());
  }

  @Test
  void aLabelIsPredictedFromOneHalfUp() {
    float[] targets = {1, 0, 1, 1, 0, 0};
    float[] probabilities = {0.5f, 0.5f, 0.9f, 0.6f, 0.49f, Float.NaN};
    List<String> names = List.of("cat", "dog");
    MultiLabelReport report = MultiLabelReport.of(names, targets, probabilities);
    assertEquals(List.of(1.0, 1 / 3.0), report.labelAccuracies());
    assertEquals(1 / 3.0, report.exactMatch());
    assertEquals(4 / 6.0, report.accuracy(), 1e-15);
    float[] soft = {0.5f, 0.2f, 0.9f, 0.6f, 0.49f, 0}; // the same labels, less certain
    assertEquals(report, MultiLabelReport.of(names, soft, probabilities));
  }

  @Test
  void theRegressionReportHasTheErrorsOfEachTarget() {
    float[] targets = {1, 0, 2, 0, 3, 10, 6, 10};
    float[] predictions = {2, 5, 2, 5, 2, 5, 8, 5};
    RegressionReport report = RegressionReport.of(targets, predictions, 2);
    assertEquals(List.of(1.0, 5.0), report.absoluteErrors());
    assertEquals(List.of(Math.sqrt(6 / 4.0), 5.0), report.rootMeanSquaredErrors());
    assertEquals(List.of(1 - 6 / 14.0, 0.0), report.r2s());
    assertEquals(3, report.meanAbsoluteError());
    assertEquals((1 - 6 / 14.0) / 2, report.r2());
    assertEquals(
        """
        target 0: mean absolute error 1.0000, root mean squared error 1.2247, R² 0.5714
        target 1: mean absolute error 5.0000, root mean squared error 5.0000, R² 0.0000
        """,
        report.toString());
    assertThrows(
        IllegalArgumentException.class,
        () -> new RegressionReport(List.of(1.0), List.of(), List.of(1.0)));
  }

  /** Targets 1 0, 1 1, 0 0; predicted 1 1, 1 1, 0 (NaN, which is wrong). */
  @Test
  void theMultiLabelReportHasTheScoresOfEachLabel() {
    float[] targets = {1, 0, 1, 1, 0, 0};
    float[] probabilities = {0.5f, 0.5f, 0.9f, 0.6f, 0.49f, Float.NaN};
    MultiLabelReport report = MultiLabelReport.of(List.of("cat", "dog"), targets, probabilities);
    assertEquals(
        List.of(new ClassScores("cat", 1, 1, 1, 2), new ClassScores("dog", 1 / 3.0, 1, 2 / 4.0, 1)),
        report.labels());
    assertEquals(List.of(1.0, 1 / 3.0), report.labelAccuracies());
    assertEquals(1 / 3.0, report.exactMatch());
    assertEquals(4 / 6.0, report.accuracy(), 1e-15);
    assertEquals(3 / 4.0, report.macro().f1());
    assertEquals(
        """
                      precision    recall  f1-score   support

                 cat       1.00      1.00      1.00         2
                 dog       0.33      1.00      0.50         1

           macro avg       0.67      1.00      0.75         3
        """,
        report.toString());
    assertFault(
        "labelNames must not be empty", () -> MultiLabelReport.of(List.of(), targets, targets));
    assertThrows(
        IllegalArgumentException.class,
        () -> new MultiLabelReport(report.labels(), List.of(1.0), 1));
  }

  private static void assertFault(String message, Runnable act) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, act::run).getMessage());
  }

  @Test
  void refusesBadArgumentsByName() {
    assertFault(
        "targets and predictions must have the same number of rows of 2, at least 1: 2 and 4"
            + " values",
        () -> RegressionReport.of(new float[2], new float[4], 2));
    assertFault(
        "targets and predictions must have the same number of rows of 2, at least 1: 3 and 3"
            + " values",
        () -> MultiLabelReport.of(List.of("a", "b"), new float[3], new float[3]));
    assertFault(
        "targets and predictions must have the same number of rows of 1, at least 1: 0 and 0"
            + " values",
        () -> RegressionReport.of(new float[0], new float[0], 1));
    assertFault(
        "n must be at least 1: 0", () -> RegressionReport.of(new float[1], new float[1], 0));
    assertFault(
        "target 1 of example 0 must be from 0 to 1: 1.5",
        () -> MultiLabelReport.of(List.of("a", "b"), new float[] {1, 1.5f}, new float[2]));
  }
}
