package io.github.convnet4j.classifier;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.data.TargetSet;
import io.github.convnet4j.evaluate.MultiLabelEvaluation;
import io.github.convnet4j.evaluate.RegressionEvaluation;
import io.github.convnet4j.loss.SigmoidCrossEntropy;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.optimizer.Optimizer;
import io.github.convnet4j.store.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.Session;

/**
 * A network that learns to predict one or more numbers for each image. With mean squared error, the
 * default loss, these may be any numbers:
 *
 * <pre>{@code
 * try (Regressor regressor = Regressor.of(network, adam(0.001), RegressorOptions.defaults().seed(777))) {
 *   regressor.fit(train, epochs(15).batchSize(100));
 *   RegressionEvaluation evaluation = regressor.evaluate(test);
 *   float[] numbers = regressor.predict(test.image(7));
 * }
 * }</pre>
 *
 * <p>With sigmoid cross-entropy they are the probabilities of labels. An image may have any number
 * of labels, and each is predicted independently, as in logistic regression. The target is 1 for a
 * label that the image has and 0 for one that it has not, or a probability in between:
 *
 * <pre>{@code
 * RegressorOptions labels = RegressorOptions.defaults().seed(777).loss(Losses.sigmoidCrossEntropy());
 * try (Regressor regressor = Regressor.of(network, adam(0.001), labels)) {
 *   regressor.fit(train, epochs(15).batchSize(100));
 *   MultiLabelEvaluation evaluation = regressor.evaluateLabels(test);
 * }
 * }</pre>
 *
 * <p>The network takes images of shape {@code [height, width, channels]} and ends in {@code
 * [targets]}; for sigmoid cross-entropy these are logits, without a sigmoid layer. If each image
 * belongs to exactly one class, use {@link Classifier}. The same network, optimizer, options and
 * images give the same results, bit for bit on one machine.
 *
 * <p>Any number of threads may evaluate and predict at the same time, even while another thread
 * trains: they see the weights as they are between two steps or in the middle of one.
 */
public final class Regressor implements AutoCloseable {
  private static final String KIND = "regressor";

  private final TrainableNetwork<RegressorOptions> trainable;

  private Regressor(TrainableNetwork<RegressorOptions> trainable) {
    this.trainable = trainable;
  }

  /** Returns an untrained regressor with {@linkplain RegressorOptions#defaults default options}. */
  public static Regressor of(Network network, Optimizer optimizer) {
    return of(network, optimizer, RegressorOptions.defaults());
  }

  /**
   * Returns an untrained regressor; its weights have their initial values.
   *
   * @param network from {@code [height, width, channels]} to {@code [targets]}
   * @param optimizer how it learns
   * @param options seed, loss, normalization and more
   * @throws IllegalArgumentException if the network and the options do not fit together
   */
  public static Regressor of(Network network, Optimizer optimizer, RegressorOptions options) {
    return new Regressor(trainable(network, optimizer, options));
  }

  private static TrainableNetwork<RegressorOptions> trainable(
      Network network, Optimizer optimizer, RegressorOptions options) {
    Fits.check(requireNonNull(network, "network"), requireNonNull(options, "options"));
    return new TrainableNetwork<>(KIND, network, optimizer, options);
  }

  /**
   * Trains the regressor. The images are shuffled before each epoch, and each is used once per
   * epoch. Training picks up where the previous call left off, even in the middle of an epoch, as
   * described at {@link Classifier#fit}: two calls with 2 epochs each do the same as one call with
   * 4. So a program that wants to look at the results, or to stop, between epochs can train one
   * epoch at a time.
   *
   * @param images the training images with their targets
   * @param fitOptions number of epochs, batch size, learning rates, augmentation, limits; without
   *     validation
   * @return the cost of each epoch that this call completed
   * @throws IllegalArgumentException if the images do not fit the network, or the targets do not
   *     fit the loss
   * @throws IllegalStateException if all layers are frozen, another thread is training the
   *     regressor, or the regressor is closed before or during the call
   */
  public RegressionHistory fit(TargetSet images, FitOptions fitOptions) {
    return fit(images, fitOptions, Optional.empty());
  }

  /**
   * Trains as {@link #fit(TargetSet, FitOptions)} does, and evaluates the regressor after each
   * epoch.
   *
   * @param validation the images to evaluate it on
   */
  public RegressionHistory fit(TargetSet images, FitOptions fitOptions, TargetSet validation) {
    check(validation, "validation");
    return fit(images, fitOptions, Optional.of(validation));
  }

