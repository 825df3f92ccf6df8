package io.github.convnet4j.listener;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.Require;
import io.github.convnet4j.listener.CheckpointFolder.Place;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.store.WriteLock;
import io.github.convnet4j.train.BatchResult;
import io.github.convnet4j.train.EpochResult;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelJson;
import io.github.convnet4j.train.NotFiniteException;
import io.github.convnet4j.train.Training;
import io.github.convnet4j.train.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Saves the model during training. A run that was interrupted at any moment resumes from the latest
 * checkpoint, and ends with the same weights, bit for bit, as an uninterrupted one:
 *
 * <pre>{@code
 * Path folder = Path.of("checkpoints");
 * try (Model<Prediction> model =
 *     Checkpoints.latest(folder, Prediction.class, System.err::println)
 *         .orElseGet(() -> Model.of(network, classification(), adam(0.001)))) {
 *   model.fit(train, upTo(15).validateOn(validation),
 *       EarlyStopping.on("val_loss", 3), Checkpoints.everySteps(folder, 200).keep(2));
 * }
 * }</pre>
 *
 * <p>Each checkpoint is a complete saved model, {@code epoch-0001} after the first epoch, {@code
 * epoch-0001-batch-00200} in the middle of the second. Older ones are deleted only when the new one
 * is safely on disk. If one is damaged, a message says so, and the one before it is used. A model
 * whose variables are not all finite is not saved: training ends with a {@link NotFiniteException},
 * and the earlier checkpoints are kept.
 */
public final class Checkpoints implements TrainingListener {
  private static final int DEFAULT_KEEP_OF_STEPS = 2;

  private final CheckpointFolder folder;
  private final When when;
  private final int keep;
  private final ModelJson json;
  private double bestScore = Double.NEGATIVE_INFINITY;
  private int batchesInEpoch;
  private boolean due;
  private Optional<WriteLock> lock = Optional.empty();

  /**
   * When to save.
   *
   * @param steps how many steps between saves, besides those after each epoch; 0 for after each
   *     epoch only
   * @param best if present, only epochs that are the best so far by this monitor are saved
   */
  private record When(int steps, Optional<Monitor> best) {}

  private Checkpoints(CheckpointFolder folder, When when, int keep, ModelJson json) {
    this.folder = folder;
    this.when = when;
    Require.atLeast("keep", keep, 1);
    this.keep = keep;
    this.json = requireNonNull(json, "json");
  }

  private static Checkpoints of(Path folder, When when, int keep) {
    return new Checkpoints(
        new CheckpointFolder(requireNonNull(folder, "folder")), when, keep, ModelJson.standard());
  }

  /**
   * Saves after every epoch, and keeps all checkpoints.
   *
   * @param folder created if it does not exist; other files in it are not touched
   */
  public static Checkpoints everyEpoch(Path folder) {
    return of(folder, new When(0, Optional.empty()), Integer.MAX_VALUE);
  }

  /**
   * Saves after every {@code steps} steps and after every epoch, and keeps the last two
   * checkpoints. Saving writes all variables and the optimizer's state, which may take as long as
   * many steps, so choose an interval of a few minutes.
   *
   * @param folder created if it does not exist; other files in it are not touched
   * @param steps the number of steps between saves, at least 1
   */
  public static Checkpoints everySteps(Path folder, int steps) {
    Require.atLeast("steps", steps, 1);
    return of(folder, new When(steps, Optional.empty()), DEFAULT_KEEP_OF_STEPS);
  }

  /**
   * Saves after an epoch that is better than all before, and keeps only the best checkpoint. If the
   * folder already has a checkpoint, an epoch must be better than that one too: when training
   * starts, it is loaded and evaluated on the validation examples, or, if the value is not one of
   * the validation, the result of its last epoch is used.
   *
   * @param folder created if it does not exist; other files in it are not touched
   */
  public static Checkpoints best(Path folder, String monitor) {
    return of(folder, new When(0, Optional.of(new Monitor(monitor))), 1);
  }

  /** Returns these checkpoints with the given number of newest ones kept, at least 1. */
  public Checkpoints keep(int checkpoints) {
    return new Checkpoints(folder, when, checkpoints, json);
  }

  /** Returns these checkpoints for a model with custom layers, optimizers or losses. */
  public Checkpoints json(ModelJson modelJson) {
    return new Checkpoints(folder, when, keep, modelJson);
  }

  /**
   * Loads the newest usable checkpoint.
   *
   * @param folder may not exist
   * @param predictions type of the model's predictions
   * @param messages receives a message for each newer checkpoint that cannot be used, with the file
   *     and the problem
   * @return the model, which the caller closes; empty if there is none
   */
  public static <P> Optional<Model<P>> latest(
      Path folder, Class<P> predictions, Consumer<String> messages) {
    return latest(folder, predictions, ModelJson.standard(), messages);
  }

  /**
   * Loads like {@link #latest(Path, Class, Consumer)}, with custom layers, optimizers or losses.
   */
  public static <P> Optional<Model<P>> latest(
      Path folder, Class<P> predictions, ModelJson json, Consumer<String> messages) {
    CheckpointFolder checkpoints = new CheckpointFolder(folder);
    return newest(checkpoints, place -> checkpoints.load(place, predictions, json), messages);
  }

  /**
   * Loads like {@link #latest(Path, Class, Consumer)}, a model with any type of predictions; its
   * {@link Model#tasks} say which.
   */
  public static Optional<Model<?>> latest(Path folder, Consumer<String> messages) {
    CheckpointFolder checkpoints = new CheckpointFolder(folder);
    return newest(checkpoints, place -> checkpoints.load(place, ModelJson.standard()), messages);
  }

