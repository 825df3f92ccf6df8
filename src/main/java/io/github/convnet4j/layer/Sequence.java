package io.github.convnet4j.layer;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Consecutive layers as one layer: a branch of {@link Concat}, the body of {@link Residual} or a
 * whole network. Without layers it passes its input through.
 *
 * @param layers from first to last
 * @param name empty to derive one from the kind
 */
public record Sequence(List<Layer> layers, String name) implements CompositeLayer {
  /** Checks that no two layers have the same name, and keeps a copy of the list. */
  public Sequence {
    layers = List.copyOf(layers);
    Check.name(name, "sequence");
    LayerNames.of(layers);
  }

  /** Returns a copy with this name. */
  public Sequence name(String newName) {
    return new Sequence(layers, newName);
  }

  /**
   * Infers the shapes from first to last.
   *
   * @param input input shape, of one example
   * @throws IllegalArgumentException if a layer cannot take its input; the message names the
   *     layer's position and kind, the input shape, and what the layer needs
   */
  public List<PlacedLayer> place(Shape input) {
    List<String> names = LayerNames.of(layers);
    List<PlacedLayer> placed = new ArrayList<>();
    Shape shape = input;
    for (int i = 0; i < layers.size(); i++) {
      try {
        placed.add(PlacedLayer.of(names.get(i), layers.get(i), shape));
      } catch (IllegalArgumentException e) {
        throw fault(i, shape, e.getMessage(), e);
      } catch (ArithmeticException e) {
        throw fault(i, shape, "it is too large: " + e.getMessage(), e);
      }
      shape = placed.get(i).output();
    }
    return List.copyOf(placed);
  }

  private IllegalArgumentException fault(int i, Shape shape, String what, Exception cause) {
    return new IllegalArgumentException(
        "%s, input shape %s: %s".formatted(LayerNames.describe(i, layers.get(i)), shape, what),
        cause);
  }

  @Override
  public String kind() {
    return "sequence";
  }

  @Override
  public Inferred infer(Shape input) {
    List<PlacedLayer> placed = place(input);
    return new Inferred(
        output(placed, input),
        placed.stream().flatMap(PlacedLayer::parametersWithin).toList(),
        placed.stream().mapToLong(PlacedLayer::multiplyAdds).reduce(0, Math::addExact));
  }

  /** Returns the output shape of placed layers. */
  static Shape output(List<PlacedLayer> placed, Shape input) {
    return placed.isEmpty() ? input : placed.get(placed.size() - 1).output();
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    return apply(context, place(context.inputShape()), input);
  }

  /** Applies layers that {@link #place} returned. */
  static Operand<TFloat32> apply(
      LayerContext context, List<PlacedLayer> layers, Operand<TFloat32> input) {
    Operand<TFloat32> value = input;
    for (PlacedLayer placed : Rewriting.ordered(context, layers)) {
      value = context.apply(placed.name(), placed.layer(), placed.input(), value);
    }
    return value;
  }
}
