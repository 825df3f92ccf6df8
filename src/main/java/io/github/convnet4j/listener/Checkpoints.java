package io.github.convnet4j.listener;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.classifier.BatchResult;
import io.github.convnet4j.classifier.Classifier;
import io.github.convnet4j.classifier.ClassifierJson;
import io.github.convnet4j.classifier.EpochResult;
import io.github.convnet4j.classifier.NotFiniteException;
import io.github.convnet4j.classifier.Training;
import io.github.convnet4j.classifier.TrainingListener;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.listener.CheckpointFolder.Place;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.store.WriteLock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Saves the classifier while it is trained, so that training which was cut off at any moment goes
 * on from there, to the same weights, bit for bit, as if it had not been:
 *
 * <pre>{@code
 * Path folder = Path.of("checkpoints");
 * try (Classifier classifier =
 *     Checkpoints.latest(folder, System.err::println)
 *         .orElseGet(() -> Classifier.of(network, adam(0.001f)))) {
 *   classifier.fit(train, upTo(15).validateOn(validation),
 *       EarlyStopping.on(Monitor.VALIDATION_COST, 3), Checkpoints.everySteps(folder, 200).keep(2));
 * }
 * }</pre>
 *
 * <p>Each is a save of its own, {@code epoch-0001} after the first epoch, {@code
 * epoch-0001-batch-00200} within the second. Older ones are deleted only when the new one is whole
 * on the disk; one that the disk has damaged is told of, and the one before it used. A classifier
 * whose variables are not all finite is not saved: the training ends with a {@link
 * NotFiniteException}, and the checkpoints before it stay.
 */
public final class Checkpoints implements TrainingListener {
  private static final int DEFAULT_KEEP_OF_STEPS = 2;

  private final CheckpointFolder folder;
  private final When when;
  private final int keep;
  private final ClassifierJson json;
  private double bestScore = Double.NEGATIVE_INFINITY;
  private int batchesInEpoch;
  private boolean due;
  private Optional<WriteLock> lock = Optional.empty();

  /**
   * When to save.
   *
   * @param steps after every so many, and after epochs; 0 for after epochs alone
   * @param best by which an epoch must be the best so far
   */
  private record When(int steps, Optional<Monitor> best) {}

  private Checkpoints(CheckpointFolder folder, When when, int keep, ClassifierJson json) {
    this.folder = folder;
    this.when = when;
    if (keep < 1) {
      throw new IllegalArgumentException("keep must be at least 1: " + keep);
    }
    this.keep = keep;
    this.json = requireNonNull(json, "json");
  }

  private static Checkpoints of(Path folder, When when, int keep) {
    return new Checkpoints(
        new CheckpointFolder(requireNonNull(folder, "folder")),
        when,
        keep,
        ClassifierJson.standard());
  }

  /**
   * Saves after every epoch, and keeps all.
   *
   * @param folder made if need be; other files in it stay
   */
  public static Checkpoints everyEpoch(Path folder) {
    return of(folder, new When(0, Optional.empty()), Integer.MAX_VALUE);
  }

