package io.github.convnet4j.train;

import io.github.convnet4j.data.ExampleBatch;
import io.github.convnet4j.data.Groups;
import io.github.convnet4j.data.HeapFloats;
import io.github.convnet4j.data.HeapLimit;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.layer.PlacedNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;

/**
 * Examples with the output of a layer in place of their inputs. Features and targets are in memory;
 * everything else is that of the examples.
 */
final class Features implements Source {
  private final String layer;
  private final Source all;
  private final Stored features;
  private final List<Stored> targets;
  private final int[] places; // of the examples in the stored values

  /** Arrays of one shape, one for each example. */
  private record Stored(Shape shape, HeapFloats values) {
    static Stored allocate(Shape shape, int size) {
      return new Stored(shape, HeapFloats.allocate(size, Math.toIntExact(shape.size())));
    }

    void put(int first, float[] batch) {
      int n = values.valuesPerImage();
      for (int i = 0; i < batch.length / n; i++) {
        values.put(first + i, Arrays.copyOfRange(batch, i * n, (i + 1) * n));
      }
    }

    void copy(int[] from, float[] batch) {
      for (int i = 0; i < from.length; i++) {
        values.copy(from[i], batch, i * values.valuesPerImage());
      }
    }
  }

  private Features(String layer, Source all, Stored features, List<Stored> targets, int[] places) {
    this.layer = layer;
    this.all = all;
    this.features = features;
    this.targets = List.copyOf(targets);
    this.places = places;
  }

  /**
   * Returns features that are 0 until {@link #put} is called.
   *
   * @throws io.github.convnet4j.data.DataException if they do not fit into the heap
   */
  static Features allocate(PlacedNode layer, Source examples) {
    int size = examples.size();
    long bytes = Float.BYTES * layer.output().size();
    for (Shape target : examples.targetShapes()) {
      bytes = Math.addExact(bytes, Float.BYTES * target.size());
    }
    bytes = Math.multiplyExact(bytes, size);
    String what =
        "the features of %d examples, %s for each, and their targets"
            .formatted(size, layer.output());
    String smaller = "take a layer with fewer values than " + layer.path() + ", or fewer examples";
    HeapLimit.ofProcess().check(what, bytes, smaller);
    try {
      List<Stored> targets = new ArrayList<>();
      for (Shape target : examples.targetShapes()) {
        targets.add(Stored.allocate(target, size));
      }
      return new Features(
          layer.path(),
          examples,
          Stored.allocate(layer.output(), size),
          targets,
          IntStream.range(0, size).toArray());
    } catch (OutOfMemoryError e) {
      throw HeapLimit.ofProcess().full(what, bytes, smaller, e);
    }
  }

  /**
   * Sets the features and targets of some examples.
   *
   * @param first the index of the first
   * @param batch has their targets
   * @param values their features, {@code [batch, …]}
   */
  void put(int first, ExampleBatch batch, float[] values) {
    features.put(first, values);
    for (int i = 0; i < targets.size(); i++) {
      targets.get(i).put(first, batch.targets().get(i));
    }
  }

  @Override
  public int size() {
    return places.length;
  }

  @Override
  public List<Shape> inputShapes() {
    return List.of(features.shape());
  }

  @Override
  public List<Shape> targetShapes() {
    return all.targetShapes();
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
  public void fill(int[] indices, ExampleBatch batch) {
    int[] from = stored(indices);
    features.copy(from, batch.input());
    copyTargets(from, batch.targets());
  }

  @Override
  public List<float[]> readTargets(int... indices) {
    List<float[]> arrays =
        targets.stream()
            .map(stored -> new float[indices.length * stored.values().valuesPerImage()])
            .toList();
    copyTargets(stored(indices), arrays);
    return arrays;
  }

  private void copyTargets(int[] from, List<float[]> arrays) {
    for (int i = 0; i < targets.size(); i++) {
      targets.get(i).copy(from, arrays.get(i));
    }
  }

  private int[] stored(int[] indices) {
    return Arrays.stream(indices).map(index -> places[index]).toArray();
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

  /** Keeps the examples' own way of selecting, and so of drawing. */
  @Override
  public Source select(int[] indices) {
    return new Features(layer, all.select(indices), features, targets, stored(indices));
  }

  @Override
  public int[] draw(int[] order, int count) {
    return all.draw(order, count);
  }

  @Override
  public String toString() {
    return "%s of %s".formatted(layer, all);
  }
}
