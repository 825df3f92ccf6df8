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
 * A network described: the shape of its input and its layers. Immutable, compared by content, free
 * of TensorFlow objects; {@link #build} puts it in a graph.
 *
 * <pre>{@code
 * Network network =
 *     Network.of(
 *         Shape.of(28, 28, 1),
 *         conv2d(32, 3), relu(), maxPool(2), // [28, 28, 1] -> [14, 14, 32]
 *         flatten(),                         // -> [6272]
 *         dense(10));                        // -> [10]
 * Network.of(Shape.of(28, 28, 1), dense(10));
 *     // IllegalArgumentException: layer 1, dense: [28, 28, 1] reached it: dense takes [n]: put
 *     // flatten() or globalAveragePool() before it
 * }</pre>
 *
 * <p>Each layer has a name: its own, or one derived from its kind, with a number from the second of
 * that kind on: {@code conv2d}, {@code conv2d_1}, … Variables are called after it: {@code
 * conv2d_1/kernel}; inside a layer of layers {@code residual/conv2d/kernel}.
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
      throw new IllegalArgumentException("a network needs at least one layer");
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
   * @param layers first to last
   * @throws IllegalArgumentException if a layer cannot take the shape that reaches it, or two
   *     layers have one name
   */
  public static Network of(Shape input, Layer... layers) {
    return of(input, List.of(layers));
  }

  /** As {@link #of(Shape, Layer...)}. */
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
          "input must be the shape of one example, sizes at least 1, without the batch: " + input);
    }
  }

  private void checkFrozen() {
    for (String name : frozen) {
      if (parameters.stream().noneMatch(p -> p.name().startsWith(name + "/"))) {
        throw new IllegalArgumentException(
            "freeze: no layer with variables is called %s; there are %s"
                .formatted(name, namesWithVariables()));
      }
    }
  }

  private List<String> namesWithVariables() {
    return placed.stream().filter(p -> !p.parameters().isEmpty()).map(PlacedLayer::name).toList();
  }

  /**
   * The same network with these layers' variables not trained; a frozen batch norm normalises by
   * its moving statistics, which stay. An inner layer is called by its path, {@code
   * "residual/conv2d"}.
   *
   * @throws IllegalArgumentException if no layer with variables has such a name
   */
  public Network freeze(String... layers) {
    Set<String> all = new TreeSet<>(frozen);
    all.addAll(List.of(layers));
    return new Network(input, sequence.layers(), all);
  }

  /** Whether the layer or variable of this path is in a frozen layer, or is one itself. */
  boolean isFrozen(String path) {
    return frozen.stream().anyMatch(name -> path.equals(name) || path.startsWith(name + "/"));
  }

  /**
   * Prepares the network in a graph. The variables, named {@code scope/layer/parameter}, come with
   * the first application.
   *
   * @param tf operations of a graph
   * @param scope name scope; TensorFlow adds a number if it is taken
   * @param seed of all that is random in it, weights and dropout
   */
  public NetworkInGraph build(Ops tf, String scope, long seed) {
    return build(tf, scope, seed, Rewrite.all());
  }

  /**
   * The same with these rewrites alone; with none, the graph has for each layer what it says.
   *
   * @see #build(Ops, String, long)
   */
  public NetworkInGraph build(Ops tf, String scope, long seed, Set<Rewrite> rewrites) {
    return new NetworkInGraph(this, tf, scope, seed, rewrites);
  }

  /** Shape of one example that goes in. */
  public Shape input() {
    return input;
  }

  /** Shape of one example that comes out. */
  public Shape output() {
    return placed.get(placed.size() - 1).output();
  }

  /** The layers as they were given. */
  public List<Layer> layers() {
    return sequence.layers();
  }

  /** The layers with their names and shapes. */
  public List<PlacedLayer> placedLayers() {
    return placed;
  }

  /** Names of the frozen layers, sorted. */
  public Set<String> frozenLayers() {
    return frozen;
  }

  /** All variables to be, in the layers' order, named {@code layer/parameter}. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** The number of values in all variables. */
  public long parameterCount() {
    return parameters.stream().mapToLong(Parameter::size).sum();
  }

  /** The number of values in the trainable variables. */
  public long trainableParameterCount() {
    return parameters.stream().filter(Parameter::trainable).mapToLong(Parameter::size).sum();
  }

  /** Multiplications with an addition for one example, of convolutions and dense layers. */
  public long multiplyAdds() {
    return placed.stream().mapToLong(PlacedLayer::multiplyAdds).reduce(0, Math::addExact);
  }

  /**
   * The network as a table: layer, output shape, parameters, multiply-adds; with totals. Lines end
   * in {@code \n}.
   */
  public String summary() {
    return Summary.of(this);
  }

  /** The network as JSON, of built-in layers; {@link NetworkJson} knows others too. */
  public String toJson() {
    return NetworkJson.standard().write(this);
  }

  /** The network that {@link #toJson} wrote; errors as {@link NetworkJson#read}. */
  public static Network fromJson(String json) {
    return NetworkJson.standard().read(json);
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

  /** The layers' names and shapes in one line. */
  @Override
  public String toString() {
    List<String> steps = new ArrayList<>();
    steps.add("Network " + input);
    placed.forEach(p -> steps.add(p.name() + " " + p.output()));
    return String.join(" -> ", steps) + (frozen.isEmpty() ? "" : ", frozen " + frozen);
  }
}
