package io.github.convnet4j.train;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.train.SessionCalls.Fed;
import io.github.convnet4j.train.SessionCalls.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * A graph that you built with TensorFlow's operations, for {@link Model#over}: it is then trained,
 * evaluated, saved and resumed like a network of the model builder.
 *
 * <pre>{@code
 * try (Graph graph = new Graph()) {
 *   Ops tf = Ops.create(graph);
 *   Placeholder<TFloat32> x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 64)));
 *   Placeholder<TFloat32> y = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 1)));
 *   Variable<TFloat32> w = tf.variable(tf.random.truncatedNormal(…));
 *   Operand<TFloat32> output = tf.linalg.matMul(x, w);
 *   UserGraph mine =
 *       UserGraph.builder(graph)
 *           .input("x", x)
 *           .target("y", y)
 *           .predictions("y", output)
 *           .loss(tf.math.mean(tf.math.squaredDifference(output, y), tf.constant(new int[] {0, 1})))
 *           .variable("w", w)
 *           .build();
 *   try (Model<float[]> model = Model.over(mine, regression(), adam(0.001))) {
 *     model.fit(train, epochs(10), Checkpoints.everyEpoch(folder));
 *   }
 * }
 * }</pre>
 *
 * <p>Immutable. The graph and its operands belong to the caller, who closes the graph after the
 * model.
 */
public final class UserGraph {
  private final Graph graph;
  private final Optional<Session> session;
  private final Map<String, Operand<TFloat32>> inputs;
  private final Map<String, Operand<TFloat32>> targets;
  private final Map<String, Operand<TFloat32>> predictions;
  private final Map<String, Operand<TFloat32>> inferencePredictions;
  private final Operand<TFloat32> loss;
  private final Operand<TFloat32> inferenceLoss;
  private final Map<String, Variable<TFloat32>> trained;
  private final Map<String, Variable<TFloat32>> statistics;
  private final List<Op> updates;
  private final List<SessionCalls.Switch> switches;
  private final Optional<Operand<TInt64>> step;
  private final Optional<Operand<TFloat32>> weights;

  private UserGraph(Builder from) {
    graph = from.graph;
    session = from.session;
    inputs = new LinkedHashMap<>(from.inputs);
    targets = new LinkedHashMap<>(from.targets);
    predictions = new LinkedHashMap<>(from.predictions);
    inferencePredictions =
        new LinkedHashMap<>(
            from.inferencePredictions.isEmpty() ? predictions : from.inferencePredictions);
    loss = from.loss.orElseThrow();
    inferenceLoss = from.inferenceLoss.orElse(loss);
    trained = new LinkedHashMap<>(from.trained);
    statistics = new LinkedHashMap<>(from.statistics);
    updates = List.copyOf(from.updates);
    switches = List.copyOf(from.switches);
    step = from.step;
    weights = from.weights;
  }

  /** Returns a builder for a graph, to which the parts of the graph are added. */
  public static Builder builder(Graph graph) {
    return new Builder(requireNonNull(graph, "graph"));
  }

  /** Collects the parts of a {@link UserGraph}. Not safe for several threads. */
  public static final class Builder {
    private final Graph graph;
    private final Map<String, Operand<TFloat32>> inputs = new LinkedHashMap<>();
    private final Map<String, Operand<TFloat32>> targets = new LinkedHashMap<>();
    private final Map<String, Operand<TFloat32>> predictions = new LinkedHashMap<>();
    private final Map<String, Operand<TFloat32>> inferencePredictions = new LinkedHashMap<>();
    private final Map<String, Variable<TFloat32>> trained = new LinkedHashMap<>();
    private final Map<String, Variable<TFloat32>> statistics = new LinkedHashMap<>();
    private final List<Op> updates = new ArrayList<>();
    private final List<SessionCalls.Switch> switches = new ArrayList<>();
    private Optional<Operand<TFloat32>> loss = Optional.empty();
    private Optional<Operand<TFloat32>> inferenceLoss = Optional.empty();
    private Optional<Session> session = Optional.empty();
    private Optional<Operand<TInt64>> step = Optional.empty();
    private Optional<Operand<TFloat32>> weights = Optional.empty();

    private Builder(Graph graph) {
      this.graph = graph;
    }

    /**
     * Uses a session of yours, with the variables as they are in it. It is not closed. Without
     * this, the model opens a session of its own, in which the variables have their initial values.
     */
    public Builder session(Session yours) {
      session = Optional.of(yours);
      return this;
    }

    /**
     * Adds an input. The examples have their inputs in the order in which they are added here.
     *
     * @param placeholder {@code [batch, …]}, with an unknown batch size and all other sizes known
     */
    public Builder input(String name, Operand<TFloat32> placeholder) {
      return example(inputs, name, placeholder);
    }

