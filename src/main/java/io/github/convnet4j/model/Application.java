package io.github.convnet4j.model;

import io.github.convnet4j.initializer.OpSeed;
import io.github.convnet4j.layer.CompositeLayer;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.LayerContext;
import io.github.convnet4j.layer.Merge;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.layer.PlacedNode;
import io.github.convnet4j.layer.Placement;
import io.github.convnet4j.layer.Rewrite;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** One application of a network: the state that the contexts of all its layers share. */
final class Application {
  private final Network network;
  private final GraphVariables variables;
  private final SeedCounter seeds;
  private final Set<Rewrite> rewrites;
  private final Mode mode;
  private final boolean mixedPrecision;
  private final Set<String> outputLayers;
  private final Optional<Operand<TInt64>> step;
  private final List<Op> updates = new ArrayList<>();
  private final Map<String, List<Op>> updatesByPath = new HashMap<>();
  private final List<AppliedNode> applied = new ArrayList<>();
  private final Map<String, Operand<TFloat32>> outputsByPath = new LinkedHashMap<>();

  Application(
      Network network,
      GraphVariables variables,
      SeedCounter seeds,
      Set<Rewrite> rewrites,
      Set<Mode> mixedPrecision,
      Mode mode,
      Optional<Operand<TInt64>> step) {
    this.network = network;
    this.variables = variables;
    this.seeds = seeds;
    this.rewrites = rewrites;
    this.mode = mode;
    this.mixedPrecision = mixedPrecision.contains(mode);
    this.outputLayers = OutputLayers.of(network);
    this.step = step;
  }

  /** Applies the network to inputs by name. */
  Applied build(Ops tf, Map<String, Operand<TFloat32>> inputs) {
    Map<String, Operand<TFloat32>> operands = new HashMap<>(inputs);
    Map<String, String> nodes = network.outputNodes();
    new Context("", "", tf, List.of(), Optional.empty())
        .applyAll(network.nodes(), nodes.values(), operands);
    variables.checkComplete();
    Map<String, Operand<TFloat32>> outputs = new LinkedHashMap<>();
    nodes.forEach((name, node) -> outputs.put(name, operands.get(node)));
    return new Applied(outputs, applied, outputsByPath, updates, variables.regularizationLoss());
  }

  private void record(AppliedNode node) {
    applied.add(node);
    outputsByPath.put(node.path(), node.output());
  }

  /** The context of the layer or merge at a path, which is empty for the whole network. */
  private final class Context implements LayerContext {
    private final String path;
    private final String weightsPath;
    private final Ops tf;
    private final List<Shape> inputShapes;

    /** The node, unless a custom layer applies one that it contains. */
    private final Optional<PlacedNode> placed;

    /** The updates that earlier applications with the same variables have added. */
    private final List<Op> earlierUpdates;

    Context(
        String path,
        String weightsPath,
        Ops tf,
        List<Shape> inputShapes,
        Optional<PlacedNode> placed) {
      this.path = path;
      this.weightsPath = weightsPath;
      this.tf = tf;
      this.inputShapes = inputShapes;
      this.placed = placed;
      this.earlierUpdates = List.copyOf(updatesByPath.getOrDefault(weightsPath, List.of()));
    }

    /**
     * Applies the nodes of the network or of a composite layer.
     *
     * @param outputs the paths of the nodes whose output is needed outside
     * @param operands what the nodes take as input, by name; the outputs of the nodes are added
     */
    void applyAll(
        List<PlacedNode> nodes,
        Collection<String> outputs,
        Map<String, Operand<TFloat32>> operands) {
      for (Rewriting.Run run : Rewriting.runs(nodes, outputs, rewrites)) {
        if (run.isRewritten()) {
          Operand<TFloat32> value = operands.get(run.from());
          for (PlacedNode node : run.order()) {
            value = applyNode(node, List.of(value));
          }
          operands.put(run.last().path(), value);
          outputsByPath.put(run.last().path(), value);
        } else {
          PlacedNode node = run.last();
          List<Operand<TFloat32>> inputs = node.from().stream().map(operands::get).toList();
          Operand<TFloat32> output = applyNode(node, inputs);
          operands.put(node.path(), output);
          if (!isOwnMerge(node)) {
            record(
                new AppliedNode(
                    node.path(), node.computation(), node.inputs(), node.output(), inputs, output));
          }
        }
      }
    }

