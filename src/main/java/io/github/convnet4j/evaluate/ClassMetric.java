package io.github.convnet4j.evaluate;

import org.tensorflow.ndarray.Shape;

/**
 * A metric over all classes.
 *
 * @param name its name
 * @param formula how it is computed
 */
record ClassMetric(String name, ClassFormula formula) implements Metric {
  @Override
  public Tally tally(Shape prediction, Shape target) {
    return new ClassTally(name, ClassLayout.of(name, prediction, target), formula::of);
  }

  @Override
  public String toString() {
    return name;
  }
}
