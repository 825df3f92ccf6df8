package io.github.convnet4j.train;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.NameList;
import io.github.convnet4j.check.Require;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.evaluate.Metric;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.keras.KerasLayers;
import io.github.convnet4j.keras.KerasWriter;
import io.github.convnet4j.layer.PlacedNode;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.Weights;
import io.github.convnet4j.optimizer.Optimizer;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.store.NewFolder;
import io.github.convnet4j.store.SavedFiles;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.task.Answers;
import io.github.convnet4j.task.MultiTask;
import io.github.convnet4j.task.OutputTask;
import io.github.convnet4j.task.Task;
import io.github.convnet4j.train.Heads.Head;
import io.github.convnet4j.train.SavedModel.SavedValues;
import io.github.convnet4j.train.SavedState.TensorEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;

/**
 * A network that learns a task.
 *
 * <pre>{@code
 * try (Model<Prediction> model = Model.of(network, classification("cat", "dog"), adam(0.001))) {
 *   History history = model.fit(train, epochs(15).batchSize(100).validateOn(validation));
 *   Scores scores = model.evaluate(test);
 *   Prediction prediction = model.predict(Path.of("cat.jpg"));
 * }
 * model.predict(Path.of("cat.jpg"));
 *     // IllegalStateException: the model is closed
 * }</pre>
 *
 * <p>The {@linkplain io.github.convnet4j.task.Tasks task} says what the network's output means:
 * classes, labels, numbers, the class of each pixel, an image. A network with several outputs has
 * one task for each. The same network, task, optimizer, options and examples give the same results,
 * bit for bit on one machine.
 *
 * <p>Any number of threads may evaluate and predict at the same time, even while another thread
 * trains: they see the weights as they are between two steps or in the middle of one. A thread that
 * predicts for one image after another should use a {@link #predictor} of its own. A program that
 * only predicts for single images, in several threads, is fastest with the environment variable
 * {@code TF_NUM_INTRAOP_THREADS=1}.
 *
 * <p>A model that only predicts takes no memory for training: gradients and the optimizer's state
 * are created by the first call of {@link #fit}.
 *
 * @param <P> type of a prediction for one example
 */
public final class Model<P> implements PicturePredictor<P>, AutoCloseable {
  private static final int MOST_LISTED = 12;

  /** Empty if the model is over a graph of the user's own. */
  private final Optional<Network> network;

  private final Optional<UserGraph> userGraph;

  private final Heads<P> heads;
  private final Optimizer optimizer;
  private final ModelOptions options;
  private final Ports ports;
  private final ModelPictures pictures;
  private final Engine engine;
  private final Progress progress = new Progress();
  private final CloseGate gate = new CloseGate("the model");
  private final Inference<P> inference;
  private final ReentrantLock training = new ReentrantLock();

  /** The optimizer's state of a saved model, until it is needed. */
  private Optional<SavedValues> savedValues = Optional.empty();

  /** The states of the listeners of the running fit, or of a saved one that is to be resumed. */
  private Supplier<ListenerStates> listenerStates = () -> ListenerStates.NONE;

  private Model(Network network, Heads<P> heads, Optimizer optimizer, ModelOptions options) {
    this.network = Optional.of(network);
    this.userGraph = Optional.empty();
    this.heads = heads;
    this.optimizer = requireNonNull(optimizer, "optimizer");
    this.options = requireNonNull(options, "options");
    Checks.check(network, heads, options);
    this.ports = new Ports(network.inputs(), network.outputs());
    this.pictures = new ModelPictures(ports, options.pictures());
    this.engine = NetworkEngine.build(network, heads, optimizer, options);
    this.inference = new Inference<>(ports, heads, pictures, engine, gate, progress);
  }

  private Model(UserGraph graph, Heads<P> heads, Optimizer optimizer, ModelOptions options) {
    this.network = Optional.empty();
    this.userGraph = Optional.of(graph);
    this.heads = heads;
    this.optimizer = requireNonNull(optimizer, "optimizer");
    this.options = requireNonNull(options, "options");
    if (!options.mixedPrecisionIn().isEmpty()) {
      throw new IllegalArgumentException(
          "options must have full precision for a graph of your own, which casts what it needs"
              + " itself: mixedPrecisionIn "
              + options.mixedPrecisionIn());
    }
    graph.check(heads);
    this.ports = new Ports(graph.inputs(), graph.outputs());
    this.pictures = new ModelPictures(ports, options.pictures());
    this.engine = new UserGraphEngine(graph, heads, optimizer, options);
    this.inference = new Inference<>(ports, heads, pictures, engine, gate, progress);
  }

  /** Returns an untrained model with {@linkplain ModelOptions#defaults default options}. */
  public static <P> Model<P> of(Network network, Task<P> task, Optimizer optimizer) {
    return of(network, task, optimizer, ModelOptions.defaults());
  }

  /**
   * Returns an untrained model; its weights have their initial values.
   *
   * @param network with one output
   * @param task what the output means
   * @param optimizer how it learns
   * @param options seed, normalization and more
   * @throws IllegalArgumentException if the network, the task and the options do not fit together
   */
  public static <P> Model<P> of(
      Network network, Task<P> task, Optimizer optimizer, ModelOptions options) {
    requireNonNull(network, "network");
    return new Model<>(
        network, Heads.of(network.outputs(), requireNonNull(task, "task")), optimizer, options);
  }

