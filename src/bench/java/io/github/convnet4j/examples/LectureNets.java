package io.github.convnet4j.examples;

import io.github.convnet4j.bench.play.RawGraph;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.model.Network;
import org.tensorflow.Graph;

/** The lecture's networks for the benchmarks, which live in another package than the examples. */
public final class LectureNets {
  private static final TrainingSettings SETTINGS = TrainingSettings.LECTURE;

  private LectureNets() {}

  /** Adds to a graph what {@link Ex11_8} or {@link Ex11_9} adds, to the letter. */
  public static RawGraph literal(boolean deep, Graph graph, DataSet images) {
    LectureNet net =
        deep ? Ex11_9.build(graph, images, SETTINGS) : Ex11_8.build(graph, images, SETTINGS);
    return new RawGraph(
        net.x(), net.y(), net.keepProbability(), net.logits(), net.cost(), net.train().op());
  }

  /** The network of {@link Ex11_8Builder} or {@link Ex11_9Builder}, with the lecture's dropout. */
  public static Network builder(boolean deep, DataSet images) {
    return deep
        ? Ex11_9Builder.network(images, SETTINGS.keepProbability())
        : Ex11_8Builder.network(images);
  }

  /** The seed of the lecture's weights, dropout and shuffling. */
  public static int seed() {
    return SETTINGS.seed();
  }

  /** Adam's step size. */
  public static float learningRate() {
    return SETTINGS.learningRate();
  }

  /** The share of values that dropout keeps. */
  public static float keepProbability() {
    return SETTINGS.keepProbability();
  }
}
