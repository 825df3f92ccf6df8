package io.github.convnet4j.layer;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * A way to build what a network describes that costs less at the same function. All are in use
 * unless told otherwise; docs/benchmarks.md has what each of them saves.
 */
public enum Rewrite {
  /**
   * A ReLU right before a max pooling is applied after it: to the greatest of each window instead
   * of to all. Values and gradients are the same to the last bit, but for the sign of a zero.
   */
  RELU_AFTER_MAX_POOL,
  /**
   * Max pooling by the operation's first version, {@code MaxPool}, which oneDNN takes over on
   * processors; its second, {@code MaxPoolV2}, which TensorFlow Java offers, it leaves alone.
   * Values and gradients are the same to the last bit, but for the sign of a zero and, where
   * windows overlap, for the order in which a gradient is summed.
   */
  MAX_POOL_BY_ONE_DNN,
  /**
   * Dropout draws 8 bits for a value instead of 32, and multiplies once. Another mask of the same
   * distribution; see {@link Dropout}.
   */
  DROPOUT_BY_BYTES;

  /** All of them. */
  public static Set<Rewrite> all() {
    return set(EnumSet.allOf(Rewrite.class));
  }

  /** A set that cannot be changed, in the order above. */
  public static Set<Rewrite> set(Collection<Rewrite> rewrites) {
    Set<Rewrite> ordered = EnumSet.noneOf(Rewrite.class);
    ordered.addAll(rewrites);
    return Collections.unmodifiableSet(ordered);
  }
}
