package io.github.convnet4j.classifier;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.classifier.SavedState.TensorEntry;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.optimizer.Optimizer;
import io.github.convnet4j.store.NewFolder;
import io.github.convnet4j.store.SavedFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.tensorflow.Graph;
import org.tensorflow.Session;

/**
 * What classifiers and regressors have in common: training, inference, saving and closing. It owns
 * the native objects, and makes sure that only one thread trains at a time and that none uses the
 * objects after they are closed.
 *
 * @param <O> type of the options
 */
final class TrainableNetwork<O extends Settings> {
  private final String kind;
  private final Network network;
  private final Optimizer optimizer;
  private final O options;
  private final Engine engine;
  private final Progress progress = new Progress();
  private final CloseGate gate;
  private final Inference inference;
  private final ReentrantLock training = new ReentrantLock();

  /** The states of the listeners of the running fit, or of a saved one that is to be resumed. */
  private Supplier<ListenerStates> listenerStates = () -> ListenerStates.NONE;

  /**
   * Builds the network with initial weights.
   *
   * @param kind {@code classifier} or {@code regressor}
   */
  TrainableNetwork(String kind, Network network, Optimizer optimizer, O options) {
    this.kind = kind;
    this.network = network;
    this.optimizer = requireNonNull(optimizer, "optimizer");
    this.options = options;
    this.gate = new CloseGate("the " + kind);
    this.engine = Engine.build(network, optimizer, options);
    this.inference = new Inference(network, engine, gate);
  }

  /** Creates the observer of one call of {@code fit}. */
  interface NewObserver<T> {
    TrainingLoop.Observer<T> of(Plan plan, LearningRate learningRate);
  }

  /**
   * Trains, unless another thread is training.
   *
   * @param newObserver creates the observer, once this thread has the lock
   * @return what the observer returns at the end
   */
  <T> T fit(Examples examples, FitOptions fitOptions, NewObserver<T> newObserver) {
    return gate.within(
        () -> {
          if (!engine.canTrain()) {
            throw new IllegalStateException(
                "there is nothing to train: all layers that the loss depends on are frozen or have"
                    + " no variables");
          }
          if (training.isHeldByCurrentThread()) {
            throw new IllegalStateException("a listener cannot call fit");
          }
          return exclusively(() -> fitAlone(examples, fitOptions, newObserver));
        });
  }

  private <T> T fitAlone(Examples examples, FitOptions fitOptions, NewObserver<T> newObserver) {
    Plan plan = Plan.of(fitOptions, progress.reached(), examples.size(), options.seed());
    LearningRate learningRate =
        new LearningRate(
            fitOptions.learningRate().orElse(moment -> (float) optimizer.learningRate()));
    try (TrainingLoop.Observer<T> observer = newObserver.of(plan, learningRate)) {
      progress.set(plan.start());
      return train(examples, fitOptions, plan, learningRate, observer);
    }
  }

  private <T> T train(
      Examples examples,
      FitOptions fitOptions,
      Plan plan,
      LearningRate learningRate,
      TrainingLoop.Observer<T> observer) {
    TrainingLoop<T> loop =
        new TrainingLoop<>(
            engine,
            progress,
            gate,
            plan,
            learningRate,
            TrainingLoop.Limits.of(fitOptions),
            observer);
    BatchSource batches =
        new BatchSource(
            examples,
            plan,
            network.input(),
            fitOptions.augmentation(),
            options.seed(),
            TrainingLoop.BATCHES_IN_USE);
    ListenerStates states = fitOptions.inAll() ? listenerStates.get() : ListenerStates.NONE;
    listenerStates = () -> new ListenerStates(observer.states(), Map.of());
    try {
      return loop.run(batches, states);
    } finally {
      listenerStates = () -> ListenerStates.NONE;
    }
  }

  /** Runs an action that must not run while another thread trains. */
  private <T> T exclusively(Supplier<T> action) {
    if (!training.tryLock()) {
      throw new IllegalStateException("another thread is training the " + kind);
    }
    try {
      return action.get();
    } finally {
      training.unlock();
    }
  }

  /** Runs an action on the open network while no other thread trains. */
  private void run(Runnable action) {
    gate.within(
        () ->
            exclusively(
                () -> {
                  action.run();
                  return this;
                }));
  }

  /** Returns the network in inference mode. */
  Inference inference() {
    return inference;
  }

  /**
   * Checks whether the network can be saved, as {@link #save} does, and also whether the disk has
   * enough free space.
   */
  void checkCanSave(Path folder, ClassifierJson json) {
    gate.within(
        () -> {
          String description = checkSave(folder, json);
          SavedFiles.checkRoom(folder, description.length() + engine.variables().bytes());
          return this;
        });
  }

  /** Checks all but the free space, and returns the description to be saved. */
  private String checkSave(Path folder, ClassifierJson json) {
    SavedFiles.check(folder);
    return json.describe(
        new SavedState(network, optimizer, options, ReachedJson.of(progress.reached()), tensors()));
  }

  private List<TensorEntry> tensors() {
    VariableValues variables = engine.variables();
    return variables.names().stream()
        .map(name -> TensorEntry.of(name, variables.shape(name)))
        .toList();
  }

  void save(Path folder, ClassifierJson json) {
    run(
        () -> {
          String description = checkSave(folder, json);
          checkFinite();
          SavedNetwork.write(
              folder,
              kind,
              description,
              tensors(),
              engine.variables(),
              listenerStates.get().bytes());
        });
  }

  /** Returns the first variable whose values are not all finite, if any. */
  Optional<String> firstNotFinite() {
    return gate.within(() -> engine.variables().firstNotFinite());
  }

  private void checkFinite() {
    firstNotFinite()
        .ifPresent(
            variable -> {
              throw NotFiniteException.notWritten(variable, progress.reached().steps());
            });
  }

  /** Continues from the state of a saved network. */
  void resumeFrom(Reached reached, ListenerStates savedListenerStates) {
    progress.set(reached);
    listenerStates = () -> savedListenerStates;
  }

  Snapshot snapshot() {
    return gate.within(
        () -> exclusively(() -> Snapshot.of(engine.variables(), progress.reached())));
  }

  void restore(Snapshot snapshot) {
    run(
        () -> {
          snapshot.restore(engine.variables());
          progress.set(snapshot.reached());
        });
  }

  void export(Path folder, Export.Outputs outputs) {
    run(
        () -> {
          checkFinite();
          NewFolder.write(
              folder, to -> Export.write(to, network, options, outputs, engine.variables()::read));
        });
  }

  Network network() {
    return network;
  }

  Optimizer optimizer() {
    return optimizer;
  }

  O options() {
    return options;
  }

  Progress progress() {
    return progress;
  }

  Reached reached() {
    return progress.reached();
  }

  VariableValues variables() {
    return engine.variables();
  }

  /** Returns the values of one of the network's variables. */
  float[] weights(String name) {
    if (network.parameters().stream().noneMatch(p -> p.name().equals(name))) {
      throw new IllegalArgumentException(
          "name must be one of the variables %2$s: %1$s"
              .formatted(name, network.parameters().stream().map(p -> p.name()).toList()));
    }
    return gate.within(() -> engine.variables().read(name));
  }

  Graph graph() {
    return gate.within(engine::graph);
  }

  Session session() {
    return gate.within(engine::session);
  }

  void close() {
    gate.close(engine::close);
  }
}
