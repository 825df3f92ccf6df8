package io.github.convnet4j.data;

import io.github.convnet4j.check.Require;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.ndarray.Shape;

/**
 * Examples with their targets, which training, evaluation and prediction read in batches: a {@link
 * DataSet}, a {@link TargetSet}, an {@link ExampleSet}, or your own, for example one that reads
 * files when it is asked for them:
 *
 * <pre>{@code
 * record Scans(List<Path> files, Archive archive) implements Source {
 *   public int size() { return files.size(); }
 *   public List<Shape> inputShapes() { return List.of(Shape.of(512, 512, 1)); }
 *   public List<Shape> targetShapes() { return List.of(Shape.of(1)); }
 *   public void fill(int[] indices, ExampleBatch batch) {
 *     for (int i = 0; i < indices.length; i++) {
 *       archive.read(files.get(indices[i]), batch.inputs().get(0), i * 512 * 512);
 *       batch.targets().get(0)[i] = archive.age(files.get(indices[i]));
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>Training calls {@link #fill} in a thread of its own, ahead of the steps; evaluation and
 * prediction may call it in other threads at the same time. The same index must always give the
 * same example.
 */
public interface Source {
  /** Returns the number of examples, at least 1. */
  int size();

  /** Returns the shape of each input of one example, in the order of the network's inputs. */
  List<Shape> inputShapes();

  /**
   * Returns the shape of each target of one example, in the order of the network's outputs; empty
   * if the examples have no targets, and can only be used for prediction.
   */
  List<Shape> targetShapes();

  /**
   * Returns the names of the inputs, which are compared with those of the network; empty if they
   * have none.
   */
  default List<String> inputNames() {
    return List.of();
  }

  /** Returns the names of the targets, which are compared with those of the network's outputs. */
  default List<String> targetNames() {
    return List.of();
  }

  /**
   * Copies examples into a batch, in the given order. It must write all values.
   *
   * @param indices which examples, each from 0 to {@code size() - 1}; as many as the batch holds
   * @param batch arrays of matching length, with the values of an earlier batch
   */
  void fill(int[] indices, ExampleBatch batch);

  /**
   * Copies only the targets of examples. By default, the inputs are read too; sources whose inputs
   * take long to read should not do that.
   *
   * @param indices which examples
   * @param targets an array for each target, {@code [examples, …]}
   */
  default void fillTargets(int[] indices, List<float[]> targets) {
    ExampleBatch own = ExampleBatch.of(indices.length, inputShapes(), List.of());
    fill(indices, new ExampleBatch(indices.length, own.inputs(), targets));
  }

  /** Returns new arrays for this many examples. */
  default ExampleBatch newBatch(int examples) {
    return ExampleBatch.of(examples, inputShapes(), targetShapes());
  }

  /**
   * Returns the examples with these indices, in this order, in new arrays.
   *
   * @param indices at least one; repeated indices are allowed
   */
  default ExampleBatch read(int... indices) {
    ExampleBatch batch = newBatch(indices.length);
    fill(indices, batch);
    return batch;
  }

  /**
   * Returns the examples with these indices, in this order, as a source that reads them from this
   * one.
   *
   * @param indices at least one; repeated indices are allowed
   * @throws IndexOutOfBoundsException unless each is from 0 to {@code size() - 1}
   */
  default Source select(int[] indices) {
    return new SelectedExamples(this, indices);
  }

  /**
   * Returns these examples with their inputs as targets, for networks that reconstruct their input.
   * The targets that they have are not used.
   */
  default Source withInputsAsTargets() {
    return new SelfTargets(this);
  }

  /**
   * Draws some of the examples at random, to hold them out from training.
   *
   * @param order the indices of all examples, shuffled
   * @param count how many, from 1 to {@code size() - 1}
   * @return the indices drawn, in ascending order; fewer than {@code count} if the source has a
   *     reason, for example to leave one of each class
   */
  default int[] draw(int[] order, int count) {
    Require.atLeast("count", count, 1);
    return Arrays.stream(order).limit(count).sorted().toArray();
  }
}
