package io.github.convnet4j.loss;

import static java.util.Objects.requireNonNull;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A loss whose results are checked when they are added to a graph. */
record CheckedLoss(Loss loss) implements Loss {
  CheckedLoss {
    requireNonNull(loss, "loss");
  }

  @Override
  public Operand<TFloat32> perExample(
      Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    return LossShapes.perExample(loss, loss.perExample(tf, outputs, targets), outputs, targets);
  }

  @Override
  public Operand<TFloat32> mean(Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    return LossShapes.mean(loss, loss.mean(tf, outputs, targets));
  }

  @Override
  public Operand<TFloat32> predictions(Ops tf, Operand<TFloat32> outputs) {
    return LossShapes.predictions(loss, loss.predictions(tf, outputs), outputs);
  }

  @Override
  public Targets targets() {
    return loss.targets();
  }
}