    /**
     * Adds a target; its name is that of a prediction.
     *
     * @param placeholder {@code [batch, …]}
     */
    public Builder target(String name, Operand<TFloat32> placeholder) {
      return example(targets, name, placeholder);
    }

    /**
     * Adds predictions, as the task takes them: probabilities for a classification.
     *
     * @param values {@code [batch, …]}
     */
    public Builder predictions(String name, Operand<TFloat32> values) {
      return example(predictions, name, values);
    }

    /**
     * Adds the predictions outside training, for a graph that computes them in another way there,
     * as a {@link io.github.convnet4j.model.NetworkInGraph} does in inference mode. Those added by
     * {@link #predictions} then only serve the metrics of the training examples.
     *
     * @param values {@code [batch, …]}
     */
    public Builder inferencePredictions(String name, Operand<TFloat32> values) {
      return example(inferencePredictions, name, values);
    }

    /**
     * Sets the loss outside training, computed from the {@link #inferencePredictions}.
     *
     * @param mean the mean of the batch, a scalar
     */
    public Builder inferenceLoss(Operand<TFloat32> mean) {
      inferenceLoss = Optional.of(checkedLoss("inferenceLoss", mean));
      return this;
    }

    private Builder example(
        Map<String, Operand<TFloat32>> operands, String name, Operand<TFloat32> operand) {
      checkOwned(name, operand);
      Shape shape = operand.shape();
      boolean known =
          !shape.isUnknown()
              && shape.numDimensions() > 0
              && shape.get(0) == Shape.UNKNOWN_SIZE
              && !shape.tail().hasUnknownDimension();
      if (!known) {
        throw new IllegalArgumentException(
            "%s must have the shape [batch, …], with an unknown batch size and all other sizes known: it has %s"
                .formatted(name, shape));
      }
      return add(operands, name, operand);
    }

    /**
     * Sets what is minimized, and reported as the loss; the loss of the task is not used.
     *
     * @param mean the mean of the batch, a scalar
     */
    public Builder loss(Operand<TFloat32> mean) {
      loss = Optional.of(checkedLoss("loss", mean));
      return this;
    }

    private Operand<TFloat32> checkedLoss(String name, Operand<TFloat32> mean) {
      checkOwned(name, mean);
      if (!mean.shape().isScalar()) {
        throw new IllegalArgumentException(
            "%s must be a scalar, the mean of the batch: its shape is %s"
                .formatted(name, mean.shape()));
      }
      return mean;
    }

    /** Adds a variable that is trained, and saved under this name. */
    public Builder variable(String name, Variable<TFloat32> variable) {
      checkOwned(name, variable);
      return add(trained, name, variable);
    }

    /** Adds a variable that is saved under this name, but not trained, such as a moving average. */
    public Builder statistic(String name, Variable<TFloat32> variable) {
      checkOwned(name, variable);
      return add(statistics, name, variable);
    }

    private <T> Builder add(Map<String, T> known, String name, T added) {
      if (known.putIfAbsent(name, added) != null) {
        throw new IllegalArgumentException("name must be unique, but was added before: " + name);
      }
      return this;
    }

    /** Adds an operation that runs with each training step. */
    public Builder update(Op operation) {
      updates.add(requireNonNull(operation, "operation"));
      return this;
    }

    /**
     * Adds a placeholder, a scalar, with one value in training and another one in evaluation and
     * prediction, for example the rate of dropout.
     */
    public Builder whenTraining(Operand<TFloat32> placeholder, double training, double otherwise) {
      checkOwned("placeholder", placeholder);
      switches.add(new SessionCalls.Switch(placeholder, training, otherwise));
      return this;
    }

    /** Sets a placeholder, a scalar, that is fed with the number of training steps done before. */
    public Builder step(Operand<TInt64> placeholder) {
      checkOwned("step", placeholder);
      step = Optional.of(placeholder);
      return this;
    }

    /**
     * Sets a placeholder, {@code [batch]}, that is fed with the weights of the examples: those of
     * {@link io.github.convnet4j.data.Source#weights} times those of {@link
     * FitOptions#classWeights}, or 1 for each example, as in evaluation. The loss of the graph must
     * multiply the examples' losses by it; the predictions must not depend on it.
     */
    public Builder weights(Operand<TFloat32> placeholder) {
      checkOwned("weights", placeholder);
      Shape shape = placeholder.shape();
      if (!shape.isUnknown() && !shape.isCompatibleWith(Shape.of(Shape.UNKNOWN_SIZE))) {
        throw new IllegalArgumentException(
            "weights must have the shape [batch], a weight for each example: it has " + shape);
      }
      weights = Optional.of(placeholder);
      return this;
    }

