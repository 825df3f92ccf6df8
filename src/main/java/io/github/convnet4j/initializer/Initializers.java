package io.github.convnet4j.initializer;

import io.github.convnet4j.initializer.VarianceScaling.Distribution;
import io.github.convnet4j.initializer.VarianceScaling.Fan;

/** Creates the built-in initializers; intended for {@code import static}. */
public final class Initializers {
  private Initializers() {}

  /** Returns an initializer that sets all values to 0. */
  public static Initializer zeros() {
    return new Constant(0);
  }

  /** Returns an initializer that sets all values to 1. */
  public static Initializer ones() {
    return new Constant(1);
  }

  /** Returns an initializer that sets all values to the given one, which must be finite. */
  public static Initializer constant(double value) {
    return new Constant(value);
  }

  /** Returns a normal distribution with mean 0 and this standard deviation. */
  public static Initializer normal(double stddev) {
    return new Normal(stddev);
  }

  /**
   * Returns a uniform distribution between ±sqrt(6 / (in + out)), also known as Xavier. Source:
   * Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks",
   * 2010.
   */
  public static Initializer glorotUniform() {
    return new VarianceScaling(1, Fan.AVERAGE, Distribution.UNIFORM);
  }

  /**
   * Returns a truncated normal distribution with standard deviation sqrt(2 / (in + out)); see
   * {@link #glorotUniform}.
   */
  public static Initializer glorotNormal() {
    return new VarianceScaling(1, Fan.AVERAGE, Distribution.TRUNCATED_NORMAL);
  }

  /**
   * Returns a uniform distribution between ±sqrt(6 / in), for layers before a ReLU. Source: He et
   * al., "Delving deep into rectifiers", 2015.
   */
  public static Initializer heUniform() {
    return new VarianceScaling(2, Fan.IN, Distribution.UNIFORM);
  }

  /**
   * Returns a truncated normal distribution with standard deviation sqrt(2 / in); see {@link
   * #heUniform}.
   */
  public static Initializer heNormal() {
    return new VarianceScaling(2, Fan.IN, Distribution.TRUNCATED_NORMAL);
  }
}
