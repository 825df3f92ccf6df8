package io.github.convnet4j.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.evaluate.SegmentationReport.ClassOverlap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

class SegmentationReportTest {
  private static final List<String> NAMES = List.of("sky", "sea", "land", "ice");

  /** Of 4 sky pixels, 3 are found; of 3 sea pixels, 1. There is no land, and no ice either way. */
  private static final ConfusionMatrix MATRIX =
      ConfusionMatrix.of(
          NAMES, new long[][] {{3, 1, 0, 0}, {1, 1, 1, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}});

  @Test
  void hasTheOverlapOfEachClass() {
    assertEquals(
        List.of(
            new ClassOverlap("sky", 3 / 5.0, 6 / 8.0, 4, 4),
            new ClassOverlap("sea", 1 / 4.0, 2 / 5.0, 3, 2),
            new ClassOverlap("land", 0, 0, 0, 1),
            new ClassOverlap("ice", 0, 0, 0, 0)),
        SegmentationReport.of(MATRIX).classes());
  }

  @Test
  void meansEqualThoseOfTheMetrics() {
    Shape prediction = Shape.of(1, 7, 4);
    Shape target = Shape.of(1, 7);
    float[] targets = {0, 0, 0, 0, 1, 1, 1};
    float[] predictions = new float[7 * 4];
    int[] predicted = {0, 0, 0, 1, 0, 1, 2};
    for (int i = 0; i < 7; i++) {
      predictions[4 * i + predicted[i]] = 1;
    }
    Metric.Tally iou = Metrics.meanIou().tally(prediction, target);
    Metric.Tally dice = Metrics.dice().tally(prediction, target);
    iou.add(1, predictions, targets);
    dice.add(1, predictions, targets);
    SegmentationReport report = SegmentationReport.of(MATRIX);
    assertEquals(iou.value(), report.meanIou());
    assertEquals(dice.value(), report.meanDice());
    assertEquals((3 / 5.0 + 1 / 4.0) / 3, report.meanIou(), 1e-15, "ice does not count");
  }

  @Test
  void aReportOnNothingHasNoMean() {
    SegmentationReport report =
        SegmentationReport.of(ConfusionMatrix.of(List.of("a", "b"), new long[2][2]));
    assertTrue(Double.isNaN(report.meanIou()));
    assertTrue(Double.isNaN(report.meanDice()));
    assertThrows(IllegalArgumentException.class, () -> new SegmentationReport(List.of()));
  }

  @Test
  void aLineForEachClass() {
    assertTrue(
        SegmentationReport.of(MATRIX)
            .toString()
            .startsWith("sky: IoU 0.6000, Dice 0.7500, 4 pixels\nsea: IoU 0.2500"));
  }
}