  /**
   * Returns a model to the newest usable checkpoint, as {@link Model#resume} does: for models over
   * a graph of your own, which cannot be loaded.
   *
   * @param folder may not exist
   * @param messages receives a message for each newer checkpoint that cannot be used
   * @return whether there is one; otherwise the model stays as it is
   */
  public static boolean resume(Path folder, Model<?> model, Consumer<String> messages) {
    CheckpointFolder checkpoints = new CheckpointFolder(folder);
    return newest(
            checkpoints,
            place -> {
              model.resume(checkpoints.path(place));
              return model;
            },
            messages)
        .isPresent();
  }

  /** Opens the newest checkpoint that can be opened. */
  private static <T> Optional<T> newest(
      CheckpointFolder checkpoints, Function<Place, T> open, Consumer<String> messages) {
    List<Place> unusable = new ArrayList<>();
    while (true) {
      List<Place> there = checkpoints.newestFirst();
      Optional<Place> next = there.stream().filter(place -> !unusable.contains(place)).findFirst();
      if (next.isEmpty()) {
        return Optional.empty();
      }
      Place place = next.get();
      try {
        return Optional.of(open.apply(place));
      } catch (StoreException e) {
        // If it no longer exists, another run has deleted it, and has newer ones.
        if (checkpoints.newestFirst().contains(place)) {
          unusable.add(place);
          messages.accept(
              "the checkpoint of %s cannot be used: %s".formatted(place.inWords(), e.getMessage()));
        }
      }
    }
  }

  @Override
  public List<String> watches() {
    return when.best().map(Monitor::name).stream().toList();
  }

  /**
   * Checks the folder, and whether the model can be saved there.
   *
   * @throws IllegalArgumentException if the folder has usable checkpoints that are ahead of this
   *     run, and the run does not resume with {@code upTo}; if only the best epochs are saved and
   *     the run does not compute the value; or if the model has a custom layer, optimizer or loss
   *     that was not given to {@link #json}
   * @throws StoreException if the folder cannot be read or written, belongs to a saved model, or is
   *     in use by another process
   */
  @Override
  public void trainBegin(Training training) {
    due = false;
    folder.checkOutsideOfModels();
    lock = Optional.of(folder.lock());
    batchesInEpoch = training.batchesDone();
    Place start = new Place(training.firstEpoch() - 1, batchesInEpoch);
    List<Place> there = folder.newestFirst();
    there.stream().filter(place -> place.compareTo(start) <= 0).forEach(folder::tidy);
    checkCanSave(training, start, there);
    if (!resumes(training)) {
      checkNothingIsLost(start, there);
    }
    bestScore = Double.NEGATIVE_INFINITY;
    when.best()
        .ifPresent(
            monitor -> {
              monitor.begin(training, "Checkpoints.best");
              there.stream()
                  .filter(place -> place.compareTo(start) <= 0 && folder.isUsable(place, json))
                  .findFirst()
                  .ifPresent(place -> bestScore = score(place, monitor, training));
            });
  }

  /** Checks that the next checkpoint can be saved, and that existing ones can be replaced later. */
  private void checkCanSave(Training training, Place start, List<Place> there) {
    training.model().checkCanSave(folder.path(new Place(start.epochs() + 1, 0)), json);
    there.stream()
        .filter(place -> place.compareTo(start) > 0 && place.epochs() <= training.lastEpoch())
        .forEach(folder::checkCanBeReplaced);
  }

  @Override
  public void release(Training training) {
    lock.ifPresent(WriteLock::close);
    lock = Optional.empty();
  }

  /** Whether the run resumes. If so, what it overwrites is what it wrote before, bit for bit. */
  private static boolean resumes(Training training) {
    return training.options().inAll() && training.model().stepsTrained() > 0;
  }

  private void checkNothingIsLost(Place start, List<Place> there) {
    for (Place place : there) {
      if (place.compareTo(start) > 0 && folder.isUsable(place, json)) {
        throw new IllegalArgumentException(
            folder.path(place)
                + " exists already, but training starts before it: resume from Checkpoints.latest,"
                + " or give another folder");
      }
    }
  }

  private double score(Place place, Monitor monitor, Training training) {
    if (!monitor.isOfValidation() || !training.model().hasNetwork()) {
      return monitor.score(Model.readHistory(folder.path(place), json).last());
    }
    try (Model<?> saved = folder.load(place, json)) {
      return monitor.score(training.validate(saved));
    }
  }

  @Override
  public void batchEnd(Training training, BatchResult result) {
    batchesInEpoch = result.batch();
    due = when.steps() > 0 && training.model().stepsTrained() % when.steps() == 0;
  }

  @Override
  public void epochEnd(Training training, EpochResult result) {
    batchesInEpoch = 0;
    due = when.best().map(monitor -> isBest(monitor.score(result))).orElse(true);
  }

  private boolean isBest(double score) {
    if (!(score > bestScore)) {
      return false;
    }
    bestScore = score;
    return true;
  }

  /**
   * Saves if a checkpoint is due.
   *
   * @throws NotFiniteException if a variable is not finite; no checkpoint is then deleted
   * @throws StoreException if the checkpoint cannot be written; no checkpoint is then deleted
   */
  @Override
  public void settled(Training training) {
    if (due) {
      due = false;
      Place place = new Place(training.model().epochsTrained(), batchesInEpoch);
      training.model().save(folder.path(place), json);
      deleteOlder(place);
    }
  }

  /**
   * Deletes older checkpoints. Later ones are damaged, or the run would have been refused; they
   * will be overwritten.
   */
  private void deleteOlder(Place newest) {
    folder.newestFirst().stream()
        .filter(place -> place.compareTo(newest) <= 0)
        .skip(keep)
        .forEach(folder::delete);
  }
}
