package io.github.convnet4j.evaluate;

import io.github.convnet4j.check.Require;
import org.tensorflow.ndarray.Shape;

/**
 * A score of one class.
 *
 * @param ratio which score
 * @param classNumber the class, from 0
 */
record OneClassMetric(Ratio ratio, int classNumber) implements Metric {
  OneClassMetric {
    Require.notNegative("classNumber", (long) classNumber);
  }

  @Override
  public String name() {
    return ratio.lowerCase() + "_" + classNumber;
  }

  @Override
  public Tally tally(Shape prediction, Shape target) {
    ClassLayout layout = ClassLayout.of(name(), prediction, target);
    if (classNumber >= layout.classes()) {
      throw BatchLayout.unsuitable(
          name(), "at least %d classes".formatted(classNumber + 1), prediction, target);
    }
    return new ClassTally(
        name(),
        layout,
        counts -> counts.allLabelled() == 0 ? Double.NaN : ratio.of(counts, classNumber));
  }

  @Override
  public String toString() {
    return name();
  }
}
