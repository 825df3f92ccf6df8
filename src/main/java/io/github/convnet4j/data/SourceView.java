package io.github.convnet4j.data;

import java.util.List;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;

/**
 * The examples of another source, with something changed: a view overrides what is different.
 *
 * <p>It inherits how examples are drawn and selected from {@link Source}, not from the other
 * source, since both may depend on what is changed.
 */
abstract class SourceView implements Source {
  /** The other source. */
  final Source all;

  SourceView(Source all) {
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
    return all.groups();
  }
}
