package io.github.convnet4j.layer;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Probabilities along the last dimension: {@code exp(x) / sum of exp(x)}. Takes any shape and keeps
 * it. A network with softmax cross-entropy as its loss must end in logits, without this layer.
 */
public record Softmax() implements Activation {
  @Override
  public String kind() {
    return "softmax";
  }

  @Override
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> input) {
    return tf.nn.softmax(input);
  }
}
