package io.github.convnet4j.train;

import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.evaluate.Metric;
import io.github.convnet4j.schedule.Schedule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How to train: for how many epochs, in batches of what size, at what learning rate:
 *
 * <pre>{@code
 * FitOptions.epochs(15)
 *     .batchSize(100)
 *     .validationShare(0.1)
 *     .learningRate(Schedules.oneCycle(0.01))
 *     .augment(Augmentation.of(shift(0.1), rotate(10)))
 *     .stopAfter(Duration.ofMinutes(20))
 * FitOptions.epochs(5).batchSize(10).epochs(9)
 *     // does not compile: the number of epochs is given first, and once
 * }</pre>
 *
 * <p>The objective is not set here but when the model is created, and it is saved with it: the loss
 * has label smoothing ({@code softmaxCrossEntropy().labelSmoothing(0.1)}), the optimizer has
 * gradient clipping ({@code adam(0.001).clipByGlobalNorm(1)}). Only {@link #classWeights} are given
 * here as well as there, because they depend on the training examples.
 *
 * <p>Immutable: each method returns a copy with one option changed.
 */
public sealed interface FitOptions permits FitSettings {

  /** What happens to the last examples of an epoch if they do not fill a batch. */
  enum LastBatch {
    /** They form a smaller batch of their own. */
    SHORT,

    /** They are left out of this epoch; TensorFlow calls this {@code drop_remainder}. */
    DROP,

    /**
     * They become part of the next epoch's first batch, as with {@code next_batch} in the
     * TensorFlow 1 tutorials. All batches have the same size, and over the epochs no example is
     * left out.
     */
    CARRY_OVER
  }

  /**
   * Trains for this many more epochs, in batches of 100 examples, without validation. Listeners
   * start without any earlier state.
   *
   * @param epochs number of passes over the examples, at least 1
   */
  static FitOptions epochs(int epochs) {
    return FitSettings.of(epochs, false);
  }

  /**
   * Trains until the model has been trained for this many epochs in total, including those of
   * earlier calls and those before a save. If that has already happened, there is nothing left to
   * train. So the same call resumes an interrupted run from a checkpoint as if it had never been
   * interrupted: the learning rate schedule spans all epochs, and listeners resume from the state
   * in the checkpoint.
   *
   * @param epochs at least 1
   */
  static FitOptions upTo(int epochs) {
    return FitSettings.of(epochs, true);
  }

  /** Sets the number of examples per batch, at least 1; see also {@link #lastBatch}. */
  FitOptions batchSize(int size);

  /**
   * Sets what happens to examples that do not fill the last batch; {@link LastBatch#SHORT} by
   * default.
   */
  FitOptions lastBatch(LastBatch choice);

  /** Evaluates the model on these examples after each epoch. */
  FitOptions validateOn(Source examples);

  /**
   * Holds out a share of the examples from training and evaluates the model on them after each
   * epoch. They are drawn at random with the shuffle seed; if they have classes, the same share of
   * each class.
   *
   * @param share above 0 and below 1; the number of examples is rounded, but at least one
   */
  FitOptions validationShare(double share);

  /**
   * Computes these metrics for each epoch, besides those of the task, on the training examples and
   * on the validation examples. If the network has several outputs, each metric is computed for
   * those that it suits. A metric that a listener watches, such as {@code
   * EarlyStopping.on("val_f1", 5)}, need not be given here if it is built in.
   */
  FitOptions metrics(Metric... added);

  /**
   * Multiplies the loss of each example by the weight of its class, in training but not in
   * evaluation. {@link io.github.convnet4j.data.ClassCounts#balancedWeights} computes weights that
   * make all classes count the same:
   *
   * <pre>{@code
   * epochs(5).classWeights(ClassCounts.of(train).balancedWeights())
   * }</pre>
   *
   * <p>As in Keras, the cost of a batch is the sum of its weighted losses divided by the number of
   * its examples, not by the sum of their weights. Metrics are not weighted. Weights of the
   * {@linkplain Source#withWeights examples} are multiplied by those of their classes. Class
   * weights of the loss ({@code softmaxCrossEntropy().classWeights(…)}) are part of the model
   * instead: they are saved with it, they apply to evaluation too, and they also work for the
   * classes of pixels.
   *
   * @param weights one for each class, finite and at least 0, and at least one above 0
   */
  FitOptions classWeights(double... weights);

  /** Sets the class weights of one output of a network with several; see {@link #classWeights}. */
  FitOptions classWeights(String output, double... weights);

  /** Shuffles the examples with this seed instead of the model's. */
  FitOptions shuffleSeed(int seed);

  /** Uses the learning rates of this schedule instead of the optimizer's. */
  FitOptions learningRate(Schedule schedule);

  /**
   * Changes each training image at random each time it is used; the random numbers follow from the
   * model's seed. A separate thread does this ahead of the training steps. Validation images stay
   * as they are.
   */
  FitOptions augment(Augmentation by);

  /**
   * Stops after this many steps of the call, even if its epochs are not complete. The next call
   * continues in the middle of the epoch.
   *
   * @param steps at least 1
   */
  FitOptions stopAfterSteps(long steps);

  /**
   * Stops after the step during which this time runs out, even if the epochs are not complete; see
   * {@link #stopAfterSteps}.
   *
   * @param time above 0
   */
  FitOptions stopAfter(Duration time);

  /**
   * Checks that the batches of a training run fit into the heap. {@code fit} does so too; this is
   * for those who know the size of the examples before they have read them.
   *
   * @param examples how many there are to train on
   * @param values the number of values of each, with its targets, as far as they are known
   * @throws io.github.convnet4j.data.DataException if they do not
   */
  void checkMemory(int examples, long values);

  /** Returns the number of epochs, either more or {@linkplain #inAll in total}. */
  int epochs();

  /** Returns whether {@link #epochs()} includes those of earlier calls, as {@link #upTo} says. */
  boolean inAll();

  /** Returns the number of examples per batch. */
  int batchSize();

  /** Returns what happens to examples that do not fill the last batch. */
  LastBatch lastBatch();

  /** Returns the validation examples, if any were given. */
  Optional<Source> validation();

  /** Returns the metrics that were added to those of the task. */
  List<Metric> metrics();

  /**
   * Returns the class weights of each output by its name, which is empty for the only output of a
   * network.
   */
  Map<String, List<Double>> classWeights();

  /** Returns the share of the examples that is held out for validation; 0 for none. */
  double validationShare();

  /** Returns the seed for shuffling; empty for the model's. */
  OptionalInt shuffleSeed();

  /** Returns the learning rate schedule; empty for the optimizer's learning rate. */
  Optional<Schedule> learningRate();

  /** Returns the augmentation of the training images; {@link Augmentation#none} by default. */
  Augmentation augmentation();

  /** Returns the largest number of steps of a call, if it is limited. */
  OptionalLong stepLimit();

  /** Returns the time limit of a call, if there is one. */
  Optional<Duration> timeLimit();
}
