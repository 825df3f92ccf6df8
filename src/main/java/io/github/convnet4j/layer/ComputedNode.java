package io.github.convnet4j.layer;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.ndarray.Shape;

/** A node that a layer or a merge computes, with everything that was inferred for it. */
final class ComputedNode extends Node {
  private final String name;
  private final Computation computation;
  private final List<Node> inputs;
  private final List<Parameter> parameters;
  private final long multiplyAdds;
  private final Optional<Expansion> expansion;

  private ComputedNode(
      String name,
      Computation computation,
      List<Node> inputs,
      Shape shape,
      List<Parameter> parameters,
      long multiplyAdds,
      Optional<Expansion> expansion) {
    super(shape, inputs.get(0).nesting());
    this.name = name;
    this.computation = computation;
    this.inputs = inputs;
    this.parameters = parameters;
    this.multiplyAdds = multiplyAdds;
    this.expansion = expansion;
  }

  /**
   * Applies a layer.
   *
   * @throws IllegalArgumentException if it cannot take the input
   */
  static ComputedNode of(Layer layer, Node input) {
    Shape shape = input.shape();
    if (layer instanceof CompositeLayer composite) {
      Expansion expansion = Expansion.of(composite, shape, input.nesting() + 1);
      return new ComputedNode(
          "",
          layer,
          List.of(input),
          expansion.output().shape(),
          List.of(),
          expansion.multiplyAdds(),
          Optional.of(expansion));
    }
    return of(
        layer,
        List.of(input),
        layer.outputShape(shape),
        layer.parameters(shape),
        layer.multiplyAdds(shape));
  }

  /**
   * Applies a merge.
   *
   * @throws IllegalArgumentException if it cannot take the inputs
   */
  static ComputedNode of(Merge merge, List<Node> inputs) {
    List<Shape> shapes = inputs.stream().map(Node::shape).toList();
    return of(
        merge,
        List.copyOf(inputs),
        merge.outputShape(shapes),
        merge.parameters(shapes),
        merge.multiplyAdds(shapes));
  }

  private static ComputedNode of(
      Computation computation,
      List<Node> inputs,
      Shape output,
      List<Parameter> parameters,
      long multiplyAdds) {
    if (output == null) {
      throw new IllegalArgumentException("its outputShape returned null");
    }
    if (output.isUnknown() || output.hasUnknownDimension()) {
      throw new IllegalArgumentException("its output has the unknown shape " + output);
    }
    if (parameters == null) {
      throw new IllegalArgumentException("its parameters returned null");
    }
    Set<String> seen = new HashSet<>();
    for (Parameter parameter : parameters) {
      if (!seen.add(parameter.name())) {
        throw new IllegalArgumentException(
            "its parameters must have different names, but two are called " + parameter.name());
      }
    }
    return new ComputedNode(
        "",
        requireNonNull(computation),
        inputs,
        output,
        List.copyOf(parameters),
        multiplyAdds,
        Optional.empty());
  }

  @Override
  public Node named(String newName) {
    Check.path(newName, "named");
    return new ComputedNode(
        newName, computation, inputs, shape(), parameters, multiplyAdds, expansion);
  }

  /** Returns the name that {@link #named} gave the node itself; may be empty. */
  String ownName() {
    return name;
  }

  /** Returns the name that the node or its layer was given; empty to derive one. */
  String givenName() {
    return name.isEmpty() ? computation.name() : name;
  }

  Computation computation() {
    return computation;
  }

  @Override
  List<Node> inputs() {
    return inputs;
  }

  /** Returns the variables, with names relative to the node; none for a composite layer. */
  List<Parameter> parameters() {
    return parameters;
  }

  long multiplyAdds() {
    return multiplyAdds;
  }

  /** Returns what a composite layer expands into. */
  Optional<Expansion> expansion() {
    return expansion;
  }

  /** Returns the kind and the shape. */
  @Override
  public String toString() {
    return (givenName().isEmpty() ? computation.kind() : givenName()) + " " + shape();
  }
}
