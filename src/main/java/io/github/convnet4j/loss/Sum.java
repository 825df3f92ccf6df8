package io.github.convnet4j.loss;

import static java.util.Objects.requireNonNull;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The sum of two losses; see {@link Loss#plus}.
 *
 * @param first determines the predictions
 * @param second a loss of the same outputs
 */
public record Sum(Loss first, Loss second) implements Loss {
  /** Checks that both take the same kind of outputs. */
  public Sum {
    requireNonNull(first, "first");
    requireNonNull(second, "second");
    if (!first.targets().takesOutputsOf(second.targets())) {
      throw new IllegalArgumentException(
          "the losses of a sum must take the same outputs: %s takes %s, and %s takes %s"
              .formatted(first, first.targets().outputs(), second, second.targets().outputs()));
    }
  }

  @Override
  public Operand<TFloat32> perExample(
      Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    return tf.math.add(
        Losses.checked(first).perExample(tf, outputs, targets),
        Losses.checked(second).perExample(tf, outputs, targets));
  }

  @Override
  public Operand<TFloat32> mean(Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    return tf.math.add(
        Losses.checked(first).mean(tf, outputs, targets),
        Losses.checked(second).mean(tf, outputs, targets));
  }

  /** Adds the predictions of the first loss. */
  @Override
  public Operand<TFloat32> predictions(Ops tf, Operand<TFloat32> outputs) {
    return first.predictions(tf, outputs);
  }

  /** Returns the targets of the first loss, or of the second one if the first takes any. */
  @Override
  public Targets targets() {
    return first.targets() == Targets.ANY ? second.targets() : first.targets();
  }
}
