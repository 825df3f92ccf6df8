package io.github.convnet4j.examples;

import io.github.convnet4j.data.Batch;
import io.github.convnet4j.data.Batches;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.optimizer.Optimizers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.framework.optimizers.Momentum;
import org.tensorflow.framework.optimizers.Optimizer.GradAndVar;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * A network of the model builder in your own graph, for a TensorFlow Java project that needs only
 * layers. {@link OwnGraphNet} is the graph. This class is the loop that trains it, once with an
 * optimizer of TensorFlow's framework and once with this library's Adam.
 */
@Command(
    name = "OwnGraph",
    description = "a network of the model builder in your own graph and training loop")
public final class OwnGraph extends Example {
  /** The defaults of the options; they train on the bundled digits in seconds. */
  static final TrainingSettings DEFAULTS = new TrainingSettings(5, 50, 0.002, 0.8f, 777);

  /** The learning rate of the framework's optimizer; --learning-rate is Adam's. */
  static final float MOMENTUM_RATE = 0.01f;

  static final float MOMENTUM = 0.9f;
  private static final int TEST_BATCH_SIZE = 500;

  @Mixin private DataOptions data = new DataOptions();
  @Mixin private TrainingOptions training = new TrainingOptions(DEFAULTS);

  /**
   * The result of a training run.
   *
   * @param costs the mean loss of each epoch's steps
   * @param correct the number of correctly classified test images
   * @param tested the number of test images
   */
  record Outcome(List<Double> costs, int correct, int tested) {
    Outcome {
      costs = List.copyOf(costs);
    }

    double accuracy() {
      return (double) correct / tested;
    }
  }

  /** Adds the operation to a graph that trains these variables by one step. */
  @FunctionalInterface
  interface Training {
    Op step(Graph graph, Operand<TFloat32> loss, List<Variable<TFloat32>> variables);
  }

  public static void main(String[] args) {
    new OwnGraph().launch(args);
  }

  @Override
  Runnable prepare(Console console) {
    TrainingSettings settings = training.settings();
    DataSets sets = data.read(console);
    settings.stepsPerEpoch(sets.train());
    return () -> {
      trainWithFramework(console, sets, settings);
      trainWithAdam(console, sets, settings);
    };
  }

  /** Trains and tests with the framework's gradient descent with momentum; prints the result. */
  static Outcome trainWithFramework(Console console, DataSets sets, TrainingSettings settings) {
    console.print("Momentum, of TensorFlow's framework:");
    return train(console, sets, settings, OwnGraph::momentumStep);
  }

  /** Trains and tests with this library's Adam; prints the result. */
  static Outcome trainWithAdam(Console console, DataSets sets, TrainingSettings settings) {
    console.print("Adam, of convnet4j:");
    return train(
        console,
        sets,
        settings,
        (graph, loss, variables) ->
            Optimizers.adam(settings.learningRate()).minimize(graph, loss, variables).op());
  }

  /**
   * Returns a step of the framework's Momentum. It needs two workarounds:
   *
   * <ul>
   *   <li>Its {@code minimize(loss)} computes the gradient of every variable in the graph, and
   *       fails with "unreachable" for those that the loss does not depend on: the statistics of
   *       batch normalization and the metric's count. So the gradients are computed here, only for
   *       the variables that are trained.
   *   <li>It names its state after the variable, and refuses a slash in the name. Every variable in
   *       a name scope has one, and so have the network's. So it gets a reference to the variable
   *       under a name without slashes.
   * </ul>
   */
  private static Op momentumStep(
      Graph graph, Operand<TFloat32> loss, List<Variable<TFloat32>> variables) {
    Output<?>[] outputs = variables.stream().map(Variable::asOutput).toArray(Output<?>[]::new);
    Output<?>[] gradients = graph.addGradients(loss.asOutput(), outputs);
    Ops tf = Ops.create(graph);
    List<GradAndVar<?>> pairs = new ArrayList<>();
    for (int i = 0; i < gradients.length; i++) {
      Variable<TFloat32> variable = variables.get(i);
      Operand<TFloat32> reference =
          tf.withName("trained." + variable.op().name().replace('/', '.')).refIdentity(variable);
      pairs.add(new GradAndVar<>(gradients[i].expect(TFloat32.class), reference.asOutput()));
    }
    return new Momentum(graph, MOMENTUM_RATE, MOMENTUM).applyGradients(pairs, "momentum_step");
  }

