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
 * A network that learns some numbers of each image. With mean squared error, which is the default,
 * they are measures:
 *
 * <pre>{@code
 * try (Regressor regressor = Regressor.of(network, adam(0.001f), RegressorOptions.defaults().seed(777))) {
 *   regressor.fit(train, epochs(15).batchSize(100));
 *   RegressionEvaluation evaluation = regressor.evaluate(test);
 *   float[] numbers = regressor.predict(test.image(7));
 * }
 * }</pre>
 *
 * <p>With sigmoid cross-entropy they are the probabilities of labels of which an image may have any
 * number, each asked by itself, as in logistic regression. The targets are 1 where the image has
 * the label and 0 where not, or a probability between:
 *
 * <pre>{@code
 * RegressorOptions labels = RegressorOptions.defaults().seed(777).loss(Losses.sigmoidCrossEntropy());
 * try (Regressor regressor = Regressor.of(network, adam(0.001f), labels)) {
 *   regressor.fit(train, epochs(15).batchSize(100));
 *   MultiLabelEvaluation evaluation = regressor.evaluateLabels(test);
 * }
 * }</pre>
 *
 * <p>The network takes {@code [height, width, channels]} and gives {@code [targets]}; for sigmoid
 * cross-entropy as logits, without sigmoid. Where each image is of one class, use {@link
 * Classifier}. The same network, optimizer, options and images give the same numbers, to the bit on
 * one machine.
 *
 * <p>Any number of threads may evaluate and predict at once, also while one trains: they see the
 * weights in between steps or in the middle of one.
 */
public final class Regressor implements AutoCloseable {
  private static final String KIND = "regressor";

  private final TrainableNetwork<RegressorOptions> trainable;

  private Regressor(TrainableNetwork<RegressorOptions> trainable) {
    this.trainable = trainable;
  }

  /** A regressor with the default options: see {@link RegressorOptions#defaults}. */
  public static Regressor of(Network network, Optimizer optimizer) {
    return of(network, optimizer, RegressorOptions.defaults());
  }

  /**
   * A regressor with its first weights, not trained.
   *
   * @param network {@code [height, width, channels]} to {@code [targets]}
   * @param optimizer how it learns
   * @param options seed, loss, normalisation
   * @throws IllegalArgumentException if they do not fit together
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
   * Trains. Every image is seen once an epoch, in an order shuffled anew each time, the last batch
   * being what is left. Goes on where the call before left off: two calls of 2 epochs with the same
   * options do what one of 4 does. So whoever wants to look, or to stop, in between trains one
   * epoch at a time. An epoch that was left in its midst is gone on with; see {@link
   * Classifier#fit}.
   *
   * @param images to learn from
   * @param fitOptions epochs, batch size, learning rates, augmentation, limits; without validation
   * @return the cost of each epoch
   * @throws IllegalArgumentException if the images do not fit the network, or the targets the loss
   * @throws IllegalStateException if all layers are frozen, another thread trains it, it is closed,
   *     or is closed meanwhile
   */
  public RegressionHistory fit(TargetSet images, FitOptions fitOptions) {
    return fit(images, fitOptions, Optional.empty());
  }

  /**
   * As {@link #fit(TargetSet, FitOptions)}, evaluated after each epoch.
   *
   * @param validation what it is evaluated on
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
          "fitOptions must not have validation images, which have classes: give fit a TargetSet");
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
   * Asks for the numbers of each image, and compares.
   *
   * @param images whose targets are known
   * @return the mean of the images' losses, and how far the predictions are from the targets
   */
  public RegressionEvaluation evaluate(TargetSet images) {
    Judged judged = judge(images);
    return RegressionEvaluation.of(
        judged.loss(), images.targets(), judged.predictions(), images.targetsPerImage());
  }

  /**
   * Asks for the labels of each image, and compares.
   *
   * @param images whose labels are known: each target is 0 or 1
   * @return the mean of the images' losses, and how often a label was told rightly
   * @throws IllegalStateException if the loss is not sigmoid cross-entropy
   */
  public MultiLabelEvaluation evaluateLabels(TargetSet images) {
    if (!(options().loss() instanceof SigmoidCrossEntropy)) {
      throw new IllegalStateException(
          "labels are told by a regressor whose loss is sigmoidCrossEntropy(), not "
              + options().loss());
    }
    Judged judged = judge(images);
    return MultiLabelEvaluation.of(
        judged.loss(), images.targets(), judged.predictions(), images.targetsPerImage());
  }

  /** The mean loss and all predictions, {@code [size, targets]}. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
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
   * The numbers of an image; its labels' probabilities, with sigmoid cross-entropy.
   *
   * @param image unsigned bytes, {@code [height, width, channels]} row by row
   * @return {@code [targets]}
   */
  public float[] predict(byte[] image) {
    return predict(Tensors.pixels(image));
  }

