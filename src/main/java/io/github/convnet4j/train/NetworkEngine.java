package io.github.convnet4j.train;

import io.github.convnet4j.data.ExampleBatch;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.loss.Loss;
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
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * A graph that contains a network for inference, with a session. The network is added a second
 * time, for training, when it is first trained.
 */
final class NetworkEngine implements Engine {
  /** Prefix of the names of the optimizer's variables; layer names have no colon. */
  private static final String STATE = "state:";

  private final NativeGraph nativeGraph;
  private final Session session;
  private final Network network;
  private final Heads<?> heads;
  private final Optimizer optimizer;
  private final List<Shape> inputShapes;
  private final NetworkInGraph net;
  private final List<Placeholder<TFloat32>> inputs = new ArrayList<>(); // [batch, …] each
  private final List<Placeholder<TFloat32>> targets = new ArrayList<>(); // [batch, …] each
  private final List<Operand<TFloat32>> networkInputs; // normalized
  private final List<Operand<TFloat32>> lossTargets = new ArrayList<>();
  private final List<Operand<TFloat32>> predictions = new ArrayList<>(); // [batch, …] each
  private final List<Operand<TFloat32>> losses = new ArrayList<>(); // [batch] each
  private final VariableValues variables;

  /**
   * Held for writing while operations are added. TensorFlow Java initializes new variables in
   * whichever call of the session comes next, so no call may run at that time.
   */
  private final ReentrantReadWriteLock building = new ReentrantReadWriteLock();

  private volatile Optional<Trainable> trainable = Optional.empty();

  /**
   * What training needs.
   *
   * @param predictions for each output, {@code [batch, …]}
   */
  private record Trainable(
      Placeholder<TInt64> globalStep,
      Applied applied,
      List<Operand<TFloat32>> predictions,
      Objective objective) {}

