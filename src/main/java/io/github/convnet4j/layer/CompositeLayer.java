package io.github.convnet4j.layer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * A layer that consists of other layers. It only says which, by expanding into nodes; its shape,
 * its variables and its operations follow from them:
 *
 * <pre>{@code
 * record SqueezeAndExcite(int reduction) implements CompositeLayer {
 *   public String kind() { return "squeeze_and_excite"; }
 *   public Node expand(Node input) {
 *     int channels = (int) input.shape().get(2);
 *     Node gate = input.then(averagePool(…), conv2d(channels / reduction, 1), relu(),
 *         conv2d(channels, 1), sigmoid());
 *     return multiply(input, gate);
 *   }
 * }
 * }</pre>
 *
 * <p>Each inner layer has its name within this layer, and its path in the network: {@code
 * residual/conv2d}. If the output is a merge without a name, it has the path of this layer.
 */
public interface CompositeLayer extends Layer {
  /**
   * Returns the layer's output. The layers and merges between the input and the output are its
   * inner ones; each is inferred once for each network.
   *
   * @param input stands for the input, and has its shape
   * @throws IllegalArgumentException if the layer cannot take the input; the message says what it
   *     needs
   */
  Node expand(Node input);

  @Override
  default Shape outputShape(Shape input) {
    return Expansion.of(this, input, 1).output().shape();
  }

  @Override
  default List<Parameter> parameters(Shape input) {
    return Placement.of(this, input, "", "").parameters();
  }

  @Override
  default long multiplyAdds(Shape input) {
    return Expansion.of(this, input, 1).multiplyAdds();
  }

  @Override
  default Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    return context.applyExpanded(this, input);
  }
}
