package io.github.convnet4j.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A loss, which training minimizes. It is a value, created by {@link Losses}; any number of graphs
 * may use it.
 *
 * <p>Outputs and targets have the shape {@code [batch, …, n]}: {@code [batch, n]} for whole
 * examples, or for example {@code [batch, height, width, n]}, where each pixel has n outputs. An
 * example's loss is a single number in any case.
 */
public interface Loss {
  /** Which targets a loss is for. From this follows what the network's outputs are. */
  enum Targets {
    /**
     * Exactly one of several classes: one-hot, or probabilities that sum to 1. The outputs are
     * logits, the predictions probabilities that sum to 1.
     */
    CLASSES("logits"),

    /**
     * Labels that do not exclude each other: 1 for those that an example has, otherwise 0. The
     * outputs are logits, the predictions numbers from 0 to 1.
     */
    LABELS("logits"),

    /** Like {@link #LABELS}, or any other numbers from 0 to 1. */
    SHARES("logits"),

    /** Any numbers. The outputs are numbers, and so are the predictions. */
    NUMBERS("numbers"),

    /** Numbers of at least 0. The outputs are the logarithms of the predictions. */
    COUNTS("logarithms"),

    /** Unknown. */
    ANY("any outputs");

    private final String outputs;

    Targets(String outputs) {
      this.outputs = outputs;
    }

    /** Returns whether the outputs are logits, and the predictions numbers from 0 to 1. */
    public boolean areOfLogits() {
      return outputs.equals(CLASSES.outputs);
    }

    /** Returns what the outputs are. */
    String outputs() {
      return outputs;
    }

    boolean takesOutputsOf(Targets other) {
      return this == ANY || other == ANY || outputs.equals(other.outputs);
    }
  }

  /**
   * Adds the loss of each example to the graph.
   *
   * @param tf operations of the graph
   * @param outputs the network's outputs, {@code [batch, …, n]}; see {@link #targets()} for which
   *     losses they are logits
   * @param targets the desired outputs, of the same shape
   * @return {@code [batch]}
   * @throws IllegalArgumentException if the loss does not suit outputs of this shape
   */
  Operand<TFloat32> perExample(Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets);

  /**
   * Adds the mean of {@link #perExample} over the batch to the graph.
   *
   * @return a scalar
   * @throws IllegalArgumentException if {@link #perExample} does not return {@code [batch]}
   */
  default Operand<TFloat32> mean(Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    return tf.math.mean(
        LossShapes.perExample(this, perExample(tf, outputs, targets), outputs, targets),
        tf.constant(0));
  }

  /**
   * Adds the predictions that follow from the outputs to the graph, for example probabilities; see
   * {@link #targets()}.
   *
   * @param outputs {@code [batch, …, n]}
   * @return the same shape
   */
  Operand<TFloat32> predictions(Ops tf, Operand<TFloat32> outputs);

  /**
   * Returns which targets the loss is for, so that a task can refuse a loss that does not suit it;
   * by default any.
   */
  default Targets targets() {
    return Targets.ANY;
  }

  /**
   * Returns the sum of this loss and another one, for example {@code
   * softmaxCrossEntropy().plus(dice().times(0.5))}. The predictions are those of this loss.
   *
   * @param other a loss of the same outputs; it should have the same predictions
   * @throws IllegalArgumentException if one of them takes logits and the other one numbers
   */
  default Loss plus(Loss other) {
    return new Sum(this, other);
  }

  /**
   * Returns this loss times a factor, with the same predictions.
   *
   * @param factor above 0
   */
  default Loss times(double factor) {
    return new Scaled(this, factor);
  }
}