    private Operand<TFloat32> applyNode(PlacedNode node, List<Operand<TFloat32>> inputs) {
      String name = node.path().substring(node.path().lastIndexOf('/') + 1);
      Context context =
          new Context(
              node.path(),
              node.weightsPath(),
              isOwnMerge(node) ? tf : tf.withSubScope(name),
              node.inputs(),
              Optional.of(node));
      return context.checked(
          node.computation() instanceof Layer layer
              ? layer.apply(context, inputs.get(0))
              : ((Merge) node.computation()).apply(context, inputs),
          node.output());
    }

    /** Whether a node computes the output of the composite layer of this context. */
    private boolean isOwnMerge(PlacedNode node) {
      return node.path().equals(path);
    }

    private Operand<TFloat32> checked(Operand<TFloat32> output, Shape expected) {
      if (output == null) {
        throw new IllegalStateException(path + ": its apply returned null");
      }
      if (!output.shape().isCompatibleWith(expected.prepend(Shape.UNKNOWN_SIZE))) {
        throw new IllegalStateException(
            "%s must return [batch, …] with its output shape %s for each example: %s"
                .formatted(path, expected, output.shape()));
      }
      return output;
    }

    @Override
    public Ops tf() {
      return tf;
    }

    @Override
    public Ops tfForUpdates() {
      return earlierUpdates.isEmpty() ? tf : tf.withControlDependencies(earlierUpdates);
    }

    @Override
    public Mode mode() {
      return network.isInInferenceMode(path) ? Mode.INFERENCE : mode;
    }

    @Override
    public boolean uses(Rewrite rewrite) {
      return rewrites.contains(rewrite);
    }

    /** Outputs are not rounded: losses and predictions depend on them directly. */
    @Override
    public boolean mixedPrecision() {
      return mixedPrecision
          && outputLayers.stream()
              .noneMatch(layer -> path.equals(layer) || path.startsWith(layer + "/"));
    }

    @Override
    public List<Shape> inputShapes() {
      return inputShapes;
    }

    @Override
    public boolean frozen() {
      return network.isFrozen(weightsPath);
    }

    @Override
    public Operand<TFloat32> weight(String parameter) {
      return tf.identity(variable(parameter));
    }

    @Override
    public Variable<TFloat32> variable(String parameter) {
      return variables.get(weightsPath + "/" + parameter);
    }

    @Override
    public void addUpdate(Op update) {
      updates.add(update);
      updatesByPath.computeIfAbsent(weightsPath, key -> new ArrayList<>()).add(update);
    }

    @Override
    public OpSeed nextOpSeed() {
      return seeds.nextOpSeed();
    }

    @Override
    public Operand<TInt64> statelessSeed() {
      Operand<TInt64> steps =
          step.orElseThrow(
              () ->
                  new IllegalStateException(
                      path
                          + " needs random numbers in training: pass apply a step, a scalar that"
                          + " differs in each training step"));
      return tf.stack(List.of(tf.constant(seeds.nextStatelessKey()), steps));
    }

    @Override
    public Operand<TFloat32> apply(
        String name, Layer inner, Shape innerShape, Operand<TFloat32> input) {
      Context context =
          new Context(
              path + "/" + name,
              weightsPath + "/" + name,
              tf.withSubScope(name),
              List.of(innerShape),
              Optional.empty());
      Shape outputShape = inner.outputShape(innerShape);
      Operand<TFloat32> output = context.checked(inner.apply(context, input), outputShape);
      record(
          new AppliedNode(
              context.path, inner, List.of(innerShape), outputShape, List.of(input), output));
      return output;
    }

    @Override
    public Operand<TFloat32> applyExpanded(CompositeLayer layer, Operand<TFloat32> input) {
      boolean isPlaced = placed.isPresent() && placed.get().computation() == layer;
      List<PlacedNode> nodes =
          isPlaced
              ? placed.get().inner()
              : Placement.of(layer, inputShape(), path, weightsPath).nodes();
      if (nodes.isEmpty()) {
        return input;
      }
      String output = nodes.get(nodes.size() - 1).path();
      Map<String, Operand<TFloat32>> operands = new HashMap<>();
      operands.put(isPlaced ? placed.get().from().get(0) : "", input);
      applyAll(nodes, List.of(output), operands);
      return operands.get(output);
    }
  }
}