  /** Returns an untrained model with default options for a network with several outputs. */
  public static Model<Answers> of(Network network, MultiTask tasks, Optimizer optimizer) {
    return of(network, tasks, optimizer, ModelOptions.defaults());
  }

  /**
   * Returns an untrained model for a network with several outputs.
   *
   * @param tasks what each output means; {@link io.github.convnet4j.task.Tasks#all} creates it
   * @see #of(Network, Task, Optimizer, ModelOptions)
   */
  public static Model<Answers> of(
      Network network, MultiTask tasks, Optimizer optimizer, ModelOptions options) {
    requireNonNull(network, "network");
    return new Model<>(
        network, Heads.of(network.outputs(), requireNonNull(tasks, "tasks")), optimizer, options);
  }

  /**
   * Returns a model over a graph that you built with TensorFlow's operations. It can do everything
   * that other models can, except that {@link #load} cannot build the graph: build it again, and
   * call {@link #resume}.
   *
   * @param task what the predictions mean; its loss is not used
   * @throws IllegalArgumentException if the graph does not fit the task
   */
  public static <P> Model<P> over(UserGraph graph, Task<P> task, Optimizer optimizer) {
    return over(graph, task, optimizer, ModelOptions.defaults());
  }

  /**
   * Returns a model over a graph of your own, with options, of which only the seed for shuffling
   * and augmentation and the picture format matter.
   *
   * @throws IllegalArgumentException if the options have mixed precision, which is for networks; or
   *     if the graph does not fit the task
   * @see #over(UserGraph, Task, Optimizer)
   */
  public static <P> Model<P> over(
      UserGraph graph, Task<P> task, Optimizer optimizer, ModelOptions options) {
    return new Model<>(graph, Heads.of(graph.outputs(), task), optimizer, options);
  }

  /**
   * Returns a model over a graph of your own with several predictions.
   *
   * @see #over(UserGraph, Task, Optimizer)
   */
  public static Model<Answers> over(
      UserGraph graph, MultiTask tasks, Optimizer optimizer, ModelOptions options) {
    return new Model<>(graph, Heads.of(graph.outputs(), tasks), optimizer, options);
  }

  /**
   * Trains the model. The examples are shuffled before each epoch, and each is used once per epoch;
   * {@link FitOptions#lastBatch} says what happens if the last batch is not full. Training picks up
   * where the previous call left off: two calls with 2 epochs each do the same as one call with 4.
   * If the previous call ended in the middle of an epoch, because it was stopped, interrupted or
   * failed, this call finishes that epoch first. It starts the epoch again if the number of
   * examples, the batch size, the treatment of the last batch or the shuffle seed has changed.
   *
   * <p>A separate thread assembles and augments the next batches while a step is running.
   *
   * <p>If the images have large values, such as 0 to 255, and nothing in the model scales them, a
   * warning is logged ({@link System.Logger}, {@code io.github.convnet4j}).
   *
   * @param examples the training examples
   * @param fitOptions number of epochs, batch size, validation, learning rates, augmentation,
   *     limits
   * @param listeners notified of each step and epoch, in this order
   * @return cost and metrics of each epoch that this call completed
   * @throws IllegalArgumentException if the examples do not fit the network, or are pictures in
   *     another format than the model's
   * @throws IllegalStateException if all layers are frozen, another thread is training the model,
   *     or the model is closed before or during the call
   * @throws java.util.concurrent.CancellationException if the thread is interrupted; the steps done
   *     so far are kept, as when training is stopped
   */
  public History fit(Source examples, FitOptions fitOptions, TrainingListener... listeners) {
    checkExamples(examples, "examples");
    fitOptions.validation().ifPresent(data -> checkExamples(data, "validation examples"));
    Augmenter.check(fitOptions.augmentation(), fitOptions.batchSize(), ports.inputShapes(), heads);
    List<TrainingListener> observers = List.of(listeners);
    WatchedMetrics watched = new WatchedMetrics(heads, fitOptions.metrics());
    observers.forEach(listener -> addWatched(listener, watched));
    HeldOut split = HeldOut.of(examples, fitOptions, options.seed());
    ExampleWeights weights = ExampleWeights.of(split.training(), fitOptions, heads);
    if (weights.areUsed()) {
      engine.requireWeights(weights.arePerOutput());
    }
    return gate.within(
        () -> {
          if (training.isHeldByCurrentThread()) {
            throw new IllegalStateException("a listener cannot call fit");
          }
          return exclusively(() -> fitAlone(split, weights, watched, new Listeners(observers)));
        });
  }

  private void checkExamples(Source examples, String argument) {
    ports.check(examples, heads.targets(), argument);
    pictures.check(examples, argument);
  }

  private static void addWatched(TrainingListener listener, WatchedMetrics watched) {
    for (String name : listener.watches()) {
      watched.addBuiltIn(
          name.startsWith(EpochResult.VALIDATION)
              ? name.substring(EpochResult.VALIDATION.length())
              : name);
    }
  }

