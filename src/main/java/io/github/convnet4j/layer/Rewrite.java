package io.github.convnet4j.layer;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * An optimization of the graph that does not change the function that the network computes. By
 * default all are used; docs/benchmarks.md shows what each of them saves.
 */
public enum Rewrite {
  /**
   * A ReLU directly before max pooling is applied after it instead, so only to the largest value of
   * each window. Values and gradients are the same to the last bit, except for the sign of a zero.
   */
  RELU_AFTER_MAX_POOL,
  /**
   * Max pooling uses version 1 of the operation, {@code MaxPool}, which oneDNN accelerates on CPUs.
   * TensorFlow Java has a method only for version 2, {@code MaxPoolV2}, which oneDNN does not
   * accelerate. Values and gradients are the same to the last bit, except for the sign of a zero
   * and, if windows overlap, for the order in which a gradient is summed.
   */
  MAX_POOL_BY_ONE_DNN,
  /**
   * Dropout draws 8 random bits per value instead of 32, and multiplies once. The mask is another
   * one with the same distribution; see {@link Dropout}.
   */
  DROPOUT_BY_BYTES;

  /** Returns all rewrites. */
  public static Set<Rewrite> all() {
    return set(EnumSet.allOf(Rewrite.class));
  }

  /** Returns an unmodifiable set of these rewrites, in the order above. */
  public static Set<Rewrite> set(Collection<Rewrite> rewrites) {
    Set<Rewrite> ordered = EnumSet.noneOf(Rewrite.class);
    ordered.addAll(rewrites);
    return Collections.unmodifiableSet(ordered);
  }
}