  /**
   * Saves after every so many steps, and after every epoch, and keeps the last two. A save writes
   * all variables and the optimizer's state, which may take as long as many steps: some minutes
   * between saves are well.
   *
   * @param folder made if need be; other files in it stay
   * @param steps at least 1
   */
  public static Checkpoints everySteps(Path folder, int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be at least 1: " + steps);
    }
    return of(folder, new When(steps, Optional.empty()), DEFAULT_KEEP_OF_STEPS);
  }

  /**
   * Saves after an epoch that is better than all before, and keeps the best alone. If the folder
   * has a checkpoint from before, an epoch must be better than that one, too: it is loaded, and
   * evaluated on the validation images, when training begins.
   *
   * @param folder made if need be; other files in it stay
   */
  public static Checkpoints best(Path folder, Monitor monitor) {
    return of(folder, new When(0, Optional.of(monitor)), 1);
  }

  /** The same, but keeping so many, at least 1: the newest. */
  public Checkpoints keep(int checkpoints) {
    return new Checkpoints(folder, when, checkpoints, json);
  }

  /** The same for a classifier with layers, optimizers or losses of the user's own. */
  public Checkpoints json(ClassifierJson classifierJson) {
    return new Checkpoints(folder, when, keep, classifierJson);
  }

  /**
   * Loads the newest checkpoint that is whole.
   *
   * @param folder need not be there
   * @param messages told of each newer one that cannot be used: which file, and what is wrong
   * @return the caller closes it; empty if there is none
   */
  public static Optional<Classifier> latest(Path folder, Consumer<String> messages) {
    return latest(folder, ClassifierJson.standard(), messages);
  }

  /** As {@link #latest(Path, Consumer)}, with layers, optimizers or losses of the user's own. */
  public static Optional<Classifier> latest(
      Path folder, ClassifierJson json, Consumer<String> messages) {
    CheckpointFolder checkpoints = new CheckpointFolder(folder);
    List<Place> unusable = new ArrayList<>();
    while (true) {
      List<Place> there = checkpoints.newestFirst();
      Optional<Place> next = there.stream().filter(place -> !unusable.contains(place)).findFirst();
      if (next.isEmpty()) {
        return Optional.empty();
      }
      Place place = next.get();
      try {
        return Optional.of(checkpoints.load(place, json));
      } catch (StoreException e) {
        // If it is no longer there, a training has deleted it, and has newer ones.
        if (checkpoints.newestFirst().contains(place)) {
          unusable.add(place);
          messages.accept(
              "the checkpoint of %s cannot be used: %s".formatted(place.inWords(), e.getMessage()));
        }
      }
    }
  }

  /**
   * Looks at what is in the folder, and sees whether the classifier can be saved there.
   *
   * @throws IllegalArgumentException if usable checkpoints of what this training is about to do are
   *     there already, and it does not go on with {@code upTo}; or the best are to be saved and
   *     there are no validation images; or the classifier has a layer, an optimizer or a loss of
   *     the user's own that {@link #json} was not told of
   * @throws StoreException if the folder cannot be read or written, is that of a saved model, or
   *     another process saves checkpoints there
   */
  @Override
  public void trainBegin(Training training) {
    due = false;
    folder.checkOutsideOfModels();
    lock = Optional.of(folder.lock());
    batchesInEpoch = training.batchesDone();
    Place start = new Place(training.firstEpoch() - 1, batchesInEpoch);
    List<Place> there = folder.newestFirst();
    checkCanSave(training, start, there);
    if (!goesOn(training)) {
      checkNothingIsLost(start, there);
    }
    bestScore = Double.NEGATIVE_INFINITY;
    if (when.best().isPresent()) {
      Monitor.requireValidation(training, "Checkpoints.best");
      there.stream()
          .filter(place -> place.compareTo(start) <= 0 && folder.isOfUse(place, json))
          .findFirst()
          .ifPresent(
              place ->
                  bestScore =
                      score(
                          place, when.best().get(), training.options().validation().orElseThrow()));
    }
  }

  /** To the place of the next checkpoint, and to those that are there and whose turn will come. */
  private void checkCanSave(Training training, Place start, List<Place> there) {
    training.classifier().checkCanSave(folder.path(new Place(start.epochs() + 1, 0)), json);
    there.stream()
        .filter(place -> place.compareTo(start) > 0 && place.epochs() <= training.lastEpoch())
        .forEach(folder::checkCanBeReplaced);
  }

  @Override
  public void release(Training training) {
    lock.ifPresent(WriteLock::close);
    lock = Optional.empty();
  }

  /** Then what it writes over is what it wrote before it was cut off, bit for bit the same. */
  private static boolean goesOn(Training training) {
    return training.options().inAll() && training.classifier().stepsTrained() > 0;
  }

  private void checkNothingIsLost(Place start, List<Place> there) {
    for (Place place : there) {
      if (place.compareTo(start) > 0 && folder.isOfUse(place, json)) {
        throw new IllegalArgumentException(
            folder.path(place)
                + " is there, but training begins before it: go on from Checkpoints.latest, or give"
                + " another folder");
      }
    }
  }

  private double score(Place place, Monitor by, DataSet validation) {
    try (Classifier saved = folder.load(place, json)) {
      return by.score(saved.evaluate(validation));
    }
  }

  @Override
  public void batchEnd(Training training, BatchResult result) {
    batchesInEpoch = result.batch();
    due = when.steps() > 0 && training.classifier().stepsTrained() % when.steps() == 0;
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
   * Saves, if it is time to.
   *
   * @throws NotFiniteException if a variable is not finite; no checkpoint is deleted then
   * @throws StoreException if it cannot be written; no checkpoint is deleted then
   */
  @Override
  public void settled(Training training) {
    if (due) {
      due = false;
      Place place = new Place(training.classifier().epochsTrained(), batchesInEpoch);
      training.classifier().save(folder.path(place), json);
      deleteOlder(place);
    }
  }

  /** Later ones are damaged, or training would not have begun: they are written over in time. */
  private void deleteOlder(Place newest) {
    folder.newestFirst().stream()
        .filter(place -> place.compareTo(newest) <= 0)
        .skip(keep)
        .forEach(folder::delete);
  }
}
