package io.github.convnet4j.task;

import io.github.convnet4j.loss.Losses;
import java.util.List;

/** The built-in tasks. */
public final class Tasks {
  private Tasks() {}

  /**
   * Returns the task of telling which one of several classes an example belongs to.
   *
   * @param classNames one for each of the network's outputs; none for "0", "1", …
   */
  public static Classification classification(String... classNames) {
    return new Classification(List.of(classNames), Losses.softmaxCrossEntropy());
  }

  /**
   * Returns the task of telling which of several labels an example has, any number of them.
   *
   * @param labelNames one for each of the network's outputs; none for "0", "1", …
   */
  public static MultiLabel multiLabel(String... labelNames) {
    return new MultiLabel(List.of(labelNames), Losses.sigmoidCrossEntropy());
  }

  /**
   * Returns the task of predicting one or more numbers. If some are places in the image, say so
   * with {@link Regression#points} or {@link Regression#boxes}.
   *
   * @param targetNames one for each of the network's outputs; none for "0", "1", …
   */
  public static Regression regression(String... targetNames) {
    return new Regression(List.of(targetNames), Losses.meanSquaredError(), List.of());
  }

  /**
   * Returns the task of telling the class of each pixel.
   *
   * @param classNames one for each class; none for "0", "1", …
   */
  public static Segmentation segmentation(String... classNames) {
    return new Segmentation(List.of(classNames), Losses.softmaxCrossEntropy(), -1);
  }

  /** Returns the task of predicting an image, for example the network's own input. */
  public static Reconstruction reconstruction() {
    return new Reconstruction(Losses.meanSquaredError());
  }

  /**
   * Returns the task of one of several outputs:
   *
   * <pre>{@code
   * OutputTask<Prediction> kind = Tasks.output("kind", classification("cat", "dog"));
   * OutputTask<float[]> days = Tasks.output("days", regression()).weight(0.1);
   * Model<Answers> model = Model.of(network, Tasks.all(kind, days), adam(0.001));
   * Answers answers = model.predict(inputs);
   * String className = answers.of(kind).className();
   * }</pre>
   *
   * @param name the name of the output
   */
  public static <P> OutputTask<P> output(String name, Task<P> task) {
    return new OutputTask<>(name, task, 1);
  }

  /** Returns the tasks of all outputs of a network; see {@link #output}. */
  public static MultiTask all(OutputTask<?>... outputs) {
    return new MultiTask(List.of(outputs));
  }
}
