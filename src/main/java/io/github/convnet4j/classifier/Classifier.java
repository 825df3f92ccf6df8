package io.github.convnet4j.classifier;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.PictureFormat;
import io.github.convnet4j.evaluate.ConfusionMatrix;
import io.github.convnet4j.evaluate.Evaluation;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.optimizer.Optimizer;
import io.github.convnet4j.store.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.ToDoubleBiFunction;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A network that learns to tell which of several classes an image belongs to.
 *
 * <pre>{@code
 * try (Classifier classifier = Classifier.of(network, adam(0.001))) {
 *   History history = classifier.fit(train, epochs(15).batchSize(100).validateOn(validation));
 *   Evaluation evaluation = classifier.evaluate(test);
 *   Prediction prediction = classifier.predict(test.image(7));
 * }
 * classifier.predict(test.image(7));
 *     // IllegalStateException: the classifier is closed
 * }</pre>
 *
 * <p>The network takes images of shape {@code [height, width, channels]} and ends in logits, one
 * for each class, without a softmax layer. The same network, optimizer, options and images give the
 * same results, bit for bit on one machine.
 *
 * <p>Any number of threads may evaluate and predict at the same time, even while another thread
 * trains: they see the weights as they are between two steps or in the middle of one. A thread that
 * classifies one image after another should use a {@link #predictor} of its own. A program that
 * only classifies single images, in several threads, is fastest with the environment variable
 * {@code TF_NUM_INTRAOP_THREADS=1}.
 */
public final class Classifier implements AutoCloseable {
  private static final String KIND = "classifier";

  private final TrainableNetwork<ClassifierOptions> trainable;
  private final List<String> classNames;

  private Classifier(TrainableNetwork<ClassifierOptions> trainable) {
    this.trainable = trainable;
    this.classNames = ClassNames.of(trainable.options(), trainable.network());
  }

  /**
   * Returns an untrained classifier with {@linkplain ClassifierOptions#defaults default options}.
   */
  public static Classifier of(Network network, Optimizer optimizer) {
    return of(network, optimizer, ClassifierOptions.defaults());
  }

  /**
   * Returns an untrained classifier; its weights have their initial values.
   *
   * @param network from {@code [height, width, channels]} to {@code [classes]}, the logits
   * @param optimizer how it learns
   * @param options seed, loss, class names, normalization and more
   * @throws IllegalArgumentException if the network and the options do not fit together
   */
  public static Classifier of(Network network, Optimizer optimizer, ClassifierOptions options) {
    return new Classifier(trainable(network, optimizer, options));
  }

  private static TrainableNetwork<ClassifierOptions> trainable(
      Network network, Optimizer optimizer, ClassifierOptions options) {
    Fits.check(requireNonNull(network, "network"), requireNonNull(options, "options"));
    return new TrainableNetwork<>(KIND, network, optimizer, options);
  }

  /**
   * Trains the classifier. The images are shuffled before each epoch, and each is used once per
   * epoch; {@link FitOptions#lastBatch} says what happens if the last batch is not full. Training
   * picks up where the previous call left off: two calls with 2 epochs each do the same as one call
   * with 4. If the previous call ended in the middle of an epoch, because it was stopped,
   * interrupted or failed, this call finishes that epoch first. It starts the epoch again if the
   * number of images, the batch size, the treatment of the last batch or the shuffle seed has
   * changed.
   *
   * <p>A separate thread assembles and augments the next batches while a step is running.
   *
   * @param images the training images
   * @param fitOptions number of epochs, batch size, validation, learning rates, augmentation,
   *     limits
   * @param listeners notified of each step and epoch, in this order
   * @return cost and accuracy of each epoch that this call completed
   * @throws IllegalArgumentException if the images do not fit the network
   * @throws IllegalStateException if all layers are frozen, another thread is training the
   *     classifier, or the classifier is closed before or during the call
   * @throws java.util.concurrent.CancellationException if the thread is interrupted; the steps done
   *     so far are kept, as when training is stopped
   */
  public History fit(DataSet images, FitOptions fitOptions, TrainingListener... listeners) {
    Fits.check(network(), images, "images");
    fitOptions.validation().ifPresent(data -> Fits.check(network(), data, "validation"));
    List<TrainingListener> observers = List.of(listeners);
    HeldOut split = HeldOut.of(images, fitOptions, options().seed());
    return trainable.fit(
        Examples.of(split.training()),
        split.options(),
        (plan, learningRate) ->
            new Fit(
                new Training(this, split.training(), split.options(), plan, learningRate),
                trainable.progress(),
                observers));
  }

  /**
   * Evaluates the classifier as {@link #evaluate(DataSet, int)} does, with a batch size that
   * depends on the network: the larger its activations, the smaller the batches. So a few tens of
   * megabytes are enough for any number of images.
   */
  public Evaluation evaluate(DataSet images) {
    return evaluation(images, (examples, to) -> trainable.inference().judge(examples, to));
  }

  /**
   * Predicts the class of each image and compares it with the label.
   *
   * @param images labeled images
   * @param batchSize number of images per batch, at least 1; it affects memory and speed, but of
   *     the result only the last digits of the loss
   * @return the mean loss and the confusion matrix
   */
  public Evaluation evaluate(DataSet images, int batchSize) {
    return evaluation(
        images, (examples, to) -> trainable.inference().judge(examples, batchSize, to));
  }

  private Evaluation evaluation(
      DataSet images, ToDoubleBiFunction<Examples, Inference.Predictions> judge) {
    Fits.check(network(), images, "images");
    int classes = classNames.size();
    int[] predicted = new int[images.size()];
    double loss =
        judge.applyAsDouble(
            Examples.of(images),
            (from, predictions) -> {
              for (int i = 0; i < predictions.length / classes; i++) {
                predicted[from + i] = Prediction.indexOfLargest(predictions, i * classes, classes);
              }
            });
    return new Evaluation(loss, ConfusionMatrix.of(classNames, images.labels(), predicted));
  }

  /**
   * Predicts the class of an image.
   *
   * @param image unsigned bytes, {@code [height, width, channels]}, row by row
   */
  public Prediction predict(byte[] image) {
    return predict(Tensors.pixels(image));
  }

  /**
   * Predicts the class of an image.
   *
   * @param image values from 0 to 1, {@code [height, width, channels]}, row by row
   */
  public Prediction predict(float[] image) {
    return new Prediction(classNames, trainable.inference().predict(image));
  }

  /**
   * Predicts the class of a picture. It is converted to the {@link #pictureFormat} first.
   *
   * @param picture a PNG, JPEG, GIF, BMP or TIFF file
   * @throws io.github.convnet4j.data.DataException if the file cannot be read
   */
  public Prediction predict(Path picture) {
    return predict(pictureFormat().read(picture).pixels());
  }

  /**
   * Returns the format that pictures are converted to for this classifier: the size and the colors
   * that the network takes, inverted if the {@linkplain ClassifierOptions#pictures options} say so.
   */
  public PictureFormat pictureFormat() {
    Shape input = network().input();
    return options()
        .pictures()
        .orElse(PictureFormat.asTheyAre())
        .size(Math.toIntExact(input.get(0)), Math.toIntExact(input.get(1)))
        .colour(input.get(2) == 1 ? PictureFormat.Colour.GREY : PictureFormat.Colour.RGB);
  }

  /**
   * Returns a predictor for classifying one image after another, which is faster than calling
   * {@link #predict(byte[])} each time. Each thread needs its own, and must close it.
   */
  public Predictor<Prediction> predictor() {
    return trainable.inference().predictor(values -> new Prediction(classNames, values));
  }

  /**
   * Predicts the class of each image, with a batch size that depends on the network.
   *
   * @return one prediction for each image, in the same order
   */
  public List<Prediction> predict(DataSet images) {
    return predictions(images, (examples, to) -> trainable.inference().predict(examples, to));
  }

  /**
   * Predicts the class of each image.
   *
   * @param batchSize number of images per batch, at least 1; it affects memory and speed, but of
   *     the results only the last digits
   * @return one prediction for each image, in the same order
   */
  public List<Prediction> predict(DataSet images, int batchSize) {
    return predictions(
        images, (examples, to) -> trainable.inference().predict(examples, batchSize, to));
  }

  private List<Prediction> predictions(
      DataSet images, BiConsumer<Examples, Inference.Predictions> predict) {
    Fits.check(network(), images, "images");
    int classes = classNames.size();
    List<Prediction> predictions = new ArrayList<>();
    predict.accept(
        Examples.of(images),
        (from, some) -> {
          for (int i = 0; i < some.length; i += classes) {
            predictions.add(new Prediction(classNames, Arrays.copyOfRange(some, i, i + classes)));
          }
        });
    return List.copyOf(predictions);
  }

  /**
   * Saves everything that training needs to continue as if it had never been interrupted: network,
   * options, weights, optimizer state, the numbers of steps and epochs, the position in the epoch,
   * and the history. If a listener calls this method from {@link TrainingListener#settled}, the
   * listeners' states are saved, too.
   *
   * <p>An earlier save in the folder stays intact until the new one is on the disk.
   *
   * @param folder a new or empty folder, or one with an earlier save
   * @throws StoreException if the folder holds anything else, if another process is writing to it,
   *     or if it cannot be written to
   * @throws IllegalArgumentException if a layer, an initializer, the optimizer or the loss is not
   *     built in; see {@link #save(Path, ClassifierJson)}
   * @throws NotFiniteException if a weight, a moving statistic or a value of the optimizer's state
   *     is not finite; an earlier save is kept
   * @throws IllegalStateException if another thread is training the classifier, or it is closed
   */
  public void save(Path folder) {
    save(folder, ClassifierJson.standard());
  }

  /** Saves as {@link #save(Path)} does, also with custom layers, optimizers and losses. */
  public void save(Path folder, ClassifierJson json) {
    trainable.save(folder, json);
  }

  /**
   * Checks whether the classifier can be saved in a folder. Call it before {@code fit}, so that the
   * results of a long run are not lost:
   *
   * <pre>{@code
   * classifier.checkCanSave(folder);
   * classifier.fit(train, epochs(15), CsvHistory.to(history));
   * classifier.save(folder);
   * }</pre>
   *
   * <p>{@link #save(Path)} makes the same checks, except for the free space on the disk.
   *
   * @param folder need not exist yet
   * @throws StoreException if the folder holds anything but an earlier save, cannot be written to,
   *     or is on a disk without enough free space
   * @throws IllegalArgumentException if a layer, an initializer, the optimizer or the loss is not
   *     built in; see {@link #checkCanSave(Path, ClassifierJson)}
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
   * or part of the optimizer's state. A classifier with such a variable cannot be saved.
   *
   * @return the variable's name, for example {@code "conv2d/kernel"}; empty if all values are
   *     finite
   */
  public Optional<String> firstNotFinite() {
    return trainable.firstNotFinite();
  }

  /**
   * Loads a classifier that {@link #save} wrote. It predicts and continues training exactly as the
   * saved one would have done. The only exceptions are custom layers with stateful random
   * operations: they draw other random numbers.
   *
   * @throws StoreException if a file is missing, damaged or of a newer version; the message names
   *     it
   */
  public static Classifier load(Path folder) {
    return load(folder, ClassifierJson.standard());
  }

  /** Loads as {@link #load(Path)} does, also with custom layers, optimizers and losses. */
  public static Classifier load(Path folder, ClassifierJson json) {
    return new Classifier(
        SavedNetwork.read(
            folder,
            KIND,
            json::read,
            saved ->
                trainable(
                    saved.network(), saved.optimizer(), (ClassifierOptions) saved.options())));
  }

  /**
   * Returns a copy, on the heap, of the variables, the training progress and the history.
   *
   * @throws IllegalStateException if another thread is training the classifier, or it is closed
   */
  public Snapshot snapshot() {
    return trainable.snapshot();
  }

  /**
   * Returns the snapshot that {@link Snapshot#toBytes} wrote.
   *
   * @throws IllegalArgumentException if the bytes are not those of a snapshot, or the snapshot is
   *     of a classifier with other classes or variables
   */
  public Snapshot snapshot(byte[] bytes) {
    Snapshot snapshot = SnapshotBytes.read(bytes, classNames);
    snapshot.check(trainable.variables());
    return snapshot;
  }

  /**
   * Returns to the state of a snapshot of this classifier, or of another one with the same network
   * and optimizer. Predictions and further training are then the same as when the snapshot was
   * taken. A listener may call this only from {@link TrainingListener#trainEnd}.
   *
   * @throws IllegalArgumentException if the snapshot has other variables; nothing is changed then
   * @throws IllegalStateException if another thread is training the classifier, or it is closed
   */
  public void restore(Snapshot snapshot) {
    trainable.restore(requireNonNull(snapshot, "snapshot"));
  }

  /**
   * Exports a SavedModel, which TensorFlow reads in any language. It contains the inference graph
   * only, with the normalization. Its signature {@code serving_default} takes {@code images},
   * {@code [batch, height, width, channels]}, with values from 0 to 1. It returns {@code
   * probabilities}, {@code [batch, classes]}, and {@code classes}, {@code [batch]}, the most likely
   * class of each image.
   *
   * @param folder a new or empty folder
   * @throws StoreException if the folder is not empty or cannot be written to
   * @throws NotFiniteException if a weight is not finite
   * @throws IllegalStateException if another thread is training the classifier, if it is closed, or
   *     if the default format locale has digits other than 0 to 9, which TensorFlow Java would put
   *     into names
   */
  public void exportSavedModel(Path folder) {
    trainable.export(folder, this::outputs);
  }

  private Map<String, Operand<?>> outputs(Ops tf, Operand<TFloat32> logits) {
    Map<String, Operand<?>> outputs = new LinkedHashMap<>();
    outputs.put(
        "probabilities",
        tf.withName("probabilities").identity(options().loss().predictions(tf, logits)));
    outputs.put("classes", tf.withName("classes").math.argMax(logits, tf.constant(1)));
    return outputs;
  }

  /** Returns the network. */
  public Network network() {
    return trainable.network();
  }

  /** Returns the optimizer. */
  public Optimizer optimizer() {
    return trainable.optimizer();
  }

  /** Returns the options that the classifier was created with. */
  public ClassifierOptions options() {
    return trainable.options();
  }

  /** Returns a name for each class: "0", "1", … if the options have none. */
  public List<String> classNames() {
    return classNames;
  }

  /**
   * Returns the results of all epochs completed so far, including those before a save. After {@link
   * #restore} these are the epochs up to the snapshot.
   */
  public History history() {
    return new History(trainable.reached().history());
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
   * classifier and is closed with it.
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
   *
   * @throws IllegalStateException if called by a listener
   */
  @Override
  public void close() {
    trainable.close();
  }
}
