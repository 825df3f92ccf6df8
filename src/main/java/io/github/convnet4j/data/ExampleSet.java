package io.github.convnet4j.data;

import io.github.convnet4j.check.Require;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.ndarray.Shape;

/**
 * Examples in memory with any number of inputs and targets of any shape:
 *
 * <pre>{@code
 * ExampleSet patients = ExampleSet.builder()
 *     .images("scan", pixels, 64, 64, 1)      // bytes, scaled to values from 0 to 1
 *     .input("age", ages, 1)                  // floats, used as they are
 *     .classTarget("kind", kinds, 3)          // class numbers, used one-hot
 *     .target("days", days, 1)
 *     .build();
 * }</pre>
 *
 * <p>Immutable. Bytes stay bytes until a batch is drawn. For images with one label each, {@link
 * DataSet} is shorter, and for images with numbers, {@link TargetSet}.
 */
public final class ExampleSet implements Source {
  private final int size;
  private final Map<String, Column> inputs;
  private final Map<String, Column> targets;

  private ExampleSet(int size, Map<String, Column> inputs, Map<String, Column> targets) {
    this.size = size;
    this.inputs = inputs;
    this.targets = targets;
  }

  /** One input or target of all examples. */
  private interface Column {
    /** Returns the shape of one example. */
    Shape shape();

    /** Copies an example's values to a position in an array. */
    void copy(int index, float[] to, int position);
  }

