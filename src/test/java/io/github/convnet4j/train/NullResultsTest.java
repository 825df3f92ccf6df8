package io.github.convnet4j.train;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.optimizer.Optimizers.sgd;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.convnet4j.data.ExampleSet;
import io.github.convnet4j.evaluate.Metric;
import io.github.convnet4j.initializer.Initializer;
import io.github.convnet4j.initializer.OpSeed;
import io.github.convnet4j.loss.Loss;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.optimizer.Optimizer;
import io.github.convnet4j.optimizer.TrainingStep;
import io.github.convnet4j.task.Task;
import io.github.convnet4j.task.Tasks;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** A part of the user's own that returns null is named, with the method that returned it. */
class NullResultsTest {
  private record NoValues() implements Initializer {
    @Override
    public String kind() {
      return "no_values";
    }

    @Override
    public Operand<TFloat32> values(Ops tf, Shape shape, Supplier<OpSeed> seeds) {
      return null;
    }
  }

  private record NoStep(double learningRate) implements Optimizer {
    @Override
    public TrainingStep apply(
        Graph graph,
        List<Variable<TFloat32>> variables,
        List<? extends Operand<TFloat32>> gradients) {
      return null;
    }
  }

  private record NoTally(String name) implements Metric {
    @Override
    public Tally tally(Shape prediction, Shape target) {
      return null;
    }
  }

  /** A task that returns null from one method. */
  private record Lacking(String method) implements Task<Double> {
    @Override
    public Class<Double> predictionType() {
      return Double.class;
    }

    @Override
    public Loss loss() {
      return method.equals("loss") ? null : Losses.meanSquaredError();
    }

    @Override
    public Shape targetShape(Shape output) {
      return method.equals("targetShape") ? null : output;
    }

    @Override
    public List<Metric> metrics(Shape output) {
      return method.equals("metrics") ? null : List.of();
    }

    @Override
    public Double prediction(float[] values, Shape output) {
      return 0.0;
    }
  }

  private static final Network NETWORK = Network.of(Shape.of(3), dense(1));

  private static final ExampleSet EXAMPLES =
      ExampleSet.builder().input("in", new float[6], 3).target("out", new float[2], 1).build();

  private static void train(Network network, Task<?> task, Optimizer optimizer, Metric... more) {
    try (Model<?> model = Model.of(network, task, optimizer)) {
      model.fit(EXAMPLES, FitOptions.epochs(1).metrics(more));
    }
  }

  static Stream<Arguments> parts() {
    Network initialized =
        Network.of(Shape.of(3), dense(1).kernelInitializer(new NoValues()).name("last"));
    Network normalized = Network.of(Shape.of(3), batchNorm(), dense(1));
    NoStep noStep = new NoStep(0.125);
    return Stream.of(
        arguments("last/kernel", "values", (Runnable) () -> train(initialized, task(), sgd(0.1))),
        arguments("0.125", "apply", (Runnable) () -> train(NETWORK, task(), noStep)),
        arguments("0.125", "apply", (Runnable) () -> train(normalized, task(), noStep)),
        arguments(
            "own", "tally", (Runnable) () -> train(NETWORK, task(), sgd(0.1), new NoTally("own"))),
        lacking("loss"),
        lacking("targetShape"),
        lacking("metrics"));
  }

  private static Task<?> task() {
    return Tasks.regression("number");
  }

  private static Arguments lacking(String method) {
    return arguments(
        "Lacking", method, (Runnable) () -> train(NETWORK, new Lacking(method), sgd(0.1)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("parts")
  void theirMethodsAreNamed(String owner, String method, Runnable run) {
    String message = assertThrows(IllegalArgumentException.class, run::run).getMessage();
    assertTrue(message.contains(owner) && message.contains(method), message);
    assertTrue(message.contains("null"), message);
  }
}
