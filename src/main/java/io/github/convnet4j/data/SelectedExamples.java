package io.github.convnet4j.data;

import io.github.convnet4j.check.Require;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Some of the examples of a source. */
final class SelectedExamples extends SourceView {
  private final int[] selected;

  SelectedExamples(Source all, int[] selected) {
    super(all);
    Require.atLeast("number of indices", selected.length, 1);
    for (int index : selected) {
      Objects.checkIndex(index, all.size());
    }
    this.selected = selected.clone();
  }

  @Override
  public int size() {
    return selected.length;
  }

  @Override
  public String name(int index) {
    return all.name(selected[index]);
  }

  @Override
  public void fill(int[] indices, ExampleBatch batch) {
    all.fill(ofAll(indices), batch);
  }

  @Override
  public List<float[]> readTargets(int... indices) {
    return all.readTargets(ofAll(indices));
  }

  @Override
  public float[] weights(int... indices) {
    return all.weights(ofAll(indices));
  }

  @Override
  public Optional<Groups> groups() {
    return all.groups().map(groups -> groups.select(selected));
  }

  /** Returns the indices that these examples have in the whole source. */
  private int[] ofAll(int[] indices) {
    return Arrays.stream(indices).map(index -> selected[index]).toArray();
  }

  @Override
  public String toString() {
    return "%d of the examples of %s".formatted(selected.length, all);
  }
}
