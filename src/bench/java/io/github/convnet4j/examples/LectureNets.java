package io.github.convnet4j.examples;

import io.github.convnet4j.bench.play.RawGraph;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.model.Network;
import org.tensorflow.Graph;

/** The lecture's networks for the benchmarks, which live in another package than the examples. */
public final class LectureNets {
  private static final TrainingSettings SETTINGS = Ex11_9.LECTURE;

  private LectureNets() {}

  /** Adds the operations of {@link Ex11_8} or {@link Ex11_9} to a graph. */
  public static RawGraph literal(String name, Graph graph, DataSet images) {
    return switch (name) {
      case "ex11_8" -> new LiteralGraph(graph, images, SETTINGS).simple();
      case "ex11_9" -> new LiteralGraph(graph, images, SETTINGS).deep();
      default -> throw new IllegalArgumentException("the lecture has no graph for " + name);
    };
  }

  /**
   * Returns the network of {@link Ex11_8Builder} or {@link Ex11_9Builder}, with the lecture's
   * dropout, or that of {@link Ex11_10}.
   */
  public static Network builder(String name, DataSet images) {
    return switch (name) {
      case "ex11_8" -> Ex11_8Builder.network(images);
      case "ex11_9" -> Ex11_9Builder.network(images, SETTINGS.keepProbability());
      case "ex11_10" -> Ex11_10.network(images, SETTINGS.keepProbability());
      default -> throw new IllegalArgumentException("unknown network: " + name);
    };
  }

  /** Returns the seed of the lecture's weights, dropout and shuffling. */
  public static int seed() {
    return SETTINGS.seed();
  }

  /** Returns Adam's step size. */
  public static double learningRate() {
    return SETTINGS.learningRate();
  }

  /** Returns the share of values that dropout keeps. */
  public static float keepProbability() {
    return SETTINGS.keepProbability();
  }
}
