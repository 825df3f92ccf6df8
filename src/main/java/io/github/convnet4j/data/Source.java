package io.github.convnet4j.data;

import io.github.convnet4j.check.Require;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
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
   * Returns how the inputs were made from files; empty if they were not, or if it is not known.
   * Training remembers it, and {@code model.predict} then converts files in the same way.
   */
  default Optional<InputFormat> inputFormat() {
    return Optional.empty();
  }

  /**
   * Copies examples into a batch, in the given order. It must write all values.
   *
   * @param indices which examples, each from 0 to {@code size() - 1}; as many as the batch holds
   * @param batch arrays of matching length, with the values of an earlier batch
   */
  void fill(int[] indices, ExampleBatch batch);

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

  /** Returns what an example is called in messages, for example its file. */
  default String name(int index) {
    return "example " + index;
  }

  /**
   * Returns the targets of the examples with these indices, in this order, in new arrays {@code
   * [indices, …]}. By default it reads the whole examples; override it if the targets can be had
   * without the inputs, so that classes are counted without reading any pictures.
   */
  default List<float[]> readTargets(int... indices) {
    return read(indices).targets();
  }

  /**
   * Returns whether the examples have {@linkplain #weights weights}; without any, each counts the
   * same.
   */
  default boolean isWeighted() {
    return false;
  }

  /**
   * Returns the weights of the examples with these indices, in this order. Training multiplies the
   * loss of each example by its weight; evaluation does not use weights.
   *
   * @return {@code [indices]}, each finite and at least 0; 1 if the examples have no weights
   */
  default float[] weights(int... indices) {
    float[] ones = new float[indices.length];
    Arrays.fill(ones, 1);
    return ones;
  }

  /**
   * Returns these examples with weights, by which training multiplies their losses. As in Keras,
   * the cost of a batch is the sum of its weighted losses divided by the number of its examples,
   * not by the sum of their weights. Weights that the examples already have are replaced.
   *
   * @param weights one for each example, finite and at least 0, and at least one above 0; copied
   */
  default Source withWeights(float... weights) {
    return WeightedExamples.of(this, weights);
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
   * Returns the examples whose indices a predicate accepts, for example {@code data.filter(i ->
   * data.label(i) < 5)}.
   *
   * @throws IllegalArgumentException if it accepts none
   */
  default Source filter(IntPredicate accepted) {
    return select(Selection.filter(size(), accepted));
  }

  /**
   * Returns the first examples.
   *
   * @param count from 1 to {@code size()}
   */
  default Source take(int count) {
    return select(Selection.take(size(), count));
  }

  /**
   * Returns all examples but the first ones.
   *
   * @param count from 0 to {@code size() - 1}
   */
  default Source skip(int count) {
    return select(Selection.skip(size(), count));
  }

  /**
   * Returns some of the examples, chosen at random, in random order. {@link #draw} and {@link
   * Splits} keep the classes in proportion instead.
   *
   * @param count from 1 to {@code size()}; {@code size()} shuffles all examples
   */
  default Source sample(int count, int seed) {
    return select(Selection.sample(size(), count, seed));
  }

  /**
   * Returns these examples and then those of another source, which may be stored in another way.
   * Nothing is copied.
   *
   * @throws IllegalArgumentException if their inputs or targets have other shapes
   */
  default Source concat(Source other) {
    return new JoinedExamples(this, other);
  }

  /**
   * Returns the examples with other classes. Examples of classes that are dropped are left out.
   *
   * @throws IllegalArgumentException if the examples do not have exactly one target, one-hot, for
   *     the relabeling's number of classes; if no example is left
   */
  default Source relabel(Relabeling relabeling) {
    return RelabeledExamples.ofClasses(this, relabeling);
  }

  /**
   * Returns the examples with other classes in their masks.
   *
   * @param unlabeled stands for pixels of classes that are dropped, and for pixels that had no
   *     class; at least the number of classes that are left
   * @throws IllegalArgumentException if the examples do not have exactly one target {@code [height,
   *     width]}
   */
  default Source relabelMasks(Relabeling relabeling, int unlabeled) {
    return RelabeledExamples.ofMasks(this, relabeling, unlabeled);
  }

  /** Returns which examples belong together, if that is known; see {@link #grouped}. */
  default Optional<Groups> groups() {
    return Optional.empty();
  }

  /**
   * Returns these examples in groups, such as all slices of a patient: {@link #draw}, and so the
   * validation share of a training run, and {@link Splits} then put all examples of a group on the
   * same side.
   *
   * @param groups one for each example
   */
  default Source grouped(Groups groups) {
    return new GroupedExamples(this, groups);
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
   * @return the indices drawn, in ascending order; fewer or more than {@code count} if the source
   *     has a reason, for example to leave one of each class, or to draw whole groups
   */
  default int[] draw(int[] order, int count) {
    Require.atLeast("count", count, 1);
    Optional<Groups> groups = groups();
    if (groups.isPresent()) {
      return groups.get().draw(order, count, new int[size()]);
    }
    return Arrays.stream(order).limit(count).sorted().toArray();
  }
}