  private History fitAlone(
      HeldOut split, ExampleWeights weights, WatchedMetrics watched, Listeners listeners) {
    pictures.recordFormatOf(split.training());
    prepareTraining(weights.areUsed());
    engine.requireTrainable();
    Plan plan =
        Plan.of(split.options(), progress.reached(), split.training().size(), options.seed());
    LearningRate learningRate =
        new LearningRate(
            split.options().learningRate().orElse(moment -> (float) optimizer.learningRate()));
    TrainingRun run =
        new TrainingRun(
            this, engine, progress, gate, plan, learningRate, watched, split, listeners);
    // Not in finally: an exception of a listener that is released must not hide that of the run.
    Listeners.Release release = () -> listeners.release(run.training());
    try (release) {
      progress.set(plan.start());
      BatchSource batches =
          new BatchSource(
              split.training(),
              plan,
              heads,
              split.options().augmentation(),
              options.seed(),
              weights,
              TrainingRun.BATCHES_IN_USE);
      ListenerStates states = split.options().inAll() ? listenerStates.get() : ListenerStates.NONE;
      listenerStates = () -> new ListenerStates(listeners.states(), Map.of());
      return run.run(batches, states);
    } finally {
      listenerStates = () -> ListenerStates.NONE;
    }
  }

  /** Builds the training graph, and reads the optimizer's state if the model was loaded. */
  private void prepareTraining(boolean weighted) {
    engine.prepareTraining(weighted);
    if (savedValues.isPresent()) {
      savedValues.get().readRest(engine.variables());
      savedValues.get().close();
      savedValues = Optional.empty();
    }
  }

  /** Runs an action that must not run while another thread trains. */
  private <T> T exclusively(Supplier<T> action) {
    if (!training.tryLock()) {
      throw new IllegalStateException("another thread is training the model");
    }
    try {
      return action.get();
    } finally {
      training.unlock();
    }
  }

  /** Runs an action on the open model while no other thread trains. */
  private void run(Runnable action) {
    gate.within(
        () ->
            exclusively(
                () -> {
                  action.run();
                  return this;
                }));
  }

  /**
   * Evaluates the model as {@link #evaluate(Source, int, Metric...)} does, with a batch size that
   * depends on the network: the larger its activations, the smaller the batches. So a few tens of
   * megabytes are enough for any number of examples.
   */
  public Scores evaluate(Source examples, Metric... metrics) {
    return evaluate(examples, inference.batchSize(), metrics);
  }

  /**
   * Predicts each example and compares the predictions with the targets.
   *
   * @param examples examples with targets
   * @param batchSize number of examples per batch, at least 1; it affects memory and speed, but of
   *     the result only the last digits
   * @param metrics computed besides those of the task
   * @return the mean loss and the metrics; for one output with classes also the confusion matrix
   */
  public Scores evaluate(Source examples, int batchSize, Metric... metrics) {
    checkExamples(examples, "examples");
    return inference.evaluate(examples, batchSize, new WatchedMetrics(heads, List.of(metrics)));
  }

  /**
   * Evaluates the model as {@link #evaluate(Source, Metric...)} does, and passes on each prediction
   * on which the scores are based, for example to list the worst ones:
   *
   * <pre>{@code
   * Scores scores =
   *     model.evaluate(
   *         test,
   *         (index, prediction, targets) -> {
   *           if (Math.abs(prediction[0] - targets.get(0)[0]) > 10) {
   *             System.out.println(index);
   *           }
   *         });
   * }</pre>
   *
   * @param each called for each example, in order, by this thread
   */
  public Scores evaluate(Source examples, EvaluationListener<? super P> each, Metric... metrics) {
    checkExamples(examples, "examples");
    return inference.evaluate(
        examples, inference.batchSize(), new WatchedMetrics(heads, List.of(metrics)), each);
  }

  /** Evaluates during training. */
  Scores evaluate(Source examples, WatchedMetrics watched) {
    return inference.evaluate(examples, inference.batchSize(), watched);
  }

  @Override
  public P predictPixels(byte[] pixels) {
    ports.onlyInput();
    progress.reached().pixels().checkBytes();
    return predict(Tensors.pixels(pixels));
  }

  /**
   * Returns the prediction for an example of a network with one input.
   *
   * @param input values of the network's input, row by row; those of images from 0 to 1
   * @throws IllegalArgumentException if there are too few or too many values, if one is not finite,
   *     or if an image has values that are far from those of the images that the model was trained
   *     on, such as 255 instead of 1
   * @throws IllegalStateException if the network has several inputs
   */
  public P predict(float[] input) {
    ports.onlyInput();
    return inference.predict(List.of(input));
  }

  /**
   * Returns the prediction for an example.
   *
   * @param inputs for each input of the network its values, row by row
   * @throws IllegalArgumentException if an input is missing, or not one that {@link
   *     #predict(float[])} takes
   */
  public P predict(Map<String, float[]> inputs) {
    return inference.predict(inOrder(inputs));
  }

  private List<float[]> inOrder(Map<String, float[]> inputs) {
    List<float[]> ordered = new ArrayList<>();
    for (String name : ports.inputNames()) {
      float[] values = inputs.get(name);
      if (values == null || inputs.size() != ports.inputs().size()) {
        throw new IllegalArgumentException(
            "inputs must have values for exactly the network's inputs %s: they are for %s"
                .formatted(ports.inputNames(), inputs.keySet()));
      }
      ordered.add(values);
    }
    return ordered;
  }

