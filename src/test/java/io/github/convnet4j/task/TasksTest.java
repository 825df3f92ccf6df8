package io.github.convnet4j.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.evaluate.Metric;
import io.github.convnet4j.loss.Loss;
import io.github.convnet4j.loss.Losses;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** What the built-in tasks say about targets, predictions, names and metrics. */
class TasksTest {
  private static final Shape THREE = Shape.of(3);
  private static final Shape IMAGE = Shape.of(2, 2, 3);

  private static List<String> metrics(Task<?> task, Shape output) {
    return task.metrics(output).stream().map(Metric::name).toList();
  }

  @Test
  void eachTaskHasItsTargetsAndMetrics() {
    assertEquals(THREE, Tasks.classification().targetShape(THREE));
    assertEquals(THREE, Tasks.multiLabel().targetShape(THREE));
    assertEquals(THREE, Tasks.regression().targetShape(THREE));
    assertEquals(Shape.of(2, 2), Tasks.segmentation().targetShape(IMAGE));
    assertEquals(IMAGE, Tasks.reconstruction().targetShape(IMAGE));
    assertEquals(List.of("accuracy"), metrics(Tasks.classification(), THREE));
    assertEquals(List.of("label_accuracy"), metrics(Tasks.multiLabel(), THREE));
    assertEquals(List.of("mean_absolute_error"), metrics(Tasks.regression(), THREE));
    assertEquals(List.of("accuracy", "mean_iou"), metrics(Tasks.segmentation(), IMAGE));
    assertEquals(List.of("mean_absolute_error"), metrics(Tasks.reconstruction(), IMAGE));
  }

  @Test
  void withoutNamesClassesAreNumbered() {
    assertEquals(List.of("0", "1", "2"), Tasks.classification().classNames(THREE));
    assertEquals(List.of("0", "1", "2"), Tasks.segmentation().classNames(IMAGE));
    assertEquals(List.of("0", "1", "2"), Tasks.multiLabel().labelNames(THREE));
    assertEquals(List.of("0", "1", "2"), Tasks.regression().targetNames(THREE));
    assertEquals(List.of("a", "b", "c"), Tasks.classification("a", "b", "c").classNames(THREE));
  }

  @Test
  void anotherLossKeepsTheOtherSettings() {
    Loss loss = Losses.sigmoidCrossEntropy();
    assertEquals(
        new Classification(List.of("a", "b"), loss), Tasks.classification("a", "b").loss(loss));
    assertEquals(new MultiLabel(List.of("a"), loss), Tasks.multiLabel("a").loss(loss));
    assertEquals(new Regression(List.of("a"), loss, List.of()), Tasks.regression("a").loss(loss));
    assertEquals(
        new Segmentation(List.of("a", "b"), Losses.dice(), 255),
        Tasks.segmentation("a", "b").unlabeled(255).loss(Losses.dice()));
    assertEquals(new Reconstruction(loss), Tasks.reconstruction().loss(loss));
  }

  private static final List<Loss> OF_CLASSES =
      List.of(
          Losses.softmaxCrossEntropy(),
          Losses.softmaxFocal(2),
          Losses.klDivergence(),
          Losses.categoricalHinge(),
          Losses.tversky(0.3, 0.7),
          Losses.softmaxCrossEntropy().plus(Losses.dice().times(0.5)));

  private static final List<Loss> OF_LABELS =
      List.of(
          Losses.sigmoidFocal(2),
          Losses.hinge(),
          Losses.squaredHinge(),
          Losses.hinge().times(2),
          Losses.checked(Losses.hinge()));

  private static final List<Loss> OF_NUMBERS =
      List.of(
          Losses.meanSquaredError(),
          Losses.meanAbsoluteError(),
          Losses.huber(1),
          Losses.logCosh(),
          Losses.poisson(),
          Losses.meanSquaredError().times(2),
          Losses.meanAbsoluteError().plus(Losses.logCosh()));

  @Test
  void aTaskRefusesLossesOfOtherTargets() {
    for (Loss loss : OF_CLASSES) {
      assertEquals(loss, Tasks.classification().loss(loss).loss());
      assertEquals(loss, Tasks.segmentation().unlabeled(255).loss(loss).loss());
      assertRefused(() -> Tasks.multiLabel().loss(loss), loss, "sigmoidCrossEntropy()");
      assertRefused(() -> Tasks.regression().loss(loss), loss, "classification");
      assertRefused(() -> Tasks.reconstruction().loss(loss), loss, "segmentation");
    }
    for (Loss loss : OF_LABELS) {
      assertEquals(loss, Tasks.classification().loss(loss).loss());
      assertEquals(loss, Tasks.segmentation().loss(loss).loss());
      assertEquals(loss, Tasks.multiLabel().loss(loss).loss());
      assertRefused(() -> Tasks.segmentation().unlabeled(255).loss(loss), loss, "255");
      assertRefused(() -> Tasks.regression().loss(loss), loss, "multiLabel");
      assertRefused(() -> Tasks.reconstruction().loss(loss), loss, "meanSquaredError()");
    }
    for (Loss loss : OF_NUMBERS) {
      assertEquals(loss, Tasks.regression().loss(loss).loss());
      assertEquals(loss, Tasks.reconstruction().loss(loss).loss());
      assertRefused(() -> Tasks.classification().loss(loss), loss, "softmaxCrossEntropy()");
      assertRefused(() -> Tasks.segmentation().loss(loss), loss, "softmaxCrossEntropy()");
      assertRefused(() -> Tasks.multiLabel().loss(loss), loss, "sigmoidCrossEntropy()");
    }
  }

