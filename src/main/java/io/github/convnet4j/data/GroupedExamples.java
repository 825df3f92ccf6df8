package io.github.convnet4j.data;

import java.util.List;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;

/** Examples in groups that are drawn together. */
final class GroupedExamples implements Source {
  private final Source all;
  private final Groups groups;

  GroupedExamples(Source all, Groups groups) {
    if (groups.size() != all.size()) {
      throw new IllegalArgumentException(
          "groups must be %d, one for each example: %d".formatted(all.size(), groups.size()));
    }
    this.all = all;
    this.groups = groups;
  }

  @Override
  public int size() {
    return all.size();
  }

  @Override
  public List<Shape> inputShapes() {
    return all.inputShapes();
  }

  @Override
  public List<Shape> targetShapes() {
    return all.targetShapes();
  }

  @Override
  public List<String> inputNames() {
    return all.inputNames();
  }

  @Override
  public List<String> targetNames() {
    return all.targetNames();
  }

  @Override
  public String name(int index) {
    return all.name(index);
  }

  @Override
  public Optional<InputFormat> inputFormat() {
    return all.inputFormat();
  }

  @Override
  public void fill(int[] indices, ExampleBatch batch) {
    all.fill(indices, batch);
  }

  @Override
  public List<float[]> readTargets(int... indices) {
    return all.readTargets(indices);
  }

  @Override
  public boolean isWeighted() {
    return all.isWeighted();
  }

  @Override
  public float[] weights(int... indices) {
    return all.weights(indices);
  }

  @Override
  public Optional<Groups> groups() {
    return Optional.of(groups);
  }

  @Override
  public Source grouped(Groups others) {
    return new GroupedExamples(all, others);
  }

  @Override
  public Source select(int[] indices) {
    return new GroupedExamples(all.select(indices), groups.select(indices));
  }

  @Override
  public String toString() {
    return "%s, in %d groups".formatted(all, groups.count());
  }
}
