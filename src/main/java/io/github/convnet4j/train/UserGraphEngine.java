package io.github.convnet4j.train;

import io.github.convnet4j.data.ExampleBatch;
import io.github.convnet4j.natives.GraphOps;
import io.github.convnet4j.natives.NativeGraph;
import io.github.convnet4j.optimizer.Gradients;
import io.github.convnet4j.optimizer.Optimizer;
import io.github.convnet4j.optimizer.TrainingStep;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** Runs a graph that a user built. */
final class UserGraphEngine implements Engine {
  private static final int INFERENCE_BATCH = 100;

  private final UserGraph graph;
  private final Optimizer optimizer;
  private final Optional<NativeGraph> opened;
  private final SessionCalls calls;
  private final VariableValues variables;

  /** As in {@link NetworkEngine}. */
  private final ReentrantReadWriteLock building = new ReentrantReadWriteLock();

  private volatile Optional<SessionCalls.Step> step = Optional.empty();

  UserGraphEngine(UserGraph graph, Heads<?> heads, Optimizer optimizer, ModelOptions options) {
    this.graph = graph;
    this.optimizer = optimizer;
    this.opened =
        graph.session().isPresent()
            ? Optional.empty()
            : Optional.of(
                NativeGraph.over(graph.graph(), SessionSettings.config(options.session())));
    try {
      Session session = graph.session().orElseGet(() -> opened.orElseThrow().session());
      this.calls = graph.calls(session, heads, building.readLock());
      this.variables = new VariableValues(GraphOps.of(graph.graph()), session, graph.variables());
      session.initialize();
    } catch (RuntimeException | Error e) {
      opened.ifPresent(NativeGraph::close);
      throw e;
    }
  }

  @Override
  public void prepareTraining(boolean weighted) {
    building.writeLock().lock();
    try {
      if (step.isEmpty()) {
        step = Optional.of(addTraining());
      }
    } finally {
      building.writeLock().unlock();
    }
  }

  private SessionCalls.Step addTraining() {
    Ops tf = GraphOps.of(graph.graph());
    List<Variable<TFloat32>> trained = graph.trained();
    TrainingStep built =
        optimizer.apply(
            graph.graph(),
            trained,
            afterReads(tf, Gradients.of(graph.graph(), graph.loss(), trained)));
    variables.addState(tf, built.state());
    calls.session().initialize();
    List<Op> operations = new ArrayList<>();
    operations.add(built.op());
    operations.addAll(graph.updates());
    return new SessionCalls.Step(
        graph.loss(),
        graph.predictions(),
        operations,
        built.learningRate(),
        graph.step(),
        graph.weights().stream().toList());
  }

  /** Updates and predictions may read variables, so they run before the optimizer changes them. */
  private List<Operand<TFloat32>> afterReads(Ops tf, List<? extends Operand<TFloat32>> gradients) {
    List<Op> reads = new ArrayList<>(graph.updates());
    reads.addAll(graph.predictions());
    Ops after = tf.withControlDependencies(List.of(tf.withControlDependencies(reads).noOp()));
    return gradients.stream().<Operand<TFloat32>>map(after::identity).toList();
  }

  /** The graph has variables, and the gradients of the loss exist for all of them. */
  @Override
  public void requireTrainable() {}

  @Override
  public void requireWeights(boolean perOutput) {
    if (graph.weights().isEmpty()) {
      throw new IllegalArgumentException(
          "examples have weights, or classWeights were given, but the graph has no placeholder for"
              + " them: add one with UserGraph.Builder.weights, and multiply the losses by it");
    }
    if (perOutput && graph.predictions().size() > 1) {
      throw new IllegalArgumentException(
          "classWeights need a graph with one output, because its weights are those of whole"
              + " examples: it has "
              + graph.outputs().keySet());
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

  /** The graph has one loss, whatever the number of its predictions. */
  @Override
  public float[] layerOutput(String layer, ExampleBatch batch) {
    throw new IllegalStateException(
        "the model is over a graph of your own, which has no layers: " + layer);
  }

  @Override
  public Judged judge(ExampleBatch batch) {
    Judged judged = calls.judge(batch);
    return new Judged(
        judged.loss(),
        Collections.nCopies(graph.predictions().size(), judged.loss()),
        judged.predictions());
  }

  @Override
  public PreparedRun prepare() {
    return calls.prepare();
  }

  @Override
  public int inferenceBatch() {
    return INFERENCE_BATCH;
  }

  @Override
  public VariableValues variables() {
    return variables;
  }

  @Override
  public Graph graph() {
    return graph.graph();
  }

  @Override
  public Session session() {
    return calls.session();
  }

  @Override
  public void close() {
    opened.ifPresent(NativeGraph::close);
  }
}
