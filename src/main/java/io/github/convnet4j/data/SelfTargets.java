package io.github.convnet4j.data;

import java.util.List;
import org.tensorflow.ndarray.Shape;

/** The examples of a source with their inputs as targets. */
final class SelfTargets extends SourceView {

  SelfTargets(Source all) {
    super(all);
  }

  @Override
  public List<Shape> targetShapes() {
    return all.inputShapes();
  }

  /** Returns no names: those of the targets that are not used would be wrong. */
  @Override
  public List<String> targetNames() {
    return List.of();
  }

  @Override
  public List<float[]> readTargets(int... indices) {
    return read(indices).targets();
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
  public int[] draw(int[] order, int count) {
    return all.draw(order, count);
  }

  @Override
  public String toString() {
    return "%s, to reconstruct".formatted(all);
  }
}
