package io.github.convnet4j.inspect;

import io.github.convnet4j.data.ExampleBatch;
import io.github.convnet4j.data.Source;
import java.util.List;
import org.tensorflow.ndarray.Shape;

/** Counts how often each example is read. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record CountedReads(Source source, int[] reads) implements Source {
  CountedReads(Source source) {
    this(source, new int[source.size()]);
  }

  @Override
  public int size() {
    return source.size();
  }

  @Override
  public List<Shape> inputShapes() {
    return source.inputShapes();
  }

  @Override
  public List<Shape> targetShapes() {
    return source.targetShapes();
  }

  @Override
  public void fill(int[] indices, ExampleBatch batch) {
    for (int index : indices) {
      reads[index]++;
    }
    source.fill(indices, batch);
  }
}
