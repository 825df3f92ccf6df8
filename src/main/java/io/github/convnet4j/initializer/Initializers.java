package io.github.convnet4j.initializer;

import io.github.convnet4j.initializer.VarianceScaling.Distribution;
import io.github.convnet4j.initializer.VarianceScaling.Fan;

/** The built-in initialisers by name, made for {@code import static}. */
public final class Initializers {
  private Initializers() {}

  /** Every value 0. */
  public static Initializer zeros() {
    return new Constant(0);
  }

  /** Every value 1. */
  public static Initializer ones() {
    return new Constant(1);
  }

  /** Every value the given one, which must be finite. */
  public static Initializer constant(float value) {
    return new Constant(value);
  }

  /** Normally distributed with mean 0 and the given standard deviation. */
  public static Initializer normal(float stddev) {
    return new Normal(stddev);
  }

  /**
   * Uniform from ±sqrt(6 / (in + out)), known as Xavier too. Glorot and Bengio, "Understanding the
   * difficulty of training deep feedforward neural networks", 2010.
   */
  public static Initializer glorotUniform() {
    return new VarianceScaling(1, Fan.AVERAGE, Distribution.UNIFORM);
  }

  /** Truncated normal of standard deviation sqrt(2 / (in + out)); see {@link #glorotUniform}. */
  public static Initializer glorotNormal() {
    return new VarianceScaling(1, Fan.AVERAGE, Distribution.TRUNCATED_NORMAL);
  }

  /**
   * Uniform from ±sqrt(6 / in), for layers before a ReLU. He and others, "Delving deep into
   * rectifiers", 2015.
   */
  public static Initializer heUniform() {
    return new VarianceScaling(2, Fan.IN, Distribution.UNIFORM);
  }

  /** Truncated normal of standard deviation sqrt(2 / in); see {@link #heUniform}. */
  public static Initializer heNormal() {
    return new VarianceScaling(2, Fan.IN, Distribution.TRUNCATED_NORMAL);
  }
}
