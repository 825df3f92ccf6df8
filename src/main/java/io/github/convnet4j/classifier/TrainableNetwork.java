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
 * A network that is trained, asked, saved and closed: all but what its targets mean. It holds the
 * native objects, and sees to it that one thread at a time trains and none uses them after the end.
 *
 * @param <O> the options that it was made with
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

  /** What listeners carry: those of the fit under way, or of one that was saved and is to go on. */
  private Supplier<ListenerStates> listenerStates = () -> ListenerStates.NONE;

  /**
   * With its first weights.
   *
   * @param kind what users know it as: {@code classifier}
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

  /** One call of {@code fit}, and how it can be told what is going on. */
  interface NewObserver<T> {
    TrainingLoop.Observer<T> of(Plan plan, LearningRate learningRate);
  }

  /**
   * Trains, while nobody else does.
   *
   * @param newObserver makes the one that is told, when nobody else trains any more
   * @return what the observer gives at the end
   */
  <T> T fit(Examples examples, FitOptions fitOptions, NewObserver<T> newObserver) {
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
          return exclusively(() -> fitAlone(examples, fitOptions, newObserver));
        });
  }

  private <T> T fitAlone(Examples examples, FitOptions fitOptions, NewObserver<T> newObserver) {
    Plan plan = Plan.of(fitOptions, progress.reached(), examples.size(), options.seed());
    LearningRate learningRate =
        new LearningRate(fitOptions.learningRate().orElse(moment -> optimizer.learningRate()));
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

  /** What must not happen while another thread trains. */
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

  /** What the network makes of examples, evaluated or just asked for. */
  Inference inference() {
    return inference;
  }

  /**
   * Sees whether the network could be saved: {@link #save} makes the same check. Here there must be
   * room on the disk as well; a save just tries.
   */
  void checkCanSave(Path folder, ClassifierJson json) {
    gate.within(
        () -> {
          String description = checkSave(folder, json);
          SavedFiles.checkRoom(folder, description.length() + engine.variables().bytes());
          return this;
        });
  }

  /** Returns the description to be saved. */
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

  /** The first variable whose values are not all finite, if any. */
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

  /** Goes on from where a saved one was. */
  void goOn(Reached reached, ListenerStates savedListenerStates) {
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

  /** The values of one of the network's variables. */
  float[] weights(String name) {
    if (network.parameters().stream().noneMatch(p -> p.name().equals(name))) {
      throw new IllegalArgumentException(
          "no variable is called %s; there are %s"
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
