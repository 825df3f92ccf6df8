package io.github.convnet4j.train;

import io.github.convnet4j.data.ExampleBatch;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.train.Heads.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * By what training multiplies the losses of examples: the example's own weight times, for each
 * output, the weight of its class.
 */
final class ExampleWeights {
  private final Source examples;
  private final List<Head<?>> heads;

  /** The weights of the classes of each output; empty for an output without. */
  private final List<List<Double>> classWeights;

  private ExampleWeights(Source examples, List<Head<?>> heads, List<List<Double>> classWeights) {
    this.examples = examples;
    this.heads = heads;
    this.classWeights = classWeights;
  }

  /**
   * Returns the weights of training examples.
   *
   * @throws IllegalArgumentException if class weights do not suit the task, or are for an output
   *     that does not exist
   */
  static ExampleWeights of(Source examples, FitOptions options, Heads<?> heads) {
    Map<String, List<Double>> given = options.classWeights();
    List<String> names = heads.all().stream().<String>map(Head::name).toList();
    for (String name : given.keySet()) {
      boolean known = name.isEmpty() ? !heads.several() : names.contains(name);
      if (!known) {
        throw new IllegalArgumentException(
            name.isEmpty()
                ? "classWeights must name one of the outputs %s, as in classWeights(\"%s\", …)"
                    .formatted(names, names.get(0))
                : "classWeights must be for one of the outputs %s: %s".formatted(names, name));
      }
    }
    List<List<Double>> ofHeads = new ArrayList<>();
    for (Head<?> head : heads.all()) {
      List<Double> weights =
          given.getOrDefault(
              head.name(), heads.several() ? List.of() : given.getOrDefault("", List.of()));
      if (!weights.isEmpty()) {
        check(head, weights);
      }
      ofHeads.add(weights);
    }
    return new ExampleWeights(examples, heads.all(), ofHeads);
  }

  private static void check(Head<?> head, List<Double> weights) {
    if (head.classNames().isEmpty()) {
      throw new IllegalArgumentException(
          "classWeights need a task in which each example has one class, such as classification: "
              + head.task()
              + "; weights of examples are given with Source.withWeights");
    }
    if (head.target().numDimensions() != 1) {
      throw new IllegalArgumentException(
          "classWeights need one class for each example, but the task has one for each pixel: give"
              + " the weights to the loss, as in softmaxCrossEntropy().classWeights(…): "
              + head.task());
    }
    if (weights.size() != head.target().get(0)) {
      throw new IllegalArgumentException(
          "classWeights must have one weight for each of the %d classes: %s"
              .formatted(head.target().get(0), weights));
    }
  }

  /** Whether there are any weights. */
  boolean areUsed() {
    return examples.isWeighted() || arePerOutput();
  }

  /** Whether the outputs have weights of their own. */
  boolean arePerOutput() {
    return classWeights.stream().anyMatch(weights -> !weights.isEmpty());
  }

  /**
   * Returns the weights of a batch, for each output {@code [batch]}; an empty list if there are
   * none.
   *
   * @param indices which examples it holds
   * @param batch their targets give their classes; a mixture of classes has the same mixture of
   *     their weights
   */
  List<float[]> of(int[] indices, ExampleBatch batch) {
    if (!areUsed()) {
      return List.of();
    }
    float[] own = checked(indices, examples.weights(indices));
    List<float[]> all = new ArrayList<>();
    for (int h = 0; h < heads.size(); h++) {
      List<Double> ofClasses = classWeights.get(h);
      float[] weights = own.clone();
      for (int i = 0; i < weights.length && !ofClasses.isEmpty(); i++) {
        weights[i] *= ofTarget(ofClasses, batch.targets().get(h), i * ofClasses.size());
      }
      all.add(weights);
    }
    return all;
  }

  private static float ofTarget(List<Double> ofClasses, float[] targets, int from) {
    double weight = 0;
    for (int c = 0; c < ofClasses.size(); c++) {
      weight += ofClasses.get(c) * targets[from + c];
    }
    return (float) weight;
  }

  /** The examples may be a user's. */
  private static float[] checked(int[] indices, float[] weights) {
    if (weights.length != indices.length) {
      throw new IllegalArgumentException(
          "examples must return %d weights for %1$d indices: %d"
              .formatted(indices.length, weights.length));
    }
    for (int i = 0; i < weights.length; i++) {
      if (!(weights[i] >= 0 && Float.isFinite(weights[i]))) {
        throw new IllegalArgumentException(
            "the weight of example %d must be finite and at least 0: %s"
                .formatted(indices[i], weights[i]));
      }
    }
    return weights;
  }
}