  private record OfPixels(Pixels pixels, Shape shape) implements Column {
    @Override
    public void copy(int index, float[] to, int position) {
      pixels.copy(index, to, position);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Columns are never compared.
  private record OfClasses(int[] labels, Shape shape) implements Column {
    @Override
    public void copy(int index, float[] to, int position) {
      int classes = Math.toIntExact(shape.size());
      for (int i = 0; i < classes; i++) {
        to[position + i] = labels[index] == i ? 1 : 0;
      }
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Columns are never compared.
  private record OfMasks(byte[] classNumbers, Shape shape) implements Column {
    @Override
    public void copy(int index, float[] to, int position) {
      int n = Math.toIntExact(shape.size());
      for (int i = 0; i < n; i++) {
        to[position + i] = Byte.toUnsignedInt(classNumbers[index * n + i]);
      }
    }
  }

  /** Returns a builder without any inputs or targets. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects the inputs and targets of an {@link ExampleSet}. Not safe for several threads. */
  public static final class Builder {
    private final Map<String, Column> inputs = new LinkedHashMap<>();
    private final Map<String, Column> targets = new LinkedHashMap<>();
    private int size = -1;

    private Builder() {}

    /**
     * Adds an input.
     *
     * @param name the name of the network's input
     * @param values {@code [size, …]} row by row, all finite; copied
     * @param shape shape of one example
     * @throws IllegalArgumentException if the number of values does not match the shape, or the
     *     number of examples that of earlier inputs and targets
     */
    public Builder input(String name, float[] values, long... shape) {
      return floats(inputs, name, values, Shape.of(shape));
    }

    /**
     * Adds an input of images.
     *
     * @param pixels {@code [size, height, width, channels]} row by row, as unsigned bytes; copied.
     *     They are scaled to values from 0 to 1
     * @see #input
     */
    public Builder images(String name, byte[] pixels, long height, long width, long channels) {
      Shape shape = Shape.of(height, width, channels);
      int examples = count(name, pixels.length, shape);
      return add(
          inputs,
          name,
          examples,
          new OfPixels(HeapBytes.wrap(pixels.clone(), Math.toIntExact(shape.size())), shape));
    }

    /**
     * Adds a target of numbers.
     *
     * @param name the name of the network's output
     * @see #input
     */
    public Builder target(String name, float[] values, long... shape) {
      return floats(targets, name, values, Shape.of(shape));
    }

    /**
     * Adds a target of classes, which is used one-hot, {@code [classes]}.
     *
     * @param labels the class of each example, from 0; copied
     */
    public Builder classTarget(String name, int[] labels, int classes) {
      Require.atLeast("classes", classes, 1);
      for (int i = 0; i < labels.length; i++) {
        if (labels[i] < 0 || labels[i] >= classes) {
          throw new IllegalArgumentException(
              "%s: label %d must be from 0 to %d: %d".formatted(name, i, classes - 1, labels[i]));
        }
      }
      int examples = count(name, labels.length, Shape.scalar());
      return add(targets, name, examples, new OfClasses(labels.clone(), Shape.of(classes)));
    }

    /**
     * Adds a target of masks, which hold the class of each pixel, for segmentation.
     *
     * @param classNumbers {@code [size, height, width]} row by row, as unsigned bytes; copied
     */
    public Builder masks(String name, byte[] classNumbers, long height, long width) {
      Shape shape = Shape.of(height, width);
      int examples = count(name, classNumbers.length, shape);
      return add(targets, name, examples, new OfMasks(classNumbers.clone(), shape));
    }

    private Builder floats(Map<String, Column> columns, String name, float[] values, Shape shape) {
      int examples = count(name, values.length, shape);
      float[] copy = values.clone();
      for (int i = 0; i < copy.length; i++) {
        if (!Float.isFinite(copy[i])) {
          throw new IllegalArgumentException(
              "%s must be finite: value %d of example %d is %s"
                  .formatted(name, i % shape.size(), i / shape.size(), copy[i]));
        }
      }
      return add(
          columns,
          name,
          examples,
          new OfPixels(HeapFloats.wrap(copy, Math.toIntExact(shape.size())), shape));
    }

    private int count(String name, int values, Shape shape) {
      if (shape.isUnknown() || shape.hasUnknownDimension() || shape.size() < 1) {
        throw new IllegalArgumentException(
            "%s must have a shape with sizes of at least 1: %s".formatted(name, shape));
      }
      int examples = Math.toIntExact(values / shape.size());
      if (examples < 1 || values % shape.size() != 0) {
        throw new IllegalArgumentException(
            "%s must have a multiple of %d values, for examples of shape %s: it has %d"
                .formatted(name, shape.size(), shape, values));
      }
      if (size >= 0 && size != examples) {
        throw new IllegalArgumentException(
            "%s must have %d examples, as the inputs and targets before it: it has %d"
                .formatted(name, size, examples));
      }
      return examples;
    }

    private Builder add(Map<String, Column> columns, String name, int examples, Column column) {
      if (columns.putIfAbsent(name, column) != null) {
        throw new IllegalArgumentException("name must be unique, but was added before: " + name);
      }
      size = examples;
      return this;
    }

    /**
     * Returns the examples.
     *
     * @throws IllegalArgumentException if there is no input
     */
    public ExampleSet build() {
      if (inputs.isEmpty()) {
        throw new IllegalArgumentException("inputs must be at least one: add input or images");
      }
      return new ExampleSet(size, new LinkedHashMap<>(inputs), new LinkedHashMap<>(targets));
    }
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public List<Shape> inputShapes() {
    return shapes(inputs);
  }

  @Override
  public List<Shape> targetShapes() {
    return shapes(targets);
  }

  private static List<Shape> shapes(Map<String, Column> columns) {
    return columns.values().stream().map(Column::shape).toList();
  }

  @Override
  public List<String> inputNames() {
    return List.copyOf(inputs.keySet());
  }

  @Override
  public List<String> targetNames() {
    return List.copyOf(targets.keySet());
  }

  @Override
  public void fill(int[] indices, ExampleBatch batch) {
    fill(indices, inputs, batch.inputs());
    fill(indices, targets, batch.targets());
  }

  /** Returns the targets of the examples with the given indices, without their inputs. */
  @Override
  public List<float[]> readTargets(int... indices) {
    List<float[]> arrays = ExampleBatch.of(indices.length, List.of(), targetShapes()).targets();
    fill(indices, targets, arrays);
    return arrays;
  }

  private static void fill(int[] indices, Map<String, Column> columns, List<float[]> arrays) {
    List<Column> ordered = new ArrayList<>(columns.values());
    for (int c = 0; c < ordered.size(); c++) {
      int n = Math.toIntExact(ordered.get(c).shape().size());
      for (int i = 0; i < indices.length; i++) {
        ordered.get(c).copy(indices[i], arrays.get(c), i * n);
      }
    }
  }

  @Override
  public String toString() {
    return "ExampleSet[%d examples, inputs %s, targets %s]"
        .formatted(size, inputs.keySet(), targets.keySet());
  }
}
