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
 * The model builder's network in a graph of one's own, for a TensorFlow Java project that wants
 * layers and nothing else: {@link OwnGraphNet} is the graph, this is the loop that trains it, once
 * with an optimizer of TensorFlow's framework and once with this library's Adam.
 */
@Command(
    name = "OwnGraph",
    description = "a network of the model builder in a graph and a training loop of one's own")
public final class OwnGraph extends Example {
  /** What the options are unless told otherwise: seconds on the bundled digits. */
  static final TrainingSettings DEFAULTS = new TrainingSettings(5, 50, 0.002f, 0.8f, 777);

  /** Of framework's optimizer; --learning-rate is Adam's. */
  static final float MOMENTUM_RATE = 0.01f;

  static final float MOMENTUM = 0.9f;
  private static final int TEST_BATCH_SIZE = 500;

  @Mixin private DataOptions data = new DataOptions();
  @Mixin private TrainingOptions training = new TrainingOptions(DEFAULTS);

  /**
   * What a training came to.
   *
   * @param costs the mean loss of each epoch's steps
   * @param correct how many test images were told rightly
   * @param tested how many test images there were
   */
  record Outcome(List<Double> costs, int correct, int tested) {
    Outcome {
      costs = List.copyOf(costs);
    }

    double accuracy() {
      return (double) correct / tested;
    }
  }

  /** Adds to a graph the operation that trains these variables by one step. */
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

  /** Trains and tests with framework's gradient descent with momentum; prints what it comes to. */
  static Outcome trainWithFramework(Console console, DataSets sets, TrainingSettings settings) {
    console.print("Momentum, of TensorFlow's framework:");
    return train(console, sets, settings, OwnGraph::momentumStep);
  }

  /** Trains and tests with this library's Adam; prints what it comes to. */
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
   * A step of framework's Momentum. Two things must be seen to:
   *
   * <ul>
   *   <li>Its {@code minimize(loss)} would ask for the gradient of every variable in the graph, and
   *       fail with "unreachable" where the loss does not depend on one: on batch norm's
   *       statistics, on the metric's count. So the gradients are asked for here, for the variables
   *       that are trained.
   *   <li>It names its state after the variable, and refuses the slash that every variable in a
   *       name scope has in its name, as the network's have. So it is given a reference to the
   *       variable, under a name without.
   * </ul>
   */
  private static Op momentumStep(
      Graph graph, Operand<TFloat32> loss, List<Variable<TFloat32>> variables) {
    Output<?>[] by = variables.stream().map(Variable::asOutput).toArray(Output<?>[]::new);
    Output<?>[] gradients = graph.addGradients(loss.asOutput(), by);
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

  /** Trains and tests; one seed gives the same digits, whatever graph was there before. */
  static Outcome train(
      Console console, DataSets sets, TrainingSettings settings, Training training) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      OwnGraphNet net = OwnGraphNet.build(graph, sets.train(), settings);
      Op step = training.step(graph, net.loss(), net.trainable());
      // Only now: the optimizer has added variables, and they must be initialised, too.
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

  /** One step; returns the loss before it. Every tensor is closed here, by whoever opened it. */
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
      // Without these, batch norm would go by its first statistics when the network is tested.
      net.updates().forEach(runner::addTarget);
      try (Result result = runner.run()) {
        return ((TFloat32) result.get(0)).getFloat();
      }
    }
  }

  /** In a run of its own: fetched together with a step, it could be read before or after it. */
  private static float trainingHits(Session session, OwnGraphNet net) {
    try (Result result = session.runner().fetch(net.trainingHits()).run()) {
      // The tensor is the variable's own memory: what is kept must be copied.
      return ((TFloat32) result.get(0)).getFloat();
    }
  }

  /** Counts in batches, so that memory stays small and a short last batch counts as it should. */
  private static int test(Session session, OwnGraphNet net, DataSet images) {
    int correct = 0;
    for (int from = 0; from < images.size(); from += TEST_BATCH_SIZE) {
      Batch batch = images.batch(from, Math.min(from + TEST_BATCH_SIZE, images.size()));
      // No step is fed: in the application for inference there is no dropout.
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

  /** The flat array goes into the tensor in one piece; a nested one would cost more than a step. */
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
