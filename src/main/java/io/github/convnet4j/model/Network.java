package io.github.convnet4j.model;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.layer.PlacedLayer;
import io.github.convnet4j.layer.Rewrite;
import io.github.convnet4j.layer.Sequence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;

/**
 * The description of a network: the shape of its input and its layers. Immutable, compared by
 * content and independent of TensorFlow; {@link #build} adds the network to a graph.
 *
 * <pre>{@code
 * Network network =
 *     Network.of(
 *         Shape.of(28, 28, 1),
 *         conv2d(32, 3), relu(), maxPool(2), // [28, 28, 1] -> [14, 14, 32]
 *         flatten(),                         // -> [6272]
 *         dense(10));                        // -> [10]
 * Network.of(Shape.of(28, 28, 1), dense(10));
 *     // IllegalArgumentException: layer 1, dense, input shape [28, 28, 1]: dense takes [n]:
 *     // put flatten() or globalAveragePool() before it
 * }</pre>
 *
 * <p>Each layer has a name, either a given one or one derived from its kind, with a number from the
 * second of a kind on: {@code conv2d}, {@code conv2d_1}, … The names of variables consist of the
 * layer and the parameter: {@code conv2d_1/kernel}, or {@code residual/conv2d/kernel} for an inner
 * layer.
 */
public final class Network {
  private final Shape input;
  private final Sequence sequence;
  private final Set<String> frozen;
  private final List<PlacedLayer> placed;
  private final List<Parameter> parameters;

  private Network(Shape input, List<Layer> layers, Set<String> frozen) {
    this.input = requireNonNull(input, "input");
    this.sequence = new Sequence(layers, "");
    this.frozen = Collections.unmodifiableSet(new TreeSet<>(frozen));
    checkInput(input);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("layers must contain at least one layer: []");
    }
    this.placed = sequence.place(input);
    this.parameters =
        placed.stream()
            .flatMap(layer -> layer.parameters().stream().map(p -> p.within(layer.name())))
            .map(p -> isFrozen(p.name()) ? p.frozen() : p)
            .toList();
    checkFrozen();
  }

  /**
   * Describes a network.
   *
   * @param input shape of one example, {@code [height, width, channels]} or {@code [n]}
   * @param layers from first to last
   * @throws IllegalArgumentException if a layer cannot take its input, or two layers have the same
   *     name
   */
  public static Network of(Shape input, Layer... layers) {
    return of(input, List.of(layers));
  }

  /** Describes a network, as {@link #of(Shape, Layer...)} does. */
  public static Network of(Shape input, List<Layer> layers) {
    return new Network(input, layers, Set.of());
  }

  private static void checkInput(Shape input) {
    boolean known = !input.isUnknown() && input.numDimensions() > 0;
    for (int i = 0; known && i < input.numDimensions(); i++) {
      known = input.get(i) > 0;
    }
    if (!known) {
      throw new IllegalArgumentException(
          "input must be the shape of one example without the batch, with sizes of at least 1: "
              + input);
    }
  }

  private void checkFrozen() {
    for (String name : frozen) {
      if (parameters.stream().noneMatch(p -> p.name().startsWith(name + "/"))) {
        throw new IllegalArgumentException(
            "freeze: name must be one of the layers with variables, %2$s: %1$s"
                .formatted(name, namesWithVariables()));
      }
    }
  }

  private List<String> namesWithVariables() {
    return placed.stream().filter(p -> !p.parameters().isEmpty()).map(PlacedLayer::name).toList();
  }

  /**
   * Returns a copy in which these layers are frozen: their variables are not trained. A frozen
   * batch normalization uses its moving statistics and does not update them. Inner layers are named
   * by their path, {@code "residual/conv2d"}.
   *
   * @throws IllegalArgumentException if there is no layer with variables of that name
   */
  public Network freeze(String... layers) {
    Set<String> all = new TreeSet<>(frozen);
    all.addAll(List.of(layers));
    return new Network(input, sequence.layers(), all);
  }

  /** Returns whether the layer or variable at this path is, or is part of, a frozen layer. */
  boolean isFrozen(String path) {
    return frozen.stream().anyMatch(name -> path.equals(name) || path.startsWith(name + "/"));
  }

  /**
   * Prepares the network for a graph. Its variables, named {@code scope/layer/parameter}, are
   * created when it is first applied.
   *
   * @param tf operations of a graph
   * @param scope name scope; TensorFlow adds a number if it is taken
   * @param seed seed of everything random in the network: initial weights and dropout
   */
  public NetworkInGraph build(Ops tf, String scope, long seed) {
    return build(tf, scope, seed, Rewrite.all());
  }

  /**
   * Prepares the network for a graph with these rewrites only; without any, the graph follows the
   * description layer by layer.
   *
   * @see #build(Ops, String, long)
   */
  public NetworkInGraph build(Ops tf, String scope, long seed, Set<Rewrite> rewrites) {
    return new NetworkInGraph(this, tf, scope, seed, rewrites);
  }

  /** Returns the input shape of one example. */
  public Shape input() {
    return input;
  }

  /** Returns the output shape of one example. */
  public Shape output() {
    return placed.get(placed.size() - 1).output();
  }

  /** Returns the layers as they were given. */
  public List<Layer> layers() {
    return sequence.layers();
  }

  /** Returns the layers with their names and shapes. */
  public List<PlacedLayer> placedLayers() {
    return placed;
  }

  /** Returns the names of the frozen layers, sorted. */
  public Set<String> frozenLayers() {
    return frozen;
  }

  /**
   * Returns the descriptions of all variables, in the order of the layers, named {@code
   * layer/parameter}.
   */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** Returns the number of values in all variables. */
  public long parameterCount() {
    return parameters.stream().mapToLong(Parameter::size).sum();
  }

  /** Returns the number of values in the trainable variables. */
  public long trainableParameterCount() {
    return parameters.stream().filter(Parameter::trainable).mapToLong(Parameter::size).sum();
  }

  /**
   * Returns the number of multiply-add operations for one example, in convolutions and dense
   * layers.
   */
  public long multiplyAdds() {
    return placed.stream().mapToLong(PlacedLayer::multiplyAdds).reduce(0, Math::addExact);
  }

  /**
   * Returns the network as a table of layers, output shapes, parameters and multiply-adds, with
   * totals. Lines end in {@code }.
   */
  public String summary() {
    return Summary.of(this);
  }

  /**
   * Returns the network as JSON, if it has built-in layers only; {@link NetworkJson} supports
   * custom ones, too.
   */
  public String toJson() {
    return NetworkJson.standard().write(this);
  }

  /** Returns the network that {@link #toJson} wrote; see {@link NetworkJson#read} for errors. */
  public static Network fromJson(String json) {
    return NetworkJson.standard().read(json);
  }

  public java.util.Map<String, Shape> inputs() {
    return java.util.Map.of("input", input);
  }

  public java.util.Map<String, Shape> outputs() {
    return java.util.Map.of("output", output());
  }

  public String outputKind(String name) {
    return layers().get(layers().size() - 1).kind();
  }

  Sequence sequence() {
    return sequence;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network that
        && input.equals(that.input)
        && sequence.equals(that.sequence)
        && frozen.equals(that.frozen);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * input.hashCode() + sequence.hashCode()) + frozen.hashCode();
  }

  /** Returns the names and shapes of the layers in one line. */
  @Override
  public String toString() {
    List<String> steps = new ArrayList<>();
    steps.add("Network " + input);
    placed.forEach(p -> steps.add(p.name() + " " + p.output()));
    return String.join(" -> ", steps) + (frozen.isEmpty() ? "" : ", frozen " + frozen);
  }
}