    /** An operand of another graph would crash the process. */
    private void checkOwned(String name, Operand<?> operand) {
      if (operand.env() != graph) {
        throw new IllegalArgumentException(
            "%s must be an operand of the graph: it belongs to another one".formatted(name));
      }
    }

    /**
     * Returns the description.
     *
     * @throws IllegalArgumentException if there is no input, loss or variable, or if there is not a
     *     target for each of the predictions
     */
    public UserGraph build() {
      if (inputs.isEmpty() || loss.isEmpty() || trained.isEmpty()) {
        throw new IllegalArgumentException(
            "graph must have at least an input, a loss and a variable: it has the inputs %s, %s loss and the variables %s"
                .formatted(inputs.keySet(), loss.isPresent() ? "a" : "no", trained.keySet()));
      }
      List<String> outputs = List.copyOf(predictions.keySet());
      if (outputs.isEmpty() || !List.copyOf(targets.keySet()).equals(outputs)) {
        throw new IllegalArgumentException(
            "graph must have a target for each of the predictions %s, at least one, in the same order: it has %s"
                .formatted(outputs, targets.keySet()));
      }
      if (inferencePredictions.isEmpty() == inferenceLoss.isPresent()
          || !(inferencePredictions.isEmpty()
              || shapes(inferencePredictions).equals(shapes(predictions)))) {
        throw new IllegalArgumentException(
            "graph must have inferencePredictions with the names and shapes of the predictions, %s, and an inferenceLoss, or neither: it has the predictions %s and %s loss"
                .formatted(
                    shapes(predictions),
                    shapes(inferencePredictions),
                    inferenceLoss.isPresent() ? "a" : "no"));
      }
      return new UserGraph(this);
    }
  }

  Graph graph() {
    return graph;
  }

  Optional<Session> session() {
    return session;
  }

  /** Returns the shapes of the inputs of one example. */
  Map<String, Shape> inputs() {
    return shapes(inputs);
  }

  /** Returns the shapes of the predictions of one example. */
  Map<String, Shape> outputs() {
    return shapes(predictions);
  }

  private static Map<String, Shape> shapes(Map<String, Operand<TFloat32>> operands) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    operands.forEach((name, operand) -> shapes.put(name, operand.shape().tail()));
    return shapes;
  }

  /** Checks that the targets are those of the tasks. */
  void check(Heads<?> heads) {
    List<Shape> shapes = List.copyOf(shapes(targets).values());
    if (!shapes.equals(heads.targets())) {
      throw new IllegalArgumentException(
          "graph must have targets of shapes %s, for the task: they have %s"
              .formatted(heads.targets(), shapes));
    }
  }

  /** Returns the calls of a session of this graph. */
  SessionCalls calls(Session of, Heads<?> heads, Lock reading) {
    return new SessionCalls(
        of,
        new Fed(List.copyOf(inputs.values()), List.copyOf(inputs().values())),
        new Fed(List.copyOf(targets.values()), heads.targets()),
        new Results(
            List.copyOf(inferencePredictions.values()),
            heads.outputs(),
            List.of(inferenceLoss),
            List.of(1.0)),
        switches,
        weights,
        reading);
  }

  /**
   * Writes a SavedModel of the graph.
   *
   * @param of the session with the values of the variables
   * @param values the same values by name
   * @param assets say what the outputs mean
   */
  void export(Path folder, Session of, VariableValues values, ExportAssets assets)
      throws IOException {
    ExportSignature signature = ExportSignature.ofDefault();
    inputs.forEach(signature::input);
    switches.forEach(
        other -> signature.input(other.placeholder().op().name(), other.placeholder()));
    inferencePredictions.forEach(signature::output);
    Export.write(folder, of, variables(), signature, assets, values);
  }

  /** Returns all variables by name. */
  Map<String, Variable<TFloat32>> variables() {
    Map<String, Variable<TFloat32>> all = new LinkedHashMap<>(trained);
    all.putAll(statistics);
    return all;
  }

  List<Variable<TFloat32>> trained() {
    return List.copyOf(trained.values());
  }

  Operand<TFloat32> loss() {
    return loss;
  }

  List<Op> updates() {
    return updates;
  }

  /** Returns the predictions in training. */
  List<Operand<TFloat32>> predictions() {
    return List.copyOf(predictions.values());
  }

  Optional<Operand<TInt64>> step() {
    return step;
  }

  Optional<Operand<TFloat32>> weights() {
    return weights;
  }
}