  /**
   * Returns the predictions for a batch as numbers, for a server or another program: probabilities
   * for classes and labels, otherwise what the network computes.
   *
   * @param examples number of examples, at least 1
   * @param inputs for each input of the network its values, {@code [examples, …]} row by row; those
   *     of images from 0 to 1
   * @return for each output of the network its values, {@code [examples, …]}
   * @throws IllegalArgumentException if an input is missing, or its values are not such as {@link
   *     #predict(float[])} takes
   */
  public Map<String, float[]> predictBatch(int examples, Map<String, float[]> inputs) {
    Require.atLeast("examples", examples, 1);
    return inference.predictBatch(examples, inOrder(inputs));
  }

  /**
   * Returns the number of examples per batch that {@link #predict(Source)} and {@link
   * #evaluate(Source, Metric...)} use: the larger the network's activations, the fewer, so that a
   * batch takes a few tens of megabytes.
   */
  public int inferenceBatchSize() {
    return inference.batchSize();
  }

  /** Returns the shape of each input of one example, by its name, in the network's order. */
  public Map<String, Shape> inputShapes() {
    return Collections.unmodifiableMap(ports.inputs());
  }

  /** Returns the shape of each output for one example, by its name, in the network's order. */
  public Map<String, Shape> outputShapes() {
    return Collections.unmodifiableMap(ports.outputs());
  }

  @Override
  public PictureFormat pictureFormat() {
    return pictures.format();
  }

  /**
   * Records how pictures are to be converted, for a model that was trained on arrays, and whose
   * {@linkplain ModelOptions#pictures options} did not say it: for example inverted, if it knows
   * MNIST's digits and is to read ink on paper. The format is saved and exported with the model.
   *
   * @throws IllegalArgumentException if the model records another format already, or the format
   *     does not fit the network
   * @throws IllegalStateException as {@link #pictureFormat}
   */
  public void recordPictureFormat(PictureFormat format) {
    pictures.recordGiven(requireNonNull(format, "format"));
  }

  /**
   * Returns the prediction for each of many picture files, in their order. Files are decoded by
   * several threads, and predicted in batches.
   *
   * <pre>{@code
   * Map<Path, Prediction> answers =
   *     model.predictFiles(PictureList.in(Path.of("holiday")).files());
   * }</pre>
   *
   * @throws io.github.convnet4j.data.DataException if a file cannot be read
   * @throws IllegalStateException as {@link #pictureFormat}
   */
  public Map<Path, P> predictFiles(Collection<Path> files) {
    Map<Path, P> predictions = new LinkedHashMap<>();
    predictFiles(files, predictions::put);
    return Collections.unmodifiableMap(predictions);
  }

  /**
   * Predicts as {@link #predictFiles(Collection)} does, and passes on each prediction as soon as it
   * is known. A listener that overrides {@link FilePredictionListener#unreadable} loses none of the
   * others to a file that cannot be read.
   *
   * @param each called in the order of the files, by this thread
   */
  public void predictFiles(Collection<Path> files, FilePredictionListener<? super P> each) {
    inference.predictFiles(List.copyOf(files), each);
  }

  /**
   * Returns a predictor for one image after another, which is faster than calling {@link
   * #predictPixels} each time. Each thread needs its own, and must close it.
   *
   * @throws IllegalStateException if the network has several inputs
   */
  public Predictor<P> predictor() {
    return inference.predictor();
  }

  /**
   * Returns the prediction for each example, with a batch size that depends on the network.
   *
   * @param examples their targets are not used
   * @return one prediction for each example, in the same order
   */
  public List<P> predict(Source examples) {
    return predict(examples, inference.batchSize());
  }

  /**
   * Returns the prediction for each example.
   *
   * @param examples their targets are not used
   * @param batchSize number of examples per batch, at least 1; it affects memory and speed, but of
   *     the results only the last digits
   * @return one prediction for each example, in the same order
   */
  public List<P> predict(Source examples, int batchSize) {
    ports.checkInputs(examples, "examples");
    pictures.check(examples, "examples");
    return inference.predict(examples, batchSize);
  }

  /**
   * Returns the examples with the output of a layer in place of their inputs, as {@link
   * #features(String, Source, IntConsumer)} does.
   */
  public Source features(String layer, Source examples) {
    return features(layer, examples, done -> {});
  }

  /**
   * Returns the examples with the output of a layer in place of their inputs, computed once, in
   * inference. If all layers up to this one are frozen, the layers after it can be trained on them:
   * each epoch then takes a small part of the time.
   *
   * <pre>{@code
   * Source features = model.features("global_average_pooling2d", train);
   * Network head = model.network().after("global_average_pooling2d");
   * try (Model<Prediction> small = Model.of(head, classification(names), adam(0.001))) {
   *   small.loadWeights(model.weights());     // the same initial values
   *   small.fit(features, epochs(100));
   *   model.loadWeights(small.weights());
   * }
   * }</pre>
   *
   * <p>The weights are those that training the whole model would give, but for rounding, if the
   * layers up to this one compute the same in training as in inference. Augmentation would have to
   * change the inputs themselves, so it cannot be used.
   *
   * <p>The result keeps targets, weights, groups and names, and is independent of the model. It is
   * in memory: 4 bytes for each value. As {@link #fit}, the model takes the format of the examples
   * if they are pictures.
   *
   * @param layer the path of a layer or merge, as for {@link Network#upTo}
   * @param examples the examples; targets are not needed
   * @param progress called after each batch with the number of examples that are done
   * @throws IllegalArgumentException if there is no such layer, or the examples do not fit the
   *     network
   * @throws io.github.convnet4j.data.DataException if the values do not fit into the heap; nothing
   *     has been computed then
   * @throws IllegalStateException if the model is closed, or over a graph of your own
   */
  public Source features(String layer, Source examples, IntConsumer progress) {
    PlacedNode node = network().node(layer);
    ports.checkInputs(examples, "examples");
    pictures.check(examples, "examples");
    pictures.recordFormatOf(examples);
    return inference.features(node, examples, requireNonNull(progress, "progress"));
  }

