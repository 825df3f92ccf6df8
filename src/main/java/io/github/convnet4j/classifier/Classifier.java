package io.github.convnet4j.classifier;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.classifier.SavedState.TensorEntry;
import io.github.convnet4j.data.Batch;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.evaluate.ConfusionMatrix;
import io.github.convnet4j.evaluate.Evaluation;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.optimizer.Optimizer;
import io.github.convnet4j.store.NewFolder;
import io.github.convnet4j.store.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Session;

/**
 * A network that learns which of several classes an image is of.
 *
 * <pre>{@code
 * try (Classifier classifier = Classifier.of(network, adam(0.001f), seed(777))) {
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
 * weights in between steps or in the middle of one.
 */
public final class Classifier implements AutoCloseable {
  /** Images at a time: more use more memory, and are hardly faster. */
  private static final int BATCH_SIZE = 100;

  /** As {@link DataSet} scales pixels. */
  private static final float PIXEL_SCALE = (float) (1 / 255.0);

  private final Network network;
  private final Optimizer optimizer;
  private final ClassifierOptions options;
  private final List<String> classNames;
  private final Engine engine;
  private final Progress progress = new Progress();
  private final CloseGate gate = new CloseGate("the classifier");
  private final ReentrantLock training = new ReentrantLock();

  private Classifier(Network network, Optimizer optimizer, ClassifierOptions options) {
    this.network = requireNonNull(network, "network");
    this.optimizer = requireNonNull(optimizer, "optimizer");
    this.options = requireNonNull(options, "options");
    Fits.check(network, options);
    this.classNames =
        options.classNames().isEmpty()
            ? IntStream.range(0, (int) network.output().get(0)).mapToObj(String::valueOf).toList()
            : options.classNames();
    this.engine =
        Engine.build(network, optimizer, options.loss(), options.normalization(), options.seed());
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
    return new Classifier(network, optimizer, options);
  }

  /**
   * Trains. Every image is seen once an epoch, in an order shuffled anew each time, the last batch
   * being what is left. Goes on where the call before left off: two calls of 2 epochs with the same
   * options do what one of 4 does.
   *
   * @param images to learn from
   * @param fitOptions epochs, batch size, validation
   * @param listeners told what happens, in this order
   * @return cost and accuracy of each epoch
   * @throws IllegalArgumentException if the images do not fit the network
   * @throws IllegalStateException if all layers are frozen, another thread trains it, it is closed,
   *     or is closed meanwhile
   */
  public History fit(DataSet images, FitOptions fitOptions, TrainingListener... listeners) {
    Fits.check(network, images, "images");
    fitOptions.validation().ifPresent(data -> Fits.check(network, data, "validation"));
    List<TrainingListener> told = List.of(listeners);
    return gate.within(
        () -> {
          if (!engine.canTrain()) {
            throw new IllegalStateException(
                "there is nothing to train: no layer that the loss depends on has variables that"
                    + " are not frozen");
          }
          if (training.isHeldByCurrentThread()) {
            throw new IllegalStateException("a listener cannot call fit");
          }
          return exclusively(
              () -> {
                Fit fit = new Fit(this, engine, progress, gate, images, fitOptions, told);
                return fit.run(fitOptions.shuffleSeed().orElse((int) options.seed()));
              });
        });
  }

  /** What must not happen while another thread trains. */
  private <T> T exclusively(Supplier<T> action) {
    if (!training.tryLock()) {
      throw new IllegalStateException("another thread is training the classifier");
    }
    try {
      return action.get();
    } finally {
      training.unlock();
    }
  }

  /** Evaluates, some images at a time; see {@link #evaluate(DataSet, int)}. */
  public Evaluation evaluate(DataSet images) {
    return evaluate(images, BATCH_SIZE);
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
    Fits.check(network, images, "images");
    if (batchSize < 1) {
      throw new IllegalArgumentException("batchSize must be at least 1: " + batchSize);
    }
    return gate.within(
        () -> {
          int[] predicted = new int[images.size()];
          double loss = 0;
          for (int from = 0; from < images.size(); ) {
            gate.checkOpen();
            Batch batch = images.batch(from, from + Math.min(batchSize, images.size() - from));
            Engine.Judged judged = engine.judge(batch.size(), batch.images(), batch.labels());
            for (int i = 0; i < batch.size(); i++) {
              int classes = classNames.size();
              predicted[from + i] =
                  Prediction.indexOfGreatest(judged.predictions(), i * classes, classes);
              loss += judged.losses()[i];
            }
            from += batch.size();
          }
          return new Evaluation(
              loss / images.size(), ConfusionMatrix.of(classNames, images.labels(), predicted));
        });
  }

  /**
   * Takes an image for one of the classes.
   *
   * @param image unsigned bytes, {@code [height, width, channels]} row by row
   */
  public Prediction predict(byte[] image) {
    float[] pixels = new float[image.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (image[i] & 0xff) * PIXEL_SCALE;
    }
    return predict(pixels);
  }

  /**
   * Takes an image for one of the classes.
   *
   * @param image from 0 to 1, {@code [height, width, channels]} row by row
   */
  public Prediction predict(float[] image) {
    Fits.checkImage(network, image.length);
    return gate.within(() -> new Prediction(classNames, engine.predict(1, image)));
  }

