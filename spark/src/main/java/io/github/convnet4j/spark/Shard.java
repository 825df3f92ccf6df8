package io.github.convnet4j.spark;

import io.github.convnet4j.data.ExampleBatch;
import io.github.convnet4j.data.Source;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.tensorflow.ndarray.Shape;
import scala.Tuple2;

/** The examples that one task trains on: all those of a partition, in memory. */
final class Shard implements Serializable {
  private static final long serialVersionUID = 1;

  private final int index;
  private final Example[] training;
  private final Example[] validation;

  private Shard(int index, List<Example> training, List<Example> validation) {
    this.index = index;
    this.training = training.toArray(Example[]::new);
    this.validation = validation.toArray(Example[]::new);
  }

  /** Divides the examples into shards, a partition for each. */
  static JavaRDD<Shard> of(
      JavaRDD<Example> examples, Census.Shards shards, double validationShare) {
    return examples
        .filter(Example::isGood)
        .mapToPair(example -> new Tuple2<>(shards.of(example), example))
        .partitionBy(new ByNumber(shards.count()))
        .values()
        .mapPartitionsWithIndex(
            (index, some) -> List.of(of(index, some, validationShare)).iterator(), true);
  }

  private static Shard of(int index, Iterator<Example> examples, double validationShare) {
    List<Example> training = new ArrayList<>();
    List<Example> validation = new ArrayList<>();
    examples.forEachRemaining(
        example -> (example.isHeldOut(validationShare) ? validation : training).add(example));
    Collections.sort(training);
    Collections.sort(validation);
    return new Shard(index, training, validation);
  }

  private static final class ByNumber extends Partitioner {
    private static final long serialVersionUID = 1;

    private final int count;

    ByNumber(int count) {
      this.count = count;
    }

    @Override
    public int numPartitions() {
      return count;
    }

    @Override
    public int getPartition(Object number) {
      return (int) number;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ByNumber byNumber && byNumber.count == count;
    }

    @Override
    public int hashCode() {
      return count;
    }
  }

  int index() {
    return index;
  }

  /** Returns the number of training examples. */
  int size() {
    return training.length;
  }

  /** Returns the number of validation examples. */
  int validationSize() {
    return validation.length;
  }

  /**
   * Returns the training examples; the first ones once more, so that all shards have as many.
   *
   * @param size size of the largest shard
   */
  Source training(int size, Shape input, int classes) {
    return new Examples(training, size, input, classes);
  }

  Source validation(Shape input, int classes) {
    return new Examples(validation, validation.length, input, classes);
  }

  private record Examples(List<Example> examples, int size, Shape input, int classes)
      implements Source {
    Examples(Example[] examples, int size, Shape input, int classes) {
      this(Arrays.asList(examples), size, input, classes);
    }

    @Override
    public List<Shape> inputShapes() {
      return List.of(input);
    }

    @Override
    public List<Shape> targetShapes() {
      return List.of(Shape.of(classes));
    }

    @Override
    public void fill(int[] indices, ExampleBatch batch) {
      int each = Math.toIntExact(input.size());
      Arrays.fill(batch.target(), 0);
      for (int i = 0; i < indices.length; i++) {
        Example example = examples.get(indices[i] % examples.size());
        example.copyTo(batch.input(), i * each);
        batch.target()[i * classes + example.label()] = 1;
      }
    }
  }
}