  /**
   * The numbers of an image; its labels' probabilities, with sigmoid cross-entropy.
   *
   * @param image from 0 to 1, {@code [height, width, channels]} row by row
   * @return {@code [targets]}
   */
  public float[] predict(float[] image) {
    return trainable.inference().predict(image);
  }

  /**
   * Prepares to give the numbers, {@code [targets]}, of one image after another, which costs less
   * than to ask {@link #predict(byte[])} each time. One for each thread; to be closed.
   */
  public Predictor<float[]> predictor() {
    return trainable.inference().predictor(Function.identity());
  }

  /**
   * The numbers of each image, {@code [targets]}, in the images' order; as many images at a time as
   * suit the network.
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
   * Saves all that it takes to go on as if nothing had happened: network, options, weights, the
   * optimizer's state, the number of steps and epochs, the place in the epoch. An earlier save in
   * the folder stays whole until this one is on the disk.
   *
   * @param folder new, empty, or of an earlier save
   * @throws StoreException if it holds anything else, another process writes to it, or it cannot be
   *     written to
   * @throws IllegalArgumentException if the network, the optimizer or the loss is not built in: see
   *     {@link #save(Path, ClassifierJson)}
   * @throws NotFiniteException if a weight, a moving statistic or a number of the optimizer's is
   *     not finite; an earlier save is still there then
   * @throws IllegalStateException if another thread trains it, or it is closed
   */
  public void save(Path folder) {
    save(folder, ClassifierJson.standard());
  }

  /** As {@link #save(Path)}, with layers, optimizers or losses of the user's own. */
  public void save(Path folder, ClassifierJson json) {
    trainable.save(folder, json);
  }

  /**
   * Sees whether the regressor could be saved in a folder: {@link Classifier#checkCanSave(Path)}.
   */
  public void checkCanSave(Path folder) {
    checkCanSave(folder, ClassifierJson.standard());
  }

  /** As {@link #checkCanSave(Path)}, with layers, optimizers or losses of the user's own. */
  public void checkCanSave(Path folder, ClassifierJson json) {
    trainable.checkCanSave(folder, json);
  }

  /**
   * The first variable whose values are not all finite: a weight, a moving statistic or what the
   * optimizer keeps. With such a one the regressor is not saved.
   *
   * @return its name, {@code "conv2d/kernel"} say; empty if all values are finite
   */
  public Optional<String> firstNotFinite() {
    return trainable.firstNotFinite();
  }

  /**
   * The regressor that {@link #save} wrote, which predicts and goes on training exactly as the
   * saved one would.
   *
   * @throws StoreException if something is missing, damaged or of a newer version; the message
   *     names it
   */
  public static Regressor load(Path folder) {
    return load(folder, ClassifierJson.standard());
  }

  /** As {@link #load(Path)}, with layers, optimizers or losses of the user's own. */
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
   * Writes a SavedModel for TensorFlow in any language, of inference alone, with normalisation. Its
   * signature {@code serving_default} takes {@code images}, {@code [batch, height, width,
   * channels]} from 0 to 1, and gives {@code predictions}, {@code [batch, targets]}.
   *
   * @param folder new or empty
   * @throws StoreException if it holds anything, or cannot be written to
   * @throws NotFiniteException if a weight is not finite
   * @throws IllegalStateException if another thread trains it, it is closed, or the default locale
   *     for formats has digits of its own, which TensorFlow Java would put into names
   */
  public void exportSavedModel(Path folder) {
    trainable.export(
        folder,
        (tf, output) ->
            Map.of(
                "predictions",
                tf.withName("predictions").identity(options().loss().predictions(tf, output))));
  }

  /** The network. */
  public Network network() {
    return trainable.network();
  }

  /** The optimizer. */
  public Optimizer optimizer() {
    return trainable.optimizer();
  }

  /** The options as they were given. */
  public RegressorOptions options() {
    return trainable.options();
  }

  /** Epochs trained so far, those before it was saved and loaded included. */
  public int epochsTrained() {
    return trainable.reached().epochs();
  }

  /** Steps trained so far, those before it was saved and loaded included. */
  public long stepsTrained() {
    return trainable.reached().steps();
  }

  /**
   * The values of a variable.
   *
   * @param name as {@link Network#parameters} has it, {@code "conv2d/kernel"} say
   * @return row by row; a copy
   * @throws IllegalArgumentException if there is none of this name
   */
  public float[] weights(String name) {
    return trainable.weights(name);
  }

  /** The graph, for what is not to be had here. It belongs to the regressor. */
  public Graph graph() {
    return trainable.graph();
  }

  /** The session, for what is not to be had here; as {@link #graph}. */
  public Session session() {
    return trainable.session();
  }

  /**
   * Frees the native memory, when the calls under way in other threads are done; {@code fit} ends
   * after its current step, with an exception. Closing twice does nothing.
   */
  @Override
  public void close() {
    trainable.close();
  }
}