  /** Takes each image for one of the classes, in the images' order. */
  public List<Prediction> predict(DataSet images) {
    Fits.check(network, images, "images");
    return gate.within(
        () -> {
          List<Prediction> predictions = new ArrayList<>();
          int classes = classNames.size();
          for (int from = 0; from < images.size(); from += BATCH_SIZE) {
            gate.checkOpen();
            Batch batch = images.batch(from, Math.min(from + BATCH_SIZE, images.size()));
            float[] all = engine.predict(batch.size(), batch.images());
            for (int i = 0; i < batch.size(); i++) {
              predictions.add(
                  new Prediction(
                      classNames, Arrays.copyOfRange(all, i * classes, (i + 1) * classes)));
            }
          }
          return List.copyOf(predictions);
        });
  }

  /**
   * Saves all that it takes to go on as if nothing had happened: network, options, weights, the
   * optimizer's state, the number of steps and epochs. Call it between epochs: {@code fit} begins
   * an epoch that was under way anew.
   *
   * <p>An earlier save in the folder stays whole until this one is on the disk.
   *
   * @param folder new, empty, or of an earlier save
   * @throws StoreException if it holds anything else, or cannot be written to
   * @throws IllegalArgumentException if the network, the optimizer or the loss is not built in: see
   *     {@link #save(Path, ClassifierJson)}
   * @throws IllegalStateException if another thread trains it, or it is closed
   */
  public void save(Path folder) {
    save(folder, ClassifierJson.standard());
  }

  /** As {@link #save(Path)}, with layers, optimizers or losses of the user's own. */
  public void save(Path folder, ClassifierJson json) {
    run(
        () -> {
          VariableValues variables = engine.variables();
          List<TensorEntry> tensors =
              variables.names().stream()
                  .map(name -> TensorEntry.of(name, variables.shape(name)))
                  .toList();
          SavedState state =
              new SavedState(
                  network, optimizer, options, progress.step(), progress.epochs(), tensors);
          SavedClassifier.write(folder, json, state, variables::read);
        });
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
    return SavedClassifier.read(folder, json);
  }

  /**
   * Keeps on the heap what {@link #save(Path)} would write.
   *
   * @throws IllegalStateException if another thread trains it, or it is closed
   */
  public Snapshot snapshot() {
    return gate.within(() -> exclusively(() -> Snapshot.of(engine.variables(), progress)));
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
    run(() -> snapshot.restore(engine.variables(), progress));
  }

  /**
   * Writes a SavedModel for TensorFlow in any language, of inference alone, with normalisation. Its
   * signature {@code serving_default} takes {@code images}, {@code [batch, height, width,
   * channels]} from 0 to 1, and gives {@code probabilities}, {@code [batch, classes]}, and {@code
   * classes}, {@code [batch]}, the likeliest.
   *
   * @param folder new or empty
   * @throws StoreException if it holds anything, or cannot be written to
   * @throws IllegalStateException if another thread trains it, or it is closed
   */
  public void exportSavedModel(Path folder) {
    run(
        () ->
            NewFolder.write(
                folder, to -> Export.write(to, network, options, engine.variables()::read)));
  }

  /** While nobody else trains. */
  private void run(Runnable action) {
    gate.within(
        () ->
            exclusively(
                () -> {
                  action.run();
                  return this;
                }));
  }

  VariableValues variables() {
    return engine.variables();
  }

  Progress progress() {
    return progress;
  }

  /** The network. */
  public Network network() {
    return network;
  }

  /** The optimizer. */
  public Optimizer optimizer() {
    return optimizer;
  }

  /** The options as they were given. */
  public ClassifierOptions options() {
    return options;
  }

  /** A name for each class, "0", "1", … if none were given. */
  public List<String> classNames() {
    return classNames;
  }

  /** Epochs trained so far, those before it was saved and loaded included. */
  public int epochsTrained() {
    return progress.epochs();
  }

  /** Steps trained so far, those before it was saved and loaded included. */
  public long stepsTrained() {
    return progress.step();
  }

  /**
   * The values of a variable.
   *
   * @param name as {@link Network#parameters} has it, {@code "conv2d/kernel"} say
   * @return row by row; a copy
   * @throws IllegalArgumentException if there is none of this name
   */
  public float[] weights(String name) {
    if (network.parameters().stream().noneMatch(p -> p.name().equals(name))) {
      throw new IllegalArgumentException(
          "no variable is called %s; there are %s"
              .formatted(name, network.parameters().stream().map(p -> p.name()).toList()));
    }
    return gate.within(() -> engine.variables().read(name));
  }

  /**
   * The graph, for what is not to be had here. It belongs to the classifier, and is closed with it.
   */
  public Graph graph() {
    return gate.within(engine::graph);
  }

  /** The session, for what is not to be had here; as {@link #graph}. */
  public Session session() {
    return gate.within(engine::session);
  }

  /**
   * Frees the native memory, when the calls under way in other threads are done; {@code fit} ends
   * after its current step, with an exception. Closing twice does nothing.
   *
   * @throws IllegalStateException if a listener calls it
   */
  @Override
  public void close() {
    gate.close(engine::close);
  }
}
