package io.github.convnet4j.loss;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.Require;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A loss times a factor; see {@link Loss#times}.
 *
 * @param loss determines the predictions
 * @param factor above 0
 */
public record Scaled(Loss loss, double factor) implements Loss {
  /** Checks the settings. */
  public Scaled {
    requireNonNull(loss, "loss");
    Require.positiveFloat("factor", factor);
  }

  @Override
  public Operand<TFloat32> perExample(
      Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    return scaled(tf, loss.perExample(tf, outputs, targets));
  }

  @Override
  public Operand<TFloat32> mean(Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    return scaled(tf, loss.mean(tf, outputs, targets));
  }

  @Override
  public Operand<TFloat32> predictions(Ops tf, Operand<TFloat32> outputs) {
    return loss.predictions(tf, outputs);
  }

  @Override
  public Targets targets() {
    return loss.targets();
  }

  private Operand<TFloat32> scaled(Ops tf, Operand<TFloat32> values) {
    return tf.math.mul(values, tf.constant((float) factor));
  }
}