  private static void assertRefused(Runnable act, Loss loss, String remedy) {
    String message = fault(act);
    assertTrue(message.startsWith("loss must be"), message);
    assertTrue(message.contains(remedy) && message.endsWith("not " + loss), message);
  }

  @Test
  void theLossSaysWhichTargetsARegressionTakes() {
    float[] targets = {0, 2.5f, -1};
    Shape two = Shape.of(2);
    for (Task<?> task :
        List.of(
            Tasks.regression().loss(Losses.poisson()),
            Tasks.reconstruction().loss(Losses.poisson()))) {
      task.checkTarget(targets, 0, two);
      String negative = fault(() -> task.checkTarget(targets, 1, two));
      assertTrue(negative.contains("target 1") && negative.endsWith("-1.0"), negative);
    }
    for (Task<?> task :
        List.of(
            Tasks.regression().loss(Losses.sigmoidCrossEntropy()),
            Tasks.reconstruction().loss(Losses.sigmoidCrossEntropy().times(2)))) {
      task.checkTarget(targets, 0, Shape.of(1));
      String large = fault(() -> task.checkTarget(targets, 0, two));
      assertTrue(large.contains("target 1") && large.endsWith("2.5"), large);
    }
  }

  private static String fault(Runnable act) {
    return assertThrows(IllegalArgumentException.class, act::run).getMessage();
  }

  @Test
  void targetsOutOfRangeAreNamedFromWhereTheyStart() {
    float[] targets = {9, 9, 9, 0, 1, Float.NaN};
    String classes = fault(() -> Tasks.classification().checkTarget(targets, 3, THREE));
    assertTrue(classes.contains("target 2") && classes.endsWith("NaN"), classes);
    String labels = fault(() -> Tasks.multiLabel().checkTarget(targets, 0, THREE));
    assertTrue(labels.contains("target 0") && labels.endsWith("9.0"), labels);
    float[] several = {1, 0, 1, 0.2f, 0.3f, 0.5f};
    String sum = fault(() -> Tasks.classification().checkTarget(several, 0, THREE));
    assertTrue(sum.contains("multiLabel") && sum.endsWith("2.0"), sum);
    Tasks.classification().checkTarget(several, 3, THREE);
    Tasks.multiLabel().checkTarget(several, 0, THREE);
    Tasks.regression().checkTarget(targets, 0, THREE);
    Tasks.reconstruction().checkTarget(targets, 0, THREE);
  }

  @Test
  void aSegmentedImageHasTheFirstOfTheMostLikelyClassesOfEachPixel() {
    float[] values = {0.1f, 0.2f, 0.7f, 0.4f, 0.4f, 0.2f, 1, 0, 0, 0, Float.NaN, 0};
    SegmentedImage image = Tasks.segmentation("a", "b", "c").prediction(values, IMAGE);
    assertArrayEquals(new int[] {2, 0, 0, 0}, image.classes());
    assertEquals(0.7f, image.probability(0, 0));
    assertEquals(1, image.probability(1, 0));
    assertEquals(3, image.pixels(0));
    image.classes()[0] = 1;
    assertEquals(2, image.classIndex(0, 0), "a copy");
  }

  @Test
  void aLabelIsPredictedFromOneHalfOn() {
    LabelPrediction prediction =
        Tasks.multiLabel("a", "b", "c").prediction(new float[] {0.5f, 0.49f, 1}, THREE);
    assertEquals(List.of("a", "c"), prediction.labels());
    assertEquals(0.49f, prediction.probability("b"));
    prediction.probabilities()[1] = 1;
    assertEquals("[a, c]", prediction.toString());
    String message = fault(() -> prediction.probability("d"));
    assertTrue(message.contains("[a, b, c]") && message.endsWith("d"), message);
  }

  @Test
  void answersHaveThePredictionOfEachOutput() {
    OutputTask<Prediction> kind = Tasks.output("kind", Tasks.classification("cat", "dog"));
    OutputTask<float[]> days = Tasks.output("days", Tasks.regression()).weight(0.1);
    Answers answers =
        Tasks.all(kind, days)
            .prediction(
                List.of(new float[] {0.25f, 0.75f}, new float[] {7}),
                List.of(Shape.of(2), Shape.of(1)));
    assertEquals("dog", answers.of(kind).className());
    assertArrayEquals(new float[] {7}, answers.of(days));
    assertTrue(answers.toString().startsWith("kind: dog 0.75, days: "), answers::toString);
    OutputTask<float[]> other = Tasks.output("weeks", Tasks.regression());
    String message = fault(() -> answers.of(other));
    assertTrue(message.contains("kind") && message.contains("weeks"), message);
    assertTrue(fault(() -> Tasks.all(kind, kind)).contains("[kind, kind]"));
    assertTrue(fault(Tasks::all).contains("at least one"));
    assertTrue(fault(() -> kind.weight(-1)).contains("weight"));
    assertTrue(fault(() -> kind.weight(Double.NaN)).contains("NaN"));
  }
}