  /** Trains and tests; the same seed gives the same numbers, whatever graphs were built before. */
  static Outcome train(
      Console console, DataSets sets, TrainingSettings settings, Training training) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      OwnGraphNet net = OwnGraphNet.build(graph, sets.train(), settings);
      Op step = training.step(graph, net.loss(), net.trainable());
      // Not earlier: the optimizer has added variables, which must be initialized, too.
      session.initialize();

      List<Double> costs = new ArrayList<>();
      Batches batches = sets.train().batches(settings.seed());
      int steps = settings.stepsPerEpoch(sets.train());
      float hitsBefore = 0;
      for (int epoch = 0; epoch < settings.epochs(); epoch++) {
        double cost = 0;
        for (int i = 0; i < steps; i++) {
          Batch batch = batches.nextBatch(settings.batchSize());
          cost += trainStep(session, net, step, batch, (long) epoch * steps + i) / steps;
          console.progress("Epoch " + (epoch + 1), i + 1, steps);
        }
        costs.add(cost);
        float hits = trainingHits(session, net);
        float accuracy = (hits - hitsBefore) / (steps * settings.batchSize());
        hitsBefore = hits;
        console.print(
            String.format(
                Locale.ROOT,
                "Epoch: %04d cost = %.6f training accuracy = %.4f",
                epoch + 1,
                cost,
                accuracy));
      }
      Outcome outcome = new Outcome(costs, test(session, net, sets.test()), sets.test().size());
      console.print(String.format(Locale.ROOT, "Test accuracy: %.4f", outcome.accuracy()));
      return outcome;
    }
  }

  /** Runs one step, and returns the loss before it. Closes every tensor that it opens. */
  private static double trainStep(
      Session session, OwnGraphNet net, Op step, Batch batch, long number) {
    try (TFloat32 pixels = pixels(net, batch);
        TFloat32 labels = labels(batch);
        TInt64 at = TInt64.scalarOf(number)) {
      Session.Runner runner =
          session
              .runner()
              .feed(net.pixels(), pixels)
              .feed(net.labels(), labels)
              .feed(net.step(), at)
              .fetch(net.loss())
              .addTarget(step);
      // Without these, batch normalization would use its initial statistics in testing.
      net.updates().forEach(runner::addTarget);
      try (Result result = runner.run()) {
        return ((TFloat32) result.get(0)).getFloat();
      }
    }
  }

  /** A separate run: fetched together with a step, the count could be read before or after it. */
  private static float trainingHits(Session session, OwnGraphNet net) {
    try (Result result = session.runner().fetch(net.trainingHits()).run()) {
      // The tensor shares the variable's memory: copy what must be kept.
      return ((TFloat32) result.get(0)).getFloat();
    }
  }

  /**
   * Counts hits in batches, so that memory use stays small and a short last batch is weighted
   * correctly.
   */
  private static int test(Session session, OwnGraphNet net, DataSet images) {
    int correct = 0;
    for (int from = 0; from < images.size(); from += TEST_BATCH_SIZE) {
      Batch batch = images.batch(from, Math.min(from + TEST_BATCH_SIZE, images.size()));
      // No step is fed: there is no dropout in inference.
      try (TFloat32 pixels = pixels(net, batch);
          TFloat32 labels = labels(batch);
          Result result =
              session
                  .runner()
                  .feed(net.pixels(), pixels)
                  .feed(net.labels(), labels)
                  .fetch(net.hits())
                  .run()) {
        correct += (int) ((TFloat32) result.get(0)).getFloat();
      }
    }
    return correct;
  }

  /** Copies the flat array at once; copying a nested one would take longer than a step. */
  private static TFloat32 pixels(OwnGraphNet net, Batch batch) {
    Shape image = net.pixels().shape().tail();
    return TFloat32.tensorOf(image.prepend(batch.size()), DataBuffers.of(batch.images()));
  }

  private static TFloat32 labels(Batch batch) {
    return TFloat32.tensorOf(
        Shape.of(batch.size(), batch.labels().length / batch.size()),
        DataBuffers.of(batch.labels()));
  }
}
