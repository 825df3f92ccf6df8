package io.github.convnet4j.data;

import java.util.List;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;

/** The examples of a source with their inputs as targets. */
final class SelfTargets implements Source {
  private final Source all;

  SelfTargets(Source all) {
    this.all = all;
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
    return all.inputShapes();
  }

  @Override
  public List<String> inputNames() {
    return all.inputNames();
  }

  @Override
  public Optional<InputFormat> inputFormat() {
    return all.inputFormat();
  }

  @Override
  public String name(int index) {
    return all.name(index);
  }

  @Override
  public void fill(int[] indices, ExampleBatch batch) {
    // The source writes its own targets, which are of no use here, into arrays of their own.
    ExampleBatch own = ExampleBatch.of(batch.size(), List.of(), all.targetShapes());
    all.fill(indices, new ExampleBatch(batch.size(), batch.inputs(), own.targets()));
    for (int i = 0; i < batch.inputs().size(); i++) {
      float[] values = batch.inputs().get(i);
      System.arraycopy(values, 0, batch.targets().get(i), 0, values.length);
    }
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
    return all.groups();
  }

  @Override
  public int[] draw(int[] order, int count) {
    return all.draw(order, count);
  }

  @Override
  public String toString() {
    return "%s, to reconstruct".formatted(all);
  }
}