  /**
   * Saves everything that training needs to continue as if it had never been interrupted: network,
   * task, options, weights, optimizer state, the numbers of steps and epochs, the position in the
   * epoch, and the history. If a listener calls this method from {@link TrainingListener#settled},
   * the listeners' states are saved, too.
   *
   * <p>An earlier save in the folder stays intact until the new one is on the disk.
   *
   * @param folder a new or empty folder, or one with an earlier save
   * @throws StoreException if the folder holds anything else, if another process is writing to it,
   *     or if it cannot be written to
   * @throws IllegalArgumentException if a layer, an initializer, the optimizer, the loss or the
   *     task is not built in; see {@link #save(Path, ModelJson)}
   * @throws NotFiniteException if a weight, a moving statistic or a value of the optimizer's state
   *     is not finite; an earlier save is kept
   * @throws IllegalStateException if another thread is training the model, or it is closed
   */
  public void save(Path folder) {
    save(folder, ModelJson.standard());
  }

  /** Saves as {@link #save(Path)} does, also with custom layers, optimizers, losses and tasks. */
  public void save(Path folder, ModelJson json) {
    run(
        () -> {
          if (savedValues.isPresent()) {
            prepareTraining(false); // Otherwise the optimizer's state would be lost.
          }
          String description = checkSave(folder, json);
          checkFinite();
          SavedModel.write(
              folder, description, tensors(), engine.variables(), listenerStates.get().bytes());
        });
  }

  /** Checks all but the free space, and returns the description to be saved. */
  private String checkSave(Path folder, ModelJson json) {
    SavedFiles.check(folder);
    return json.describe(
        new SavedState(
            network,
            tasks(),
            heads.several(),
            optimizer,
            options(),
            ReachedJson.of(progress.reached(), progress.metrics()),
            tensors()));
  }

  private List<TensorEntry> tensors() {
    VariableValues variables = engine.variables();
    return variables.names().stream()
        .map(name -> TensorEntry.of(name, variables.shape(name)))
        .toList();
  }

  private void checkFinite() {
    firstNotFinite()
        .ifPresent(
            variable -> {
              throw NotFiniteException.notWritten(variable, progress.reached().steps());
            });
  }

  /**
   * Checks whether the model can be saved in a folder. Call it before {@code fit}, so that the
   * results of a long run are not lost:
   *
   * <pre>{@code
   * model.checkCanSave(folder);
   * model.fit(train, epochs(15), CsvHistory.to(history));
   * model.save(folder);
   * }</pre>
   *
   * <p>{@link #save(Path)} makes the same checks, except for the free space on the disk.
   *
   * @param folder need not exist yet
   * @throws StoreException if the folder holds anything but an earlier save, cannot be written to,
   *     or is on a disk without enough free space
   * @throws IllegalArgumentException if a layer, an initializer, the optimizer, the loss or the
   *     task is not built in; see {@link #checkCanSave(Path, ModelJson)}
   */
  public void checkCanSave(Path folder) {
    checkCanSave(folder, ModelJson.standard());
  }

  /** Checks as {@link #checkCanSave(Path)} does, also with custom layers, optimizers and so on. */
  public void checkCanSave(Path folder, ModelJson json) {
    gate.within(
        () -> {
          String description = checkSave(folder, json);
          SavedFiles.checkRoom(folder, description.length() + engine.variables().bytes());
          return this;
        });
  }

  /**
   * Returns the first variable whose values are not all finite, be it a weight, a moving statistic
   * or part of the optimizer's state. A model with such a variable cannot be saved.
   *
   * @return the variable's name, for example {@code "conv2d/kernel"}; empty if all values are
   *     finite
   */
  public Optional<String> firstNotFinite() {
    return gate.within(() -> engine.variables().firstNotFinite());
  }

  /**
   * Loads a model that {@link #save} wrote, in this version of the library or an older one. It
   * predicts and continues training exactly as the saved one would have done. The only exceptions
   * are custom layers with stateful random operations: they draw other random numbers.
   *
   * <p>The optimizer's state stays in its file, which is kept open, until training or saving needs
   * it.
   *
   * @throws StoreException if a file is missing, damaged or of a newer version; the message names
   *     it
   */
  public static Model<?> load(Path folder) {
    return load(folder, ModelJson.standard());
  }

  /** Loads as {@link #load(Path)} does, also with custom layers, optimizers, losses and tasks. */
  public static Model<?> load(Path folder, ModelJson json) {
    return load(folder, json, SessionOptions.standard());
  }

  /**
   * Loads as {@link #load(Path, ModelJson)} does, to run on a device or in a precision of choice.
   */
  public static Model<?> load(Path folder, ModelJson json, SessionOptions session) {
    return SavedModel.read(folder, json, state -> untrained(state, session), Model::close);
  }

  /**
   * Reads the results of the epochs of a saved model or checkpoint, without building it.
   *
   * @throws StoreException if a file is missing, damaged or of a newer version
   */
  public static History readHistory(Path folder, ModelJson json) {
    return SavedModel.readHistory(folder, json);
  }

