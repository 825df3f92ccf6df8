package io.github.convnet4j.train;

import io.github.convnet4j.data.ExampleBatch;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.loss.Loss;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.model.Applied;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.NetworkInGraph;
import io.github.convnet4j.natives.NativeGraph;
import io.github.convnet4j.optimizer.Optimizer;
import io.github.convnet4j.optimizer.TrainingStep;
import io.github.convnet4j.train.Heads.Head;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * A graph that contains a network twice, for training and for inference, with a session. Gradients
 * and the optimizer's state are added when the network is first trained.
 */
final class NetworkEngine implements Engine {
  private final NativeGraph nativeGraph;
  private final Network network;
  private final Heads<?> heads;
  private final Optimizer optimizer;
  private final NetworkInGraph net;
  private final Placeholder<TInt64> globalStep; // a scalar
  private final Applied training;
  private final Applied inference;
  private final List<Operand<TFloat32>> lossTargets = new ArrayList<>();
  private final SessionCalls calls;
  private final VariableValues variables;

  /**
   * Held for writing while operations are added. TensorFlow Java initializes new variables in
   * whichever call of the session comes next, so no call may run at that time.
   */
  private final ReentrantReadWriteLock building = new ReentrantReadWriteLock();

  private boolean prepared;
  private boolean preparedForWeights;

  /** What a training step runs; empty if there is nothing to train. */
  private volatile Optional<SessionCalls.Step> step = Optional.empty();

  /** Builds the network in a new graph and initializes its variables. */
  static NetworkEngine build(
      Network network, Heads<?> heads, Optimizer optimizer, ModelOptions options) {
    return NativeGraph.openFor(
        SessionSettings.config(options.session()),
        opened -> new NetworkEngine(opened, network, heads, optimizer, options));
  }

  private NetworkEngine(
      NativeGraph nativeGraph,
      Network network,
      Heads<?> heads,
      Optimizer optimizer,
      ModelOptions options) {
    this.nativeGraph = nativeGraph;
    this.network = network;
    this.heads = heads;
    this.optimizer = optimizer;
    Ops tf = nativeGraph.ops();
    SessionCalls.Fed inputs = inputs(tf);
    SessionCalls.Fed targets = targets(tf);
    Set<Mode> mixedPrecision = SessionSettings.mixedPrecision(options);
    PrecisionAdvice.give(mixedPrecision, options.session());
    net = network.build(tf, "net", options.seed(), options.rewrites(), mixedPrecision);
    globalStep =
        tf.withName("global_step").placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
    List<Operand<TFloat32>> normalized =
        options.normalization().applyToImages(tf, inputs.placeholders());
    // Before inference, and even if the model only predicts: this numbers the random operations in
    // the order in which a handwritten program would create them.
    training = net.apply(normalized, Mode.TRAINING, globalStep);
    inference = net.apply(normalized, Mode.INFERENCE);
    SessionCalls.Results results = results(tf, inference, targets);
    Session session = nativeGraph.session();
    calls =
        new SessionCalls(
            session, inputs, targets, results, List.of(), Optional.empty(), building.readLock());
    Map<String, Variable<TFloat32>> weights = new LinkedHashMap<>();
    network.parameters().forEach(p -> weights.put(p.name(), net.variable(p.name())));
    variables = new VariableValues(tf, session, weights);
    session.initialize();
  }

  private SessionCalls.Fed inputs(Ops tf) {
    Map<String, Shape> named = network.inputs();
    List<Operand<TFloat32>> placeholders = new ArrayList<>();
    named.forEach(
        (name, shape) -> placeholders.add(floats(tf, named.size() == 1 ? "inputs" : name, shape)));
    return new SessionCalls.Fed(placeholders, List.copyOf(named.values()));
  }

  private SessionCalls.Fed targets(Ops tf) {
    List<Operand<TFloat32>> placeholders = new ArrayList<>();
    for (Head<?> head : heads.all()) {
      placeholders.add(
          floats(tf, heads.several() ? head.name() + "_targets" : "targets", head.target()));
    }
    return new SessionCalls.Fed(placeholders, heads.targets());
  }

