package io.github.convnet4j.layer;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint16;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TNumber;

/**
 * Draws which values dropout keeps, with 8 or 16 random bits per value: drawing 32 bits would take
 * a tenth of a training step.
 *
 * <p>A value is dropped if its bits, read as a number from 0 to {@code levels - 1}, are below a
 * threshold. Because {@code rate * levels} is rarely an integer, the threshold is the next integer
 * below or above it, drawn at random for each step, so that a value is dropped with probability
 * {@code rate}, up to 2^-32. Within one step the share is off by up to {@code 1 / levels}: with 256
 * levels and a rate of 0.3 its expected value is 0.2969 or 0.3008. If that would be a large part of
 * the dropped or of the kept values, there are 65,536 levels.
 */
enum DropoutBits {
  EIGHT(8, TUint8.class),
  SIXTEEN(16, TUint16.class);

  /** With 8 bits, at least this many levels must be dropped, and at least this many kept. */
  private static final int MIN_LEVELS = 16;

  private final int levels;
  private final int perWord;
  private final Class<? extends TNumber> type;

  DropoutBits(int bits, Class<? extends TNumber> type) {
    this.levels = 1 << bits;
    this.perWord = Integer.SIZE / bits;
    this.type = type;
  }

  /** Returns whether enough is kept for the largest threshold to fit into the bits. */
  static boolean supports(float rate) {
    return (1 - rate) * SIXTEEN.levels >= 1;
  }

  static DropoutBits of(float rate) {
    return Math.min(rate, 1 - rate) * EIGHT.levels >= MIN_LEVELS ? EIGHT : SIXTEEN;
  }

  /**
   * Returns which values are kept.
   *
   * @param input the values
   * @param seed seed for the bits, {@code [2]}
   * @param thresholdSeed seed for the threshold, {@code [2]}
   */
  Operand<TBool> kept(
      Ops tf,
      Operand<TFloat32> input,
      float rate,
      Operand<TInt64> seed,
      Operand<TInt64> thresholdSeed) {
    return kept(tf, input, threshold(tf, rate, thresholdSeed), seed, type);
  }

  private <T extends TNumber> Operand<TBool> kept(
      Ops tf,
      Operand<TFloat32> input,
      Operand<TInt32> threshold,
      Operand<TInt64> seed,
      Class<T> as) {
    Operand<TInt32> values = tf.size(input);
    Operand<TInt32> words =
        tf.math.div(tf.math.add(values, tf.constant(perWord - 1)), tf.constant(perWord));
    Operand<T> bits = tf.bitcast(draw(tf, words, seed), as); // [words, perWord]
    Operand<T> flat = tf.reshape(bits, tf.array(-1));
    Operand<T> enough = tf.slice(flat, tf.array(0), tf.expandDims(values, tf.constant(0)));
    return tf.math.greaterEqual(tf.reshape(enough, tf.shape(input)), tf.dtypes.cast(threshold, as));
  }

  private Operand<TInt32> threshold(Ops tf, float rate, Operand<TInt64> seed) {
    double exact = (double) rate * levels;
    int below = (int) exact;
    // A random word is uniform over the whole range of int.
    long above = Math.round((exact - below) * 0x1p32) + Integer.MIN_VALUE;
    Operand<TBool> isAbove =
        tf.math.less(
            tf.reshape(draw(tf, tf.constant(1), seed), tf.constant(new int[0])),
            tf.constant((int) Math.min(above, Integer.MAX_VALUE)));
    return tf.math.add(tf.constant(below), tf.dtypes.cast(isAbove, TInt32.class));
  }

  private static Operand<TInt32> draw(Ops tf, Operand<TInt32> words, Operand<TInt64> seed) {
    return tf.random.statelessRandomUniformFullInt(
        tf.expandDims(words, tf.constant(0)), seed, TInt32.class);
  }
}