  /**
   * Loads a model with a known type of predictions:
   *
   * <pre>{@code
   * Model<Prediction> model = Model.load(folder, Prediction.class);
   * }</pre>
   *
   * @throws StoreException also if its predictions are of another type
   */
  public static <P> Model<P> load(Path folder, Class<P> predictions) {
    return load(folder, predictions, ModelJson.standard());
  }

  /** Loads as {@link #load(Path, Class)} does, also with custom layers and so on. */
  public static <P> Model<P> load(Path folder, Class<P> predictions, ModelJson json) {
    return load(folder, predictions, json, SessionOptions.standard());
  }

  /**
   * Loads as {@link #load(Path, Class, ModelJson)} does, to run on a device or in a precision of
   * choice.
   */
  @SuppressWarnings("unchecked") // The type is compared.
  public static <P> Model<P> load(
      Path folder, Class<P> predictions, ModelJson json, SessionOptions session) {
    Model<?> model = load(folder, json, session);
    Class<?> type = model.heads.predictionType();
    if (type != predictions) {
      model.close();
      throw new StoreException(
          "%1$s holds a model for %2$s, whose predictions are of type %3$s, not %4$s: load it with %3$s.class"
              .formatted(
                  folder, model.heads.title(), type.getSimpleName(), predictions.getSimpleName()));
    }
    return (Model<P>) model;
  }

