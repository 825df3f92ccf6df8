package io.github.convnet4j.classifier;

import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.loss.Loss;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.model.Applied;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.NetworkInGraph;
import io.github.convnet4j.natives.NativeGraph;
import io.github.convnet4j.optimizer.Optimizer;
import io.github.convnet4j.optimizer.TrainingStep;
import java.util.LinkedHashMap;
import java.util.Map;
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
 * A graph that contains a network once for training and once for inference, with a session. Flat
 * arrays go in and come out. The graph is complete from the start and never changes.
 */
final class Engine implements AutoCloseable {
  /** Prefix of the names of the optimizer's variables; layer names have no colon. */
  private static final String STATE = "state:";

  private final NativeGraph nativeGraph;
  private final Session session;
  private final Shape inputShape;
  private final Shape targetShape;
  private final Placeholder<TFloat32> inputs; // [batch, …]
  private final Placeholder<TFloat32> targets; // [batch, n]
  private final Placeholder<TInt64> globalStep; // a scalar
  private final Operand<TFloat32> trainingOutput; // [batch, n]
  private final Operand<TFloat32> predictions; // [batch, n]
  private final Operand<TFloat32> losses; // [batch]
  private final Applied training;
  private final Objective objective;
  private final VariableValues variables;

  /** The result of a step: the cost and the network's outputs before it, {@code [batch, n]}. */
  @SuppressWarnings("ArrayRecordComponent") // Instances are never compared.
  record Stepped(float cost, float[] outputs) {}

  /** Predictions {@code [batch, n]} and losses {@code [batch]}. */
  @SuppressWarnings("ArrayRecordComponent") // Instances are never compared.
  record Judged(float[] predictions, float[] losses) {}

  /** Builds everything in a new graph and initializes the variables. */
  static Engine build(Network network, Optimizer optimizer, Settings options) {
    return NativeGraph.openFor(opened -> new Engine(opened, network, optimizer, options));
  }

  private Engine(NativeGraph nativeGraph, Network network, Optimizer optimizer, Settings options) {
    this.nativeGraph = nativeGraph;
    inputShape = network.input();
    targetShape = network.output();
    Ops tf = nativeGraph.ops();
    inputs = floats(tf, "inputs", inputShape);
    targets = floats(tf, "targets", targetShape);
    globalStep =
        tf.withName("global_step").placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));

    NetworkInGraph net = network.build(tf, "net", options.seed(), options.rewrites());
    Operand<TFloat32> normalized = NormalizationOps.apply(tf, inputs, options.normalization());
    Loss loss = Losses.checked(options.loss());
    training = net.apply(normalized, Mode.TRAINING, globalStep);
    trainingOutput = training.output();
    objective = Objective.build(nativeGraph.graph(), net, training, targets, loss, optimizer);

    Operand<TFloat32> output = net.apply(normalized, Mode.INFERENCE).output();
    predictions = loss.predictions(tf, output);
    losses = loss.perExample(tf, output, targets);

    Map<String, Variable<TFloat32>> named = new LinkedHashMap<>();
    network.parameters().forEach(p -> named.put(p.name(), net.variable(p.name())));
    objective
        .step()
        .ifPresent(step -> step.state().forEach(v -> named.put(STATE + v.op().name(), v)));
    session = nativeGraph.session();
    variables = new VariableValues(tf, session, named);
    session.initialize();
  }

  private static Placeholder<TFloat32> floats(Ops tf, String name, Shape example) {
    return tf.withName(name)
        .placeholder(TFloat32.class, Placeholder.shape(example.prepend(Shape.UNKNOWN_SIZE)));
  }

  Graph graph() {
    return nativeGraph.graph();
  }

  Session session() {
    return session;
  }

  /** Returns whether there is anything to train. */
  boolean canTrain() {
    return objective.step().isPresent();
  }

  /** Does one training step. */
  Stepped train(
      int batch, float[] inputValues, float[] targetValues, long step, float learningRate) {
    TrainingStep trainingStep =
        objective
            .step()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the network has no trainable variables that the loss depends on"));
    try (TFloat32 in = Tensors.of(inputShape.prepend(batch), inputValues);
        TFloat32 target = Tensors.of(targetShape.prepend(batch), targetValues);
        TInt64 at = TInt64.scalarOf(step);
        TFloat32 rate = TFloat32.scalarOf(learningRate)) {
      Session.Runner runner =
          session
              .runner()
              .feed(inputs, in)
              .feed(targets, target)
              .feed(globalStep, at)
              .feed(trainingStep.learningRate(), rate)
              .fetch(objective.cost())
              .fetch(trainingOutput)
              .addTarget(trainingStep.op());
      training.updates().forEach(runner::addTarget);
      try (Result result = runner.run()) {
        return new Stepped(((TFloat32) result.get(0)).getFloat(), Tensors.floats(result.get(1)));
      }
    }
  }

  /** Prepares a call for one example; the result must be closed. */
  PreparedRun prepare() {
    return new PreparedRun(
        session, inputs, inputShape, predictions, Math.toIntExact(targetShape.size()));
  }

  /** Returns the predictions for a batch, in inference mode, {@code [batch, n]}. */
  float[] predict(int batch, float[] inputValues) {
    try (TFloat32 in = Tensors.of(inputShape.prepend(batch), inputValues);
        Result result = session.runner().feed(inputs, in).fetch(predictions).run()) {
      return Tensors.floats(result.get(0));
    }
  }

  /** Returns the predictions and the losses for a batch, in inference mode. */
  Judged judge(int batch, float[] inputValues, float[] targetValues) {
    try (TFloat32 in = Tensors.of(inputShape.prepend(batch), inputValues);
        TFloat32 target = Tensors.of(targetShape.prepend(batch), targetValues);
        Result result =
            session
                .runner()
                .feed(inputs, in)
                .feed(targets, target)
                .fetch(predictions)
                .fetch(losses)
                .run()) {
      return new Judged(Tensors.floats(result.get(0)), Tensors.floats(result.get(1)));
    }
  }

  /** The network's variables and the optimizer's state, by name. */
  VariableValues variables() {
    return variables;
  }

  @Override
  public void close() {
    nativeGraph.close();
  }
}