  private SessionCalls.Results results(Ops tf, Applied applied, SessionCalls.Fed targets) {
    List<Operand<TFloat32>> predictions = new ArrayList<>();
    List<Operand<TFloat32>> losses = new ArrayList<>();
    for (int i = 0; i < heads.all().size(); i++) {
      Head<?> head = heads.all().get(i);
      Operand<TFloat32> output = applied.output(head.name());
      Loss loss = Losses.checked(head.task().loss());
      lossTargets.add(head.task().lossTargets(tf, targets.placeholders().get(i), head.output()));
      predictions.add(loss.predictions(tf, output));
      losses.add(loss.perExample(tf, output, lossTargets.get(i)));
    }
    return new SessionCalls.Results(predictions, heads.outputs(), losses, heads.weights());
  }

  private static Placeholder<TFloat32> floats(Ops tf, String name, Shape example) {
    return tf.withName(name)
        .placeholder(TFloat32.class, Placeholder.shape(example.prepend(Shape.UNKNOWN_SIZE)));
  }

  @Override
  public void prepareTraining(boolean weighted) {
    building.writeLock().lock();
    try {
      if (!prepared || (weighted && !preparedForWeights)) {
        step = addTraining(weighted);
        prepared = true;
        preparedForWeights = weighted;
      }
    } finally {
      building.writeLock().unlock();
    }
  }

  private Optional<SessionCalls.Step> addTraining(boolean weighted) {
    Ops tf = nativeGraph.ops();
    List<Operand<TFloat32>> outputs = new ArrayList<>();
    List<Operand<TFloat32>> predictions = new ArrayList<>();
    for (Head<?> head : heads.all()) {
      Operand<TFloat32> output = training.output(head.name());
      outputs.add(output);
      predictions.add(Losses.checked(head.task().loss()).predictions(tf, output));
    }
    // Only if they are used: without weights, the graph is that of the network and its loss.
    List<Operand<TFloat32>> weights = weighted ? weights(tf) : List.of();
    Objective objective =
        Objective.build(
            nativeGraph.graph(), net, training, heads, outputs, lossTargets, weights, optimizer);
    return objective.step().map(built -> step(tf, built, objective, predictions, weights));
  }

  private List<Operand<TFloat32>> weights(Ops tf) {
    List<Operand<TFloat32>> placeholders = new ArrayList<>();
    for (Head<?> head : heads.all()) {
      placeholders.add(
          floats(tf, heads.several() ? head.name() + "_weights" : "weights", Shape.scalar()));
    }
    return placeholders;
  }

  private SessionCalls.Step step(
      Ops tf,
      TrainingStep built,
      Objective objective,
      List<Operand<TFloat32>> predictions,
      List<Operand<TFloat32>> weights) {
    Runnable takeOver = () -> {};
    if (step.isPresent()) {
      takeOver = variables.replaceState(tf, built.state());
    } else {
      variables.addState(tf, built.state());
    }
    calls.session().initialize();
    takeOver.run();
    List<Op> operations = new ArrayList<>();
    operations.add(built.op());
    operations.addAll(training.updates());
    return new SessionCalls.Step(
        objective.cost(),
        predictions,
        operations,
        built.learningRate(),
        Optional.of(globalStep),
        weights);
  }

  /** Any examples can have weights. */
  @Override
  public void requireWeights(boolean perOutput) {}

  @Override
  public void requireTrainable() {
    if (step.isEmpty()) {
      throw new IllegalStateException(
          "there is nothing to train: all layers that the loss depends on are frozen or have no"
              + " variables");
    }
  }

  @Override
  public Stepped train(
      TrainingBatch batch, long number, double learningRate, boolean withPredictions) {
    return calls.train(step.orElseThrow(), batch, number, learningRate, withPredictions);
  }

  @Override
  public List<float[]> predict(int batch, List<float[]> inputs) {
    return calls.predict(batch, inputs);
  }

  @Override
  public float[] layerOutput(String layer, ExampleBatch batch) {
    if (!inference.hasNodeOutput(layer)) {
      throw new IllegalArgumentException(
          "layer must be one that is computed as described: a rewrite leaves out %s (take a layer after it, or create the model with ModelOptions.defaults().literalGraph())"
              .formatted(layer));
    }
    return calls.fetch(inference.nodeOutput(layer), batch);
  }

  @Override
  public Judged judge(ExampleBatch batch) {
    return calls.judge(batch);
  }

  @Override
  public PreparedRun prepare() {
    return calls.prepare();
  }

  @Override
  public int inferenceBatch() {
    return InferenceBatch.of(network);
  }

  @Override
  public VariableValues variables() {
    return variables;
  }

  @Override
  public Graph graph() {
    return nativeGraph.graph();
  }

  @Override
  public Session session() {
    return calls.session();
  }

  @Override
  public void close() {
    nativeGraph.close();
  }
}