  private static Model<?> untrained(SavedState state, SessionOptions session) {
    Network network =
        state
            .network()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "it was saved over a graph of your own: build the graph, and call"
                            + " Model.over(…).resume(folder)"));
    ModelOptions options = state.options().session(session);
    return state.several()
        ? of(network, new MultiTask(state.tasks()), state.optimizer(), options)
        : of(network, state.tasks().get(0).task(), state.optimizer(), options);
  }

  /**
   * Returns to a saved state of this model, or of another one with the same variables and the same
   * optimizer: all weights, the optimizer's state, and the training progress.
   *
   * @throws StoreException if a file is missing, damaged or of a newer version, or if the variables
   *     or the optimizer are others
   * @throws IllegalStateException if another thread is training the model, or it is closed
   */
  public void resume(Path folder) {
    resume(folder, ModelJson.standard());
  }

  /** Resumes as {@link #resume(Path)} does, also with custom layers, optimizers and so on. */
  public void resume(Path folder, ModelJson json) {
    run(() -> SavedModel.read(folder, json, state -> this, model -> {}));
  }

  /** Continues from a saved state. */
  void resumeFrom(SavedState state, SavedValues values, ListenerStates savedListenerStates) {
    if (!state.optimizer().equals(optimizer)) {
      values.close();
      throw new IllegalArgumentException(
          "optimizer must be the model's, %s: %s".formatted(optimizer, state.optimizer()));
    }
    savedValues.ifPresent(SavedValues::close);
    savedValues = Optional.of(values);
    pictures.record(state.options().pictures());
    values.readWeights(engine.variables(), weightNames());
    progress.set(state.reached().toReached(classNames()));
    Map<String, double[]> metrics = state.reached().metricStates();
    progress.setMetrics(() -> metrics);
    listenerStates = () -> savedListenerStates;
  }

  /**
   * Returns a copy, on the heap, of the variables, the training progress and the history.
   *
   * @throws IllegalStateException if another thread is training the model, or it is closed
   */
  public Snapshot snapshot() {
    return gate.within(
        () ->
            exclusively(
                () -> {
                  prepareTraining(false);
                  return Snapshot.of(engine.variables(), progress);
                }));
  }

  /**
   * Returns the snapshot that {@link Snapshot#toBytes} wrote.
   *
   * @throws IllegalArgumentException if the bytes are not those of a snapshot, or the snapshot is
   *     of a model with other classes or variables
   */
  public Snapshot snapshot(byte[] bytes) {
    return gate.within(
        () ->
            exclusively(
                () -> {
                  prepareTraining(false);
                  Snapshot snapshot = SnapshotBytes.read(bytes, classNames());
                  snapshot.check(engine.variables());
                  return snapshot;
                }));
  }

  /**
   * Returns a snapshot of a progress and of variables that need not be those of one model, for
   * example the means of what several models have learned from different examples.
   *
   * @param progress what {@link Snapshot#progressToBytes} returned
   * @param variables the values of all variables by name, as {@link Snapshot#variables} returns
   *     them; copied
   * @throws IllegalArgumentException if the bytes are not those of a progress, or the model has
   *     other variables
   */
  public Snapshot snapshot(byte[] progress, Map<String, float[]> variables) {
    Map<String, float[]> copies = new LinkedHashMap<>();
    variables.forEach((name, values) -> copies.put(name, values.clone()));
    return gate.within(
        () ->
            exclusively(
                () -> {
                  prepareTraining(false);
                  Snapshot snapshot = SnapshotBytes.read(progress, classNames()).with(copies);
                  snapshot.check(engine.variables());
                  return snapshot;
                }));
  }

  /**
   * Returns to the state of a snapshot of this model, or of another one with the same network and
   * optimizer. Predictions and further training are then the same as when the snapshot was taken. A
   * listener may call this only from {@link TrainingListener#trainEnd}.
   *
   * @throws IllegalArgumentException if the snapshot has other variables; nothing is changed then
   * @throws IllegalStateException if another thread is training the model, or it is closed
   */
  public void restore(Snapshot snapshot) {
    requireNonNull(snapshot, "snapshot");
    run(
        () -> {
          prepareTraining(false);
          snapshot.restore(engine.variables());
          progress.set(snapshot.reached());
          progress.setMetrics(snapshot::metrics);
        });
  }

  /**
   * Exports a SavedModel, which TensorFlow reads in any language. It contains the inference graph
   * only, with the normalization. Its signature {@code serving_default} takes {@code images},
   * {@code [batch, height, width, channels]}, with values from 0 to 1; if the network has several
   * inputs, these by their names. It has full precision, even if the model has {@linkplain
   * ModelOptions#mixedPrecisionIn mixed precision}. What it returns depends on the task: for a
   * classification {@code probabilities}, {@code [batch, classes]}, and {@code classes}, {@code
   * [batch]}, the most likely class of each image; for numbers {@code predictions}, {@code [batch,
   * targets]}. If the network has several outputs, these names start with the name of the output
   * and an underscore.
   *
   * <p>If the network has one input, of pictures, a second signature, {@code predict_pictures},
   * returns the same for {@code pictures}, {@code [batch]}, the contents of PNG and JPEG files. The
   * graph decodes them and converts them to the {@link #pictureFormat}; a pixel may be rounded
   * differently, by 1 of 255. Unlike Java, it does not turn pictures as the camera's orientation
   * (EXIF) says. The folder {@code assets} has the names of the classes in {@code classes.txt}, a
   * line each, and all of this in {@code model.json}.
   *
   * <p>Of a graph of your own the part that computes the predictions is exported. Its signature
   * takes its inputs, and the placeholders that have another value in training, and returns the
   * predictions, by their names. The assets are the same.
   *
   * <p>The weights are constants of the graph, so that converters such as that of TensorFlow Lite
   * read them. The model cannot be trained further; {@link #exportKeras} writes one that can. The
   * weights stay variables, which such converters do not read, if they take more than 1 GiB, or if
   * a graph of your own computes the predictions from other variables too, or changes variables.
   *
   * @param folder a new or empty folder
   * @throws StoreException if the folder is not empty or cannot be written to
   * @throws NotFiniteException if a weight is not finite
   * @throws IllegalStateException if another thread is training the model, if it is closed, or if
   *     the weights are exported as variables and the default format locale has digits other than 0
   *     to 9, which TensorFlow Java would put into names
   */
  public void exportSavedModel(Path folder) {
    run(
        () -> {
          checkFinite();
          NewFolder.write(folder, this::export);
        });
  }

  private void export(Path folder) throws IOException {
    if (userGraph.isPresent()) {
      ExportAssets assets = ExportAssets.of(heads, options(), pictures.ifTaken());
      userGraph.get().export(folder, engine.session(), engine.variables(), assets);
    } else {
      Export.write(
          folder,
          network(),
          heads,
          options(),
          pictures.ifTaken(),
          engine.variables(),
          ConstantModel.MOST_BYTES);
    }
  }

  /**
   * Writes the model as a {@code .keras} file, which Keras 3.8 and later open, and train further.
   * Keras' {@code predict} returns what the task predicts: probabilities of classes and labels, or
   * numbers. Layers and outputs have the names that they have here; {@link KerasWriter} says more.
   * {@link io.github.convnet4j.keras.KerasModel#read} reads the network and the weights again.
   *
   * <p>The file begins with the normalization, if there is one. It does not contain the optimizer,
   * the loss, the names of the classes, the picture format or mixed precision, which in Keras is a
   * dtype policy.
   *
   * @param file its name ends in {@code .keras}; an existing file is replaced when the new one is
   *     complete
   * @throws IllegalArgumentException if the file has another name, or if Keras does not have a
   *     layer, an option or what a task does with its output; the message lists all such layers
   * @throws StoreException if the file cannot be written, or the library {@code io.jhdf:jhdf} is
   *     missing
   * @throws NotFiniteException if a weight is not finite
   * @throws IllegalStateException if another thread is training the model, it is closed, or it is
   *     over a graph of your own
   */
  public void exportKeras(Path file) {
    exportKeras(file, KerasLayers.standard());
  }

  /** Exports as {@link #exportKeras(Path)} does, also with layers of your own. */
  public void exportKeras(Path file, KerasLayers layers) {
    Network described = network();
    run(
        () -> {
          checkFinite();
          KerasExport.write(file, described, weights(), heads, options.normalization(), layers);
        });
  }

  /**
   * Returns the network.
   *
   * @throws IllegalStateException if the model is over a graph of your own
   */
  public Network network() {
    return network.orElseThrow(
        () ->
            new IllegalStateException(
                "the model is over a graph of your own, which has no description"));
  }

  /** Returns whether the model has a {@link #network}, rather than a graph of your own. */
  public boolean hasNetwork() {
    return network.isPresent();
  }

  /** Returns the names of the variables, without those of the optimizer. */
  public List<String> weightNames() {
    return engine.variables().names().stream()
        .filter(name -> !VariableValues.isState(name))
        .toList();
  }

  /**
   * Returns the type of a prediction: that of the task, or {@link Answers} if the model was created
   * with {@link io.github.convnet4j.task.Tasks#all}.
   */
  public Class<P> predictionType() {
    return heads.predictionType();
  }

  /** Returns the tasks of the network's outputs, in order. */
  public List<OutputTask<?>> tasks() {
    return heads.all().stream().<OutputTask<?>>map(Head::of).toList();
  }

  /** Returns the optimizer. */
  public Optimizer optimizer() {
    return optimizer;
  }

  /**
   * Returns the options that the model was created with. If they had no picture format, and the
   * model was trained on pictures, the format is that of the training pictures.
   */
  public ModelOptions options() {
    return pictures.recorded().map(options::pictures).orElse(options);
  }

  /**
   * Returns a name for each class of the only output: "0", "1", … if the task has none; an empty
   * list if the task has no classes, or if there are several outputs.
   */
  public List<String> classNames() {
    return heads.several() ? List.of() : heads.all().get(0).classNames();
  }

  /**
   * Returns the results of all epochs completed so far, including those before a save. After {@link
   * #restore} these are the epochs up to the snapshot.
   */
  public History history() {
    return new History(progress.reached().history());
  }

  /** Returns the number of epochs completed so far, including those before a save. */
  public int epochsTrained() {
    return progress.reached().epochs();
  }

  /** Returns the number of training steps so far, including those before a save. */
  public long stepsTrained() {
    return progress.reached().steps();
  }

  /**
   * Returns a copy of a variable's values.
   *
   * @param name a name from {@link Network#parameters}, for example {@code "conv2d/kernel"}
   * @return the values, row by row
   * @throws IllegalArgumentException if there is no variable of that name
   */
  public float[] weights(String name) {
    List<String> names = weightNames();
    if (!names.contains(name)) {
      throw new IllegalArgumentException(
          "name must be one of the variables %2$s: %1$s".formatted(name, names));
    }
    return gate.within(() -> engine.variables().read(name));
  }

  /**
   * Returns copies of all variables, without those of the optimizer, to load them into another
   * model with {@link #loadWeights}.
   */
  public Weights weights() {
    return gate.within(
        () -> {
          VariableValues variables = engine.variables();
          Weights.Builder weights = Weights.builder();
          variables
              .readAll(weightNames())
              .forEach((name, values) -> weights.add(name, variables.shape(name), values));
          return weights.build();
        });
  }

  /**
   * Reads the weights of a saved model or checkpoint, without building it.
   *
   * @throws StoreException if a file is missing, damaged or of a newer version; the message names
   *     it
   */
  public static Weights readWeights(Path folder) {
    return readWeights(folder, ModelJson.standard());
  }

  /** Reads as {@link #readWeights(Path)} does, also with custom layers and so on. */
  public static Weights readWeights(Path folder, ModelJson json) {
    return SavedModel.readWeights(folder, json);
  }

  /**
   * Sets the variables of this model to those of the same name in the weights, for example to start
   * from what another model has learned:
   *
   * <pre>{@code
   * Weights pretrained = Model.readWeights(folder);
   * System.out.println(model.loadWeights(pretrained.matching("conv2d*")));
   * }</pre>
   *
   * <p>Variables that only one of the two has are left as they are. {@link
   * LoadedWeights#requireAllBut} makes sure that these are the expected ones: {@code
   * model.loadWeights(keras.weights()).requireAllBut("head")}.
   *
   * <p>The training progress and the optimizer's state stay as they are.
   *
   * @return which variables were loaded, and which were not
   * @throws IllegalArgumentException if no variable has the same name, or if one has another shape;
   *     nothing is changed then
   * @throws IllegalStateException if another thread is training the model, or it is closed
   */
  public LoadedWeights loadWeights(Weights weights) {
    return gate.within(() -> exclusively(() -> load(weights)));
  }

  private LoadedWeights load(Weights weights) {
    VariableValues variables = engine.variables();
    List<String> own = weightNames();
    List<String> loaded = own.stream().filter(weights.names()::contains).toList();
    if (loaded.isEmpty()) {
      throw new IllegalArgumentException(
          "weights must have at least one of the variables [%s]: they have [%s]"
              .formatted(
                  NameList.some(own, MOST_LISTED),
                  NameList.some(List.copyOf(weights.names()), MOST_LISTED)));
    }
    for (String name : loaded) {
      if (!weights.shape(name).equals(variables.shape(name))) {
        throw new IllegalArgumentException(
            "weights must have %s with the shape %s: it has the shape %s (leave it out with without(\"%1$s\"))"
                .formatted(name, variables.shape(name), weights.shape(name)));
      }
    }
    variables.write(loaded, weights::values);
    return new LoadedWeights(
        loaded,
        weights.names().stream().filter(name -> !own.contains(name)).toList(),
        own.stream().filter(name -> !loaded.contains(name)).toList());
  }

  /**
   * Returns the TensorFlow graph, for anything that this class does not offer. It belongs to the
   * model and is closed with it.
   */
  public Graph graph() {
    return gate.within(engine::graph);
  }

  /** Returns the TensorFlow session; see {@link #graph}. */
  public Session session() {
    return gate.within(engine::session);
  }

  /**
   * Frees the native memory, after waiting for calls in other threads to finish; a running {@code
   * fit} ends after its current step, with an exception. Closing again has no effect.
   *
   * @throws IllegalStateException if called by a listener
   */
  @Override
  public void close() {
    gate.close(
        () -> {
          engine.close();
          savedValues.ifPresent(SavedValues::close);
        });
  }
}
