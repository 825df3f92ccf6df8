package io.github.convnet4j.keras;

import io.github.convnet4j.layer.Activation;
import io.github.convnet4j.layer.Computation;
import io.github.convnet4j.layer.Conv2d;
import io.github.convnet4j.layer.Dense;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.Layers;
import io.github.convnet4j.layer.Linear;
import io.github.convnet4j.layer.Sigmoid;
import io.github.convnet4j.layer.Softmax;
import java.util.Optional;

/**
 * The activation with which a network ends, and which a task of this library applies itself.
 *
 * @param activation softmax or sigmoid; also linear, as a layer of its own
 * @param before the layer without it; empty if the layer is the activation
 */
record FinalActivation(Activation activation, Optional<Layer> before) {
  /**
   * Returns the activation of a network's last layer, if it is softmax or sigmoid, or a layer that
   * does nothing but give the output a name.
   */
  static Optional<FinalActivation> of(Computation last) {
    if (last instanceof Activation activation
        && (isOfTask(activation) || activation instanceof Linear)) {
      return Optional.of(new FinalActivation(activation, Optional.empty()));
    }
    if (last instanceof Dense dense && isOfTask(dense.activation())) {
      return Optional.of(
          new FinalActivation(dense.activation(), Optional.of(dense.activation(Layers.linear()))));
    }
    if (last instanceof Conv2d conv2d && isOfTask(conv2d.activation())) {
      return Optional.of(
          new FinalActivation(
              conv2d.activation(), Optional.of(conv2d.activation(Layers.linear()))));
    }
    return Optional.empty();
  }

  /** Whether a layer without an activation could have it as an option. */
  static boolean isOption(Computation layer) {
    return (layer instanceof Dense dense && dense.activation() instanceof Linear)
        || (layer instanceof Conv2d conv2d && conv2d.activation() instanceof Linear);
  }

  private static boolean isOfTask(Activation activation) {
    return activation instanceof Softmax || activation instanceof Sigmoid;
  }
}
