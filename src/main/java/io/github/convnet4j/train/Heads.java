package io.github.convnet4j.train;

import io.github.convnet4j.check.Require;
import io.github.convnet4j.data.ExampleBatch;
import io.github.convnet4j.task.Answers;
import io.github.convnet4j.task.MultiTask;
import io.github.convnet4j.task.OutputTask;
import io.github.convnet4j.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.ndarray.Shape;

/**
 * The tasks of a network's outputs, in the network's order.
 *
 * @param <P> type of a prediction for one example
 */
final class Heads<P> {
  private final List<Head<?>> heads;
  private final boolean several;
  private final Class<P> predictionType;
  private final Function<List<float[]>, P> prediction;

  /**
   * The task of one output.
   *
   * @param output shape of the output of one example
   * @param target shape of its target
   */
  record Head<P>(OutputTask<P> of, Shape output, Shape target) {
    private static <P> Head<P> of(OutputTask<P> task, Shape output) {
      String owner = "the task " + task.task();
      Require.result(owner, "loss", task.task().loss());
      return new Head<>(
          task, output, Require.result(owner, "targetShape", task.task().targetShape(output)));
    }

    String name() {
      return of.output();
    }

    Task<P> task() {
      return of.task();
    }

    List<String> classNames() {
      return task().classNames(output);
    }
  }

  /** Returns what the model is for, such as "regression". */
  String title() {
    return several
        ? "several outputs"
        : heads
            .get(0)
            .task()
            .getClass()
            .getSimpleName()
            .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
            .toLowerCase(Locale.ROOT);
  }

  private Heads(
      List<Head<?>> heads,
      boolean several,
      Class<P> predictionType,
      Function<List<float[]>, P> prediction) {
    this.heads = List.copyOf(heads);
    this.several = several;
    this.predictionType = predictionType;
    this.prediction = prediction;
  }

  /** Returns the task of the only output of a network. */
  static <P> Heads<P> of(Map<String, Shape> outputs, Task<P> task) {
    if (outputs.size() != 1) {
      throw new IllegalArgumentException(
          "task must be Tasks.all(…), with one task for each of the network's outputs: "
              + outputs.keySet());
    }
    String name = outputs.keySet().iterator().next();
    Head<P> head = Head.of(new OutputTask<>(name, task, 1), outputs.get(name));
    return new Heads<>(
        List.of(head),
        false,
        task.predictionType(),
        values -> task.prediction(values.get(0), head.output()));
  }

  /** Returns the tasks of all outputs of a network. */
  static Heads<Answers> of(Map<String, Shape> outputs, MultiTask tasks) {
    List<String> named = tasks.outputs().stream().map(OutputTask::output).toList();
    if (!named.containsAll(outputs.keySet()) || named.size() != outputs.size()) {
      throw new IllegalArgumentException(
          "task must have one task for each of the network's outputs %s: it has %s"
              .formatted(outputs.keySet(), named));
    }
    List<Head<?>> heads = new ArrayList<>();
    outputs.forEach(
        (name, shape) -> heads.add(Head.of(tasks.outputs().get(named.indexOf(name)), shape)));
    MultiTask inOrder = new MultiTask(heads.stream().<OutputTask<?>>map(Head::of).toList());
    List<Shape> shapes = heads.stream().<Shape>map(Head::output).toList();
    return new Heads<>(heads, true, Answers.class, values -> inOrder.prediction(values, shapes));
  }

  List<Head<?>> all() {
    return heads;
  }

  /**
   * Returns whether the model was created with {@link MultiTask}: the names of its metrics then
   * start with the names of the outputs.
   */
  boolean several() {
    return several;
  }

  Class<P> predictionType() {
    return predictionType;
  }

  /** Returns the shapes of the targets. */
  List<Shape> targets() {
    return heads.stream().<Shape>map(Head::target).toList();
  }

  /** Returns the shapes of the outputs. */
  List<Shape> outputs() {
    return heads.stream().<Shape>map(Head::output).toList();
  }

  /** Returns by what the losses of the outputs are multiplied. */
  List<Double> weights() {
    return heads.stream().map(head -> head.of().weight()).toList();
  }

  /** Returns the prediction for one example from what the outputs predict. */
  P prediction(List<float[]> values) {
    return prediction.apply(values);
  }

  /**
   * Checks the targets of a batch.
   *
   * @param indices which examples of the source these are
   * @throws IllegalArgumentException if one does not suit its task; the message names the example
   */
  void checkTargets(ExampleBatch batch, int[] indices) {
    for (int h = 0; h < heads.size(); h++) {
      Head<?> head = heads.get(h);
      int n = Math.toIntExact(head.target().size());
      for (int i = 0; i < indices.length; i++) {
        try {
          head.task().checkTarget(batch.targets().get(h), i * n, head.output());
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(
              "targets of example %d%s: %s"
                  .formatted(
                      indices[i], several ? " for the output " + head.name() : "", e.getMessage()),
              e);
        }
      }
    }
  }
}