  /** Builds the network in a new graph and initializes its variables. */
  static NetworkEngine build(
      Network network, Heads<?> heads, Optimizer optimizer, ModelOptions options) {
    return NativeGraph.openFor(
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
    Map<String, Shape> named = network.inputs();
    inputShapes = List.copyOf(named.values());
    named.forEach(
        (name, shape) -> inputs.add(floats(tf, named.size() == 1 ? "inputs" : name, shape)));
    for (Head<?> head : heads.all()) {
      targets.add(
          floats(tf, heads.several() ? head.name() + "_targets" : "targets", head.target()));
    }
    net = network.build(tf, "net", options.seed(), options.rewrites());
    networkInputs = options.normalization().applyToImages(tf, inputs);
    Applied applied = net.apply(networkInputs, Mode.INFERENCE);
    for (int i = 0; i < heads.all().size(); i++) {
      Head<?> head = heads.all().get(i);
      Operand<TFloat32> output = applied.output(head.name());
      Loss loss = head.task().loss();
      lossTargets.add(head.task().lossTargets(tf, targets.get(i), head.output()));
      predictions.add(loss.predictions(tf, output));
      losses.add(loss.perExample(tf, output, lossTargets.get(i)));
    }
    session = nativeGraph.session();
    Map<String, Variable<TFloat32>> weights = new LinkedHashMap<>();
    network.parameters().forEach(p -> weights.put(p.name(), net.variable(p.name())));
    variables = new VariableValues(tf, session, weights);
    session.initialize();
  }

  private static Placeholder<TFloat32> floats(Ops tf, String name, Shape example) {
    return tf.withName(name)
        .placeholder(TFloat32.class, Placeholder.shape(example.prepend(Shape.UNKNOWN_SIZE)));
  }

  @Override
  public void prepareTraining() {
    if (trainable.isEmpty()) {
      building.writeLock().lock();
      try {
        trainable = Optional.of(addTraining());
      } finally {
        building.writeLock().unlock();
      }
    }
  }

  @Override
  public void requireTrainable() {
    if (trainable.orElseThrow().objective().step().isEmpty()) {
      throw new IllegalStateException(
          "there is nothing to train: all layers that the loss depends on are frozen or have no"
              + " variables");
    }
  }

  private Trainable addTraining() {
    Ops tf = nativeGraph.ops();
    Placeholder<TInt64> globalStep =
        tf.withName("global_step").placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
    Applied applied = net.apply(networkInputs, Mode.TRAINING, globalStep);
    List<Operand<TFloat32>> outputs = new ArrayList<>();
    List<Operand<TFloat32>> trainingPredictions = new ArrayList<>();
    for (Head<?> head : heads.all()) {
      Operand<TFloat32> output = applied.output(head.name());
      outputs.add(output);
      trainingPredictions.add(head.task().loss().predictions(tf, output));
    }
    Objective objective =
        Objective.build(nativeGraph.graph(), net, applied, heads, outputs, lossTargets, optimizer);
    objective
        .step()
        .ifPresent(
            step -> {
              Map<String, Variable<TFloat32>> state = new LinkedHashMap<>();
              step.state().forEach(v -> state.put(STATE + v.op().name(), v));
              variables.add(tf, state);
            });
    session.initialize();
    return new Trainable(globalStep, applied, trainingPredictions, objective);
  }

  @Override
  public Stepped train(
      ExampleBatch batch, long step, double learningRate, boolean withPredictions) {
    Trainable training = trainable.orElseThrow();
    TrainingStep trainingStep = training.objective().step().orElseThrow();
    try (Fed fed = new Fed(batch.size());
        TInt64 at = TInt64.scalarOf(step);
        TFloat32 rate = TFloat32.scalarOf((float) learningRate)) {
      Session.Runner runner =
          fed.feed(batch.inputs(), batch.targets())
              .feed(training.globalStep(), at)
              .feed(trainingStep.learningRate(), rate)
              .fetch(training.objective().cost())
              .addTarget(trainingStep.op());
      if (withPredictions) {
        training.predictions().forEach(runner::fetch);
      }
      training.applied().updates().forEach(runner::addTarget);
      try (Result result = runner.run()) {
        return new Stepped(
            ((TFloat32) result.get(0)).getFloat(),
            withPredictions ? arrays(result, 1, training.predictions().size()) : List.of());
      }
    }
  }

  /** The tensors of a batch, and a call that they are fed to. */
  private final class Fed implements AutoCloseable {
    private final int batch;
    private final Session.Runner runner = session.runner();
    private final List<TFloat32> tensors = new ArrayList<>();

    Fed(int batch) {
      this.batch = batch;
    }

    Session.Runner feed(List<float[]> inputValues, List<float[]> targetValues) {
      feed(inputs, inputShapes, inputValues);
      feed(targets, heads.targets(), targetValues);
      return runner;
    }

    private void feed(
        List<Placeholder<TFloat32>> placeholders, List<Shape> shapes, List<float[]> values) {
      for (int i = 0; i < values.size(); i++) {
        TFloat32 tensor = Tensors.of(shapes.get(i).prepend(batch), values.get(i));
        tensors.add(tensor);
        runner.feed(placeholders.get(i), tensor);
      }
    }

    @Override
    public void close() {
      tensors.forEach(TFloat32::close);
    }
  }

  private static List<float[]> arrays(Result result, int from, int count) {
    List<float[]> arrays = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      arrays.add(Tensors.floats(result.get(i)));
    }
    return arrays;
  }

  @Override
  public List<float[]> predict(int batch, List<float[]> inputValues) {
    return reading(
        () -> {
          try (Fed fed = new Fed(batch)) {
            Session.Runner runner = fed.feed(inputValues, List.of());
            predictions.forEach(runner::fetch);
            try (Result result = runner.run()) {
              return arrays(result, 0, predictions.size());
            }
          }
        });
  }

  @Override
  public Judged judge(ExampleBatch batch) {
    return reading(
        () -> {
          try (Fed fed = new Fed(batch.size())) {
            Session.Runner runner = fed.feed(batch.inputs(), batch.targets());
            predictions.forEach(runner::fetch);
            losses.forEach(runner::fetch);
            try (Result result = runner.run()) {
              return judged(result);
            }
          }
        });
  }

  private Judged judged(Result result) {
    int n = predictions.size();
    double total = 0;
    List<Double> sums = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (float loss : Tensors.floats(result.get(n + i))) {
        sum += loss;
      }
      sums.add(sum);
      total += heads.all().get(i).of().weight() * sum;
    }
    return new Judged(total, sums, arrays(result, 0, n));
  }

  private <T> T reading(Supplier<T> call) {
    building.readLock().lock();
    try {
      return call.get();
    } finally {
      building.readLock().unlock();
    }
  }

  @Override
  public PreparedRun prepare() {
    return new PreparedRun(
        session, inputs, inputShapes, predictions, heads.outputs(), building.readLock());
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
    return session;
  }

  @Override
  public void close() {
    nativeGraph.close();
  }
}
