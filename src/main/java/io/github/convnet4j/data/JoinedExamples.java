package io.github.convnet4j.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;

/** The examples of two sources, those of the first one first. They stay where they are stored. */
final class JoinedExamples implements Source {
  private final Source first;
  private final Source second;

  JoinedExamples(Source first, Source second) {
    if (!first.inputShapes().equals(second.inputShapes())
        || !first.targetShapes().equals(second.targetShapes())) {
      throw new IllegalArgumentException(
          "both must have inputs and targets of the same shapes: %s and %s, %s and %s"
              .formatted(
                  first.inputShapes(),
                  first.targetShapes(),
                  second.inputShapes(),
                  second.targetShapes()));
    }
    this.first = first;
    this.second = second;
    Math.addExact(first.size(), second.size());
  }

  @Override
  public int size() {
    return first.size() + second.size();
  }

  @Override
  public List<Shape> inputShapes() {
    return first.inputShapes();
  }

  @Override
  public List<Shape> targetShapes() {
    return first.targetShapes();
  }

  @Override
  public List<String> inputNames() {
    return first.inputNames().isEmpty() ? second.inputNames() : first.inputNames();
  }

  @Override
  public List<String> targetNames() {
    return first.targetNames().isEmpty() ? second.targetNames() : first.targetNames();
  }

  @Override
  public String name(int index) {
    return index < first.size() ? first.name(index) : second.name(index - first.size());
  }

  @Override
  public Optional<InputFormat> inputFormat() {
    return InputFormat.common(first.inputFormat(), second.inputFormat());
  }

  @Override
  public void fill(int[] indices, ExampleBatch batch) {
    Parts parts = new Parts(indices);
    for (Part part : parts.all()) {
      ExampleBatch own = part.source().newBatch(part.indices().length);
      part.source().fill(part.indices(), own);
      scatter(part, own.inputs(), inputShapes(), batch.inputs());
      scatter(part, own.targets(), targetShapes(), batch.targets());
    }
  }

  @Override
  public List<float[]> readTargets(int... indices) {
    List<float[]> targets = ExampleBatch.of(indices.length, List.of(), targetShapes()).targets();
    for (Part part : new Parts(indices).all()) {
      scatter(part, part.source().readTargets(part.indices()), targetShapes(), targets);
    }
    return targets;
  }

  @Override
  public boolean isWeighted() {
    return first.isWeighted() || second.isWeighted();
  }

  @Override
  public float[] weights(int... indices) {
    float[] weights = new float[indices.length];
    for (Part part : new Parts(indices).all()) {
      float[] own = part.source().weights(part.indices());
      for (int i = 0; i < own.length; i++) {
        weights[part.positions()[i]] = own[i];
      }
    }
    return weights;
  }

  @Override
  public Optional<Groups> groups() {
    return Groups.joined(first.groups(), first.size(), second.groups(), second.size());
  }

  /** Copies examples to their positions in a batch. */
  private static void scatter(Part part, List<float[]> from, List<Shape> shapes, List<float[]> to) {
    for (int s = 0; s < shapes.size(); s++) {
      int n = Math.toIntExact(shapes.get(s).size());
      for (int i = 0; i < part.positions().length; i++) {
        System.arraycopy(from.get(s), i * n, to.get(s), part.positions()[i] * n, n);
      }
    }
  }

  /**
   * The examples of a batch that are in one of the sources.
   *
   * @param indices in that source
   * @param positions in the batch
   */
  @SuppressWarnings("ArrayRecordComponent") // Parts are never compared.
  private record Part(Source source, int[] indices, int[] positions) {}

  /** The examples of a batch by source. */
  private final class Parts {
    private final int[] indices;

    Parts(int[] indices) {
      this.indices = indices;
    }

    List<Part> all() {
      List<Part> parts = new ArrayList<>();
      add(parts, first, 0);
      add(parts, second, first.size());
      return parts;
    }

    private void add(List<Part> parts, Source source, int from) {
      int[] positions =
          IntStream.range(0, indices.length)
              .filter(i -> indices[i] >= from && indices[i] < from + source.size())
              .toArray();
      if (positions.length > 0) {
        parts.add(
            new Part(
                source, IntStream.of(positions).map(i -> indices[i] - from).toArray(), positions));
      }
    }
  }

  @Override
  public String toString() {
    return "%s and %s".formatted(first, second);
  }
}
