package io.github.convnet4j.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

class ConfusionTallyTest {
  private static final Shape TWO = Shape.of(2);

  /** Up to 512 classes are counted in a table, more in a map. */
  @ParameterizedTest
  @ValueSource(ints = {2, 512, 513, 2000})
  void countsPairsOfLabelAndPrediction(int classes) {
    int n = 50;
    int[] labels = new Random(classes).ints(n, 0, classes).toArray();
    int[] predictions = new Random(7).ints(n, 0, classes).toArray();
    // Some pairs occur several times.
    IntStream.range(0, 20).forEach(i -> labels[i] = labels[i % 3]);
    IntStream.range(0, 20).forEach(i -> predictions[i] = predictions[i % 3]);
    predictions[0] = labels[0];
    List<String> names = IntStream.range(0, classes).mapToObj(String::valueOf).toList();
    ConfusionMatrix expected = ConfusionMatrix.of(names, labels, predictions);

    Shape shape = Shape.of(classes);
    ConfusionTally tally = ConfusionTally.of(shape, shape);
    for (int from = 0; from < n; from += 10) {
      tally.add(
          10,
          oneHot(predictions, from, from + 10, classes),
          oneHot(labels, from, from + 10, classes));
    }
    assertEquals(expected, tally.matrix(names));
    assertEquals((double) expected.correct() / n, tally.value());

    ConfusionTally restored = ConfusionTally.of(shape, shape);
    restored.add(1, oneHot(labels, 0, 1, classes), oneHot(predictions, 0, 1, classes));
    restored.restore(tally.state());
    assertEquals(expected, restored.matrix(names));
    assertArrayEquals(tally.state(), restored.state());
  }

  private static float[] oneHot(int[] classes, int from, int to, int count) {
    float[] rows = new float[(to - from) * count];
    IntStream.range(from, to).forEach(i -> rows[(i - from) * count + classes[i]] = 1);
    return rows;
  }

  @Test
  void predictsTheFirstOfEqualClasses() {
    ConfusionTally tally = ConfusionTally.of(TWO, TWO);
    tally.add(1, new float[] {0.5f, 0.5f}, new float[] {0, 1});
    assertEquals(1, tally.matrix(List.of("a", "b")).count(1, 0));
  }

  @Test
  void refusesBadArguments() {
    ConfusionTally tally = ConfusionTally.of(TWO, TWO);
    assertFault(() -> tally.matrix(List.of("a")), "classNames", "2", "1");
    tally.add(1, new float[] {0, 1}, new float[] {0, 1});
    double[] before = tally.state();
    assertFault(() -> tally.restore(new double[0]), "state");
    assertFault(() -> tally.restore(new double[] {3}), "2 classes", "3");
    assertFault(() -> tally.restore(new double[] {2, 0, 2, 1}), "0 to 1", "2");
    assertFault(() -> tally.restore(new double[] {2, 0, 1, 0}), "0");
    assertFault(() -> tally.restore(new double[] {2, 0, 1, 0.5}), "0.5");
    assertFault(() -> tally.restore(new double[] {2, 0, 1}), "3");
    assertFault(() -> tally.restore(new double[] {2, 0, 1, 1, 0, 1, 1}), "sorted");
    assertArrayEquals(before, tally.state());
  }

  private static void assertFault(Runnable act, String... parts) {
    String message = assertThrows(IllegalArgumentException.class, act::run).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }
}