  private RegressionHistory fit(
      TargetSet images, FitOptions fitOptions, Optional<TargetSet> validation) {
    check(images, "images");
    if (fitOptions.validation().isPresent() || fitOptions.validationShare() > 0) {
      throw new IllegalArgumentException(
          "fitOptions must not have validation images or a validationShare: pass a TargetSet as the"
              + " third argument of fit");
    }
    return trainable.fit(
        Examples.of(images), fitOptions, (plan, learningRate) -> new Observer(validation));
  }

  /** Collects what {@code fit} returns. */
  private final class Observer implements TrainingLoop.Observer<RegressionHistory> {
    private final Optional<TargetSet> validation;
    private final List<Double> costs = new ArrayList<>();
    private final List<RegressionEvaluation> validations = new ArrayList<>();

    Observer(Optional<TargetSet> validation) {
      this.validation = validation;
    }

    @Override
    public void epochDone(int epoch, double cost, double accuracy) {
      costs.add(cost);
      validation.ifPresent(images -> validations.add(evaluate(images)));
    }

    @Override
    public RegressionHistory end() {
      return new RegressionHistory(costs, validations);
    }
  }

  private void check(TargetSet images, String argument) {
    Fits.check(trainable.network(), trainable.options(), images, argument);
  }

  /**
   * Predicts the numbers of each image and compares them with the targets.
   *
   * @param images images with known targets
   * @return the mean loss, and how far the predictions are from the targets
   */
  public RegressionEvaluation evaluate(TargetSet images) {
    Judged judged = judge(images);
    return RegressionEvaluation.of(
        judged.loss(), images.targets(), judged.predictions(), images.targetsPerImage());
  }

  /**
   * Predicts the labels of each image and compares them with the targets.
   *
   * @param images images with known labels: each target is 0 or 1
   * @return the mean loss, and how often each label was predicted correctly
   * @throws IllegalStateException if the loss is not sigmoid cross-entropy
   */
  public MultiLabelEvaluation evaluateLabels(TargetSet images) {
    if (!(options().loss() instanceof SigmoidCrossEntropy)) {
      throw new IllegalStateException(
          "evaluateLabels needs a regressor whose loss is sigmoidCrossEntropy(), not "
              + options().loss());
    }
    Judged judged = judge(images);
    return MultiLabelEvaluation.of(
        judged.loss(), images.targets(), judged.predictions(), images.targetsPerImage());
  }

  /** The mean loss and all predictions, {@code [size, targets]}. */
  @SuppressWarnings("ArrayRecordComponent") // Instances are never compared.
  private record Judged(double loss, float[] predictions) {}

  private Judged judge(TargetSet images) {
    check(images, "images");
    int n = images.targetsPerImage();
    float[] all = new float[Math.multiplyExact(images.size(), n)];
    double loss =
        trainable
            .inference()
            .judge(
                Examples.of(images),
                (from, some) -> System.arraycopy(some, 0, all, from * n, some.length));
    return new Judged(loss, all);
  }

  /**
   * Predicts the numbers of an image; with sigmoid cross-entropy, the probabilities of its labels.
   *
   * @param image unsigned bytes, {@code [height, width, channels]}, row by row
   * @return {@code [targets]}
   */
  public float[] predict(byte[] image) {
    return predict(Tensors.pixels(image));
  }

  /**
   * Predicts the numbers of an image; with sigmoid cross-entropy, the probabilities of its labels.
   *
   * @param image values from 0 to 1, {@code [height, width, channels]}, row by row
   * @return {@code [targets]}
   */
  public float[] predict(float[] image) {
    return trainable.inference().predict(image);
  }

  /**
   * Returns a predictor of the numbers, {@code [targets]}, for one image after another, which is
   * faster than calling {@link #predict(byte[])} each time. Each thread needs its own, and must
   * close it.
   */
  public Predictor<float[]> predictor() {
    return trainable.inference().predictor(Function.identity());
  }

  /**
   * Predicts the numbers of each image, with a batch size that depends on the network.
   *
   * @return {@code [targets]} for each image, in the same order
   */
  public List<float[]> predict(TargetSet images) {
    check(images, "images");
    int n = images.targetsPerImage();
    List<float[]> predictions = new ArrayList<>();
    trainable
        .inference()
        .predict(
            Examples.of(images),
            (from, some) -> {
              for (int i = 0; i < some.length; i += n) {
                predictions.add(Arrays.copyOfRange(some, i, i + n));
              }
            });
    return List.copyOf(predictions);
  }

