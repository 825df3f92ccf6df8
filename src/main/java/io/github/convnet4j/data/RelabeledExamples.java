package io.github.convnet4j.data;

import java.util.Arrays;
import java.util.List;
import org.tensorflow.ndarray.Shape;

/** Examples with other classes: one-hot targets, or masks of class numbers. */
final class RelabeledExamples extends SourceView {
  private final Targets targets;

  /** Converts targets. */
  private interface Targets {
    Shape shape();

    /** Converts the targets of some examples, row by row, into another array. */
    void convert(float[] from, float[] to);
  }

  private RelabeledExamples(Source all, Targets targets) {
    super(all);
    this.targets = targets;
  }

  /** Returns the examples of classes that are kept. */
  static Source ofClasses(Source examples, Relabeling relabeling) {
    int[] labels = ClassCounts.classOfEach(examples);
    int before = Math.toIntExact(examples.targetShapes().get(0).get(0));
    relabeling.checkFrom(before);
    Source kept = examples.filter(i -> relabeling.keeps(labels[i]));
    return new RelabeledExamples(kept, new OneHot(relabeling, before));
  }

  /** Returns all examples. */
  static Source ofMasks(Source examples, Relabeling relabeling, int unlabeled) {
    if (examples.targetShapes().size() != 1
        || examples.targetShapes().get(0).numDimensions() != 2) {
      throw new IllegalArgumentException(
          "examples must have one target, masks [height, width] of class numbers: they have "
              + examples.targetShapes());
    }
    if (unlabeled < relabeling.names().size()) {
      throw new IllegalArgumentException(
          "unlabeled must not be the number of a class, 0 to %d: %d"
              .formatted(relabeling.names().size() - 1, unlabeled));
    }
    return new RelabeledExamples(
        examples, new Masks(relabeling, examples.targetShapes().get(0), unlabeled));
  }

  private record OneHot(Relabeling relabeling, int before) implements Targets {
    @Override
    public Shape shape() {
      return Shape.of(relabeling.names().size());
    }

    @Override
    public void convert(float[] from, float[] to) {
      int after = relabeling.names().size();
      Arrays.fill(to, 0);
      for (int i = 0; i < from.length; i++) {
        if (from[i] != 0) {
          to[i / before * after + relabeling.label(i % before)] = 1;
        }
      }
    }
  }

  private record Masks(Relabeling relabeling, Shape shape, int unlabeled) implements Targets {
    @Override
    public void convert(float[] from, float[] to) {
      for (int i = 0; i < from.length; i++) {
        boolean kept =
            from[i] >= 0 && from[i] < relabeling.classesBefore() && relabeling.keeps((int) from[i]);
        to[i] = kept ? relabeling.label((int) from[i]) : unlabeled;
      }
    }
  }

  @Override
  public List<Shape> targetShapes() {
    return List.of(targets.shape());
  }

  @Override
  public void fill(int[] indices, ExampleBatch batch) {
    ExampleBatch own = ExampleBatch.of(batch.size(), List.of(), all.targetShapes());
    all.fill(indices, new ExampleBatch(batch.size(), batch.inputs(), own.targets()));
    targets.convert(own.target(), batch.target());
  }

  @Override
  public List<float[]> readTargets(int... indices) {
    float[] converted = new float[Math.toIntExact(indices.length * targets.shape().size())];
    targets.convert(all.readTargets(indices).get(0), converted);
    return List.of(converted);
  }

  @Override
  public Source select(int[] indices) {
    return new RelabeledExamples(all.select(indices), targets);
  }

  @Override
  public int[] draw(int[] order, int count) {
    return all.draw(order, count);
  }

  @Override
  public String toString() {
    return "%s, with other classes".formatted(all);
  }
}
