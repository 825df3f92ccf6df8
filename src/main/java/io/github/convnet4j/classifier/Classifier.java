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
 * A network that learns which of several classes an image is of.
 *
 * <pre>{@code
 * try (Classifier classifier = Classifier.of(network, adam(0.001f))) {
 *   History history = classifier.fit(train, epochs(15).batchSize(100).validateOn(validation));
 *   Evaluation evaluation = classifier.evaluate(test);
 *   Prediction prediction = classifier.predict(test.image(7));
 * }
 * classifier.predict(test.image(7));
 *     // IllegalStateException: the classifier is closed
 * }</pre>
 *
 * <p>The network takes {@code [height, width, channels]} and ends in logits, one for each class,
 * without softmax. The same network, optimizer, options and images give the same numbers, to the
 * bit on one machine.
 *
 * <p>Any number of threads may evaluate and predict at once, also while one trains: they see the
 * weights in between steps or in the middle of one. To ask about image after image, each takes a
 * {@link #predictor}. A program that only predicts single images, by several threads, is fastest
 * with the environment variable {@code TF_NUM_INTRAOP_THREADS=1}.
 */
public final class Classifier implements AutoCloseable {
  private static final String KIND = "classifier";

  private final TrainableNetwork<ClassifierOptions> trainable;
  private final List<String> classNames;

  private Classifier(TrainableNetwork<ClassifierOptions> trainable) {
    this.trainable = trainable;
    this.classNames = ClassNames.of(trainable.options(), trainable.network());
  }

  /** A classifier with the default options: see {@link ClassifierOptions#defaults}. */
  public static Classifier of(Network network, Optimizer optimizer) {
    return of(network, optimizer, ClassifierOptions.defaults());
  }

  /**
   * A classifier with its first weights, not trained.
   *
   * @param network {@code [height, width, channels]} to {@code [classes]}, the logits
   * @param optimizer how it learns
   * @param options seed, loss, names of the classes, normalisation
   * @throws IllegalArgumentException if they do not fit together
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
   * Trains. Every image is seen once an epoch, in an order shuffled anew each time, the last batch
   * being what is left. Goes on where the call before left off: two calls of 2 epochs with the same
   * options do what one of 4 does. An epoch that was left in its midst, because training was
   * stopped, cut off or ended by an exception, is gone on with; but begun anew if the number of
   * images, the batch size or the shuffle seed is another now.
   *
   * <p>Batches are put together, and augmented, on a thread of their own while a step is under way.
   *
   * @param images to learn from
   * @param fitOptions epochs, batch size, validation, learning rates, augmentation, limits
   * @param listeners told what happens, in this order
   * @return cost and accuracy of each epoch that this call ended
   * @throws IllegalArgumentException if the images do not fit the network
   * @throws IllegalStateException if all layers are frozen, another thread trains it, it is closed,
   *     or is closed meanwhile
   * @throws java.util.concurrent.CancellationException if the thread is interrupted; nothing is
   *     lost, as when training is stopped
   */
  public History fit(DataSet images, FitOptions fitOptions, TrainingListener... listeners) {
    Fits.check(network(), images, "images");
    fitOptions.validation().ifPresent(data -> Fits.check(network(), data, "validation"));
    List<TrainingListener> told = List.of(listeners);
    HeldOut split = HeldOut.of(images, fitOptions, options().seed());
    return trainable.fit(
        Examples.of(split.training()),
        split.options(),
        (plan, learningRate) ->
            new Fit(
                new Training(this, split.training(), split.options(), plan, learningRate),
                trainable.progress(),
                told));
  }

  /**
   * Evaluates, as many images at a time as suit the network: the larger its activations, the fewer,
   * so that some tens of megabytes are enough for any number of images. See {@link
   * #evaluate(DataSet, int)}.
   */
  public Evaluation evaluate(DataSet images) {
    return evaluation(images, (examples, to) -> trainable.inference().judge(examples, to));
  }

  /**
   * Asks for the class of each image, and compares.
   *
   * @param images whose classes are known
   * @param batchSize how many images at a time, at least 1: a matter of memory and speed, but not
   *     of the result, save for the last digits of the loss
   * @return the mean of the images' losses, and which class was taken for which
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
                predicted[from + i] = Prediction.indexOfGreatest(predictions, i * classes, classes);
              }
            });
    return new Evaluation(loss, ConfusionMatrix.of(classNames, images.labels(), predicted));
  }

  /**
   * Takes an image for one of the classes.
   *
   * @param image unsigned bytes, {@code [height, width, channels]} row by row
   */
  public Prediction predict(byte[] image) {
    return predict(Tensors.pixels(image));
  }

  /**
   * Takes an image for one of the classes.
   *
   * @param image from 0 to 1, {@code [height, width, channels]} row by row
   */
  public Prediction predict(float[] image) {
    return new Prediction(classNames, trainable.inference().predict(image));
  }

  /**
   * Takes a picture for one of the classes. It is brought into the {@link #pictureFormat} first.
   *
   * @param picture a PNG, JPEG, GIF, BMP or TIFF file
   * @throws io.github.convnet4j.data.DataException if it cannot be read
   */
  public Prediction predict(Path picture) {
    return predict(pictureFormat().read(picture).pixels());
  }

  /**
   * What pictures must be made for this classifier: the size and the colours that the network
   * takes, inverted if the {@link ClassifierOptions#pictures options} say so.
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
   * Prepares to take one image after another for one of the classes, which costs less than to ask
   * {@link #predict(byte[])} each time. One for each thread; to be closed.
   */
  public Predictor<Prediction> predictor() {
    return trainable.inference().predictor(values -> new Prediction(classNames, values));
  }

  /**
   * Takes each image for one of the classes, in the images' order; as many at a time as suit the
   * network.
   */
  public List<Prediction> predict(DataSet images) {
    return predictions(images, (examples, to) -> trainable.inference().predict(examples, to));
  }

  /**
   * Takes each image for one of the classes, in the images' order.
   *
   * @param batchSize how many images at a time, at least 1: a matter of memory and speed, but not
   *     of the result, save for the last digits
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
   * Saves all that it takes to go on as if nothing had happened: network, options, weights, the
   * optimizer's state, the number of steps and epochs, the place in the epoch, the history. A
   * listener that calls it when all is {@link TrainingListener#settled settled} saves what the
   * listeners carry as well.
   *
   * <p>An earlier save in the folder stays whole until this one is on the disk.
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
   * Sees whether the classifier could be saved in a folder. Called before {@code fit}, it makes
   * sure that the training will not be lost:
   *
   * <pre>{@code
   * classifier.checkCanSave(folder);
   * classifier.fit(train, epochs(15), CsvHistory.to(history));
   * classifier.save(folder);
   * }</pre>
   *
   * <p>{@link #save(Path)} makes the same check, but for the room on the disk: there it just tries.
   *
   * @param folder need not be there
   * @throws StoreException if the folder holds anything but an earlier save, cannot be written to,
   *     or is on a disk without room for one
   * @throws IllegalArgumentException if the network, the optimizer or the loss is not built in: see
   *     {@link #checkCanSave(Path, ClassifierJson)}
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
   * optimizer keeps. With such a one the classifier is not saved.
   *
   * @return its name, {@code "conv2d/kernel"} say; empty if all values are finite
   */
  public Optional<String> firstNotFinite() {
    return trainable.firstNotFinite();
  }

  /**
   * The classifier that {@link #save} wrote, which predicts and goes on training exactly as the
   * saved one would. Only a network with stateful random operations of the user's own draws other
   * numbers.
   *
   * @throws StoreException if something is missing, damaged or of a newer version; the message
   *     names it
   */
  public static Classifier load(Path folder) {
    return load(folder, ClassifierJson.standard());
  }

  /** As {@link #load(Path)}, with layers, optimizers or losses of the user's own. */
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
   * Keeps on the heap what {@link #save(Path)} would write.
   *
   * @throws IllegalStateException if another thread trains it, or it is closed
   */
  public Snapshot snapshot() {
    return trainable.snapshot();
  }

  /**
   * The snapshot whose {@link Snapshot#toBytes bytes} these are.
   *
   * @throws IllegalArgumentException if they are not, or of a classifier with other classes or
   *     variables
   */
  public Snapshot snapshot(byte[] bytes) {
    Snapshot snapshot = SnapshotBytes.read(bytes, classNames);
    snapshot.check(trainable.variables());
    return snapshot;
  }

  /**
   * Goes back to a snapshot of this classifier, or of one of the same network and optimizer: it
   * predicts and goes on training as it would have then. A listener may do so when training ends,
   * not before.
   *
   * @throws IllegalArgumentException if the snapshot has other variables; then nothing has changed
   * @throws IllegalStateException if another thread trains it, or it is closed
   */
  public void restore(Snapshot snapshot) {
    trainable.restore(requireNonNull(snapshot, "snapshot"));
  }

  /**
   * Writes a SavedModel for TensorFlow in any language, of inference alone, with normalisation. Its
   * signature {@code serving_default} takes {@code images}, {@code [batch, height, width,
   * channels]} from 0 to 1, and gives {@code probabilities}, {@code [batch, classes]}, and {@code
   * classes}, {@code [batch]}, the likeliest.
   *
   * @param folder new or empty
   * @throws StoreException if it holds anything, or cannot be written to
   * @throws NotFiniteException if a weight is not finite
   * @throws IllegalStateException if another thread trains it, it is closed, or the default locale
   *     for formats has digits of its own, which TensorFlow Java would put into names
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

  /** The network. */
  public Network network() {
    return trainable.network();
  }

  /** The optimizer. */
  public Optimizer optimizer() {
    return trainable.optimizer();
  }

  /** The options as they were given. */
  public ClassifierOptions options() {
    return trainable.options();
  }

  /** A name for each class, "0", "1", … if none were given. */
  public List<String> classNames() {
    return classNames;
  }

  /**
   * All epochs trained so far, those before it was saved and loaded included; as they were until
   * the snapshot, if it went back to one.
   */
  public History history() {
    return new History(trainable.reached().history());
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

  /**
   * The graph, for what is not to be had here. It belongs to the classifier, and is closed with it.
   */
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
   *
   * @throws IllegalStateException if a listener calls it
   */
  @Override
  public void close() {
    trainable.close();
  }
}