  /**
   * Saves everything that training needs to continue as if it had never been interrupted: network,
   * options, weights, optimizer state, the numbers of steps and epochs, and the position in the
   * epoch. An earlier save in the folder stays intact until the new one is on the disk.
   *
   * @param folder a new or empty folder, or one with an earlier save
   * @throws StoreException if the folder holds anything else, if another process is writing to it,
   *     or if it cannot be written to
   * @throws IllegalArgumentException if a layer, an initializer, the optimizer or the loss is not
   *     built in; see {@link #save(Path, ClassifierJson)}
   * @throws NotFiniteException if a weight, a moving statistic or a value of the optimizer's state
   *     is not finite; an earlier save is kept
   * @throws IllegalStateException if another thread is training the regressor, or it is closed
   */
  public void save(Path folder) {
    save(folder, ClassifierJson.standard());
  }

  /** Saves as {@link #save(Path)} does, also with custom layers, optimizers and losses. */
  public void save(Path folder, ClassifierJson json) {
    trainable.save(folder, json);
  }

  /**
   * Checks whether the regressor can be saved in a folder; see {@link
   * Classifier#checkCanSave(Path)}.
   */
  public void checkCanSave(Path folder) {
    checkCanSave(folder, ClassifierJson.standard());
  }

  /** Checks as {@link #checkCanSave(Path)} does, also with custom layers, optimizers and losses. */
  public void checkCanSave(Path folder, ClassifierJson json) {
    trainable.checkCanSave(folder, json);
  }

  /**
   * Returns the first variable whose values are not all finite, be it a weight, a moving statistic
   * or part of the optimizer's state. A regressor with such a variable cannot be saved.
   *
   * @return the variable's name, for example {@code "conv2d/kernel"}; empty if all values are
   *     finite
   */
  public Optional<String> firstNotFinite() {
    return trainable.firstNotFinite();
  }

  /**
   * Loads a regressor that {@link #save} wrote. It predicts and continues training exactly as the
   * saved one would have done. The only exceptions are custom layers with stateful random
   * operations: they draw other random numbers.
   *
   * @throws StoreException if a file is missing, damaged or of a newer version; the message names
   *     it
   */
  public static Regressor load(Path folder) {
    return load(folder, ClassifierJson.standard());
  }

  /** Loads as {@link #load(Path)} does, also with custom layers, optimizers and losses. */
  public static Regressor load(Path folder, ClassifierJson json) {
    return new Regressor(
        SavedNetwork.read(
            folder,
            KIND,
            text -> json.read(text, RegressorOptions.class),
            saved ->
                trainable(saved.network(), saved.optimizer(), (RegressorOptions) saved.options())));
  }

  /**
   * Exports a SavedModel, which TensorFlow reads in any language. It contains the inference graph
   * only, with the normalization. Its signature {@code serving_default} takes {@code images},
   * {@code [batch, height, width, channels]}, with values from 0 to 1, and returns {@code
   * predictions}, {@code [batch, targets]}.
   *
   * @param folder a new or empty folder
   * @throws StoreException if the folder is not empty or cannot be written to
   * @throws NotFiniteException if a weight is not finite
   * @throws IllegalStateException if another thread is training the regressor, if it is closed, or
   *     if the default format locale has digits other than 0 to 9, which TensorFlow Java would put
   *     into names
   */
  public void exportSavedModel(Path folder) {
    trainable.export(
        folder,
        (tf, output) ->
            Map.of(
                "predictions",
                tf.withName("predictions").identity(options().loss().predictions(tf, output))));
  }

  /** Returns the network. */
  public Network network() {
    return trainable.network();
  }

  /** Returns the optimizer. */
  public Optimizer optimizer() {
    return trainable.optimizer();
  }

  /** Returns the options that the regressor was created with. */
  public RegressorOptions options() {
    return trainable.options();
  }

  /** Returns the number of epochs completed so far, including those before a save. */
  public int epochsTrained() {
    return trainable.reached().epochs();
  }

  /** Returns the number of training steps so far, including those before a save. */
  public long stepsTrained() {
    return trainable.reached().steps();
  }

  /**
   * Returns a copy of a variable's values.
   *
   * @param name a name from {@link Network#parameters}, for example {@code "conv2d/kernel"}
   * @return the values, row by row
   * @throws IllegalArgumentException if there is no variable of that name
   */
  public float[] weights(String name) {
    return trainable.weights(name);
  }

  /**
   * Returns the TensorFlow graph, for anything that this class does not offer. It belongs to the
   * regressor and is closed with it.
   */
  public Graph graph() {
    return trainable.graph();
  }

  /** Returns the TensorFlow session; see {@link #graph}. */
  public Session session() {
    return trainable.session();
  }

  /**
   * Frees the native memory, after waiting for calls in other threads to finish; a running {@code
   * fit} ends after its current step, with an exception. Closing again has no effect.
   */
  @Override
  public void close() {
    trainable.close();
  }
}
