package io.github.convnet4j.listener;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.classifier.Classifier;
import io.github.convnet4j.classifier.ClassifierJson;
import io.github.convnet4j.classifier.EpochResult;
import io.github.convnet4j.classifier.Training;
import io.github.convnet4j.classifier.TrainingListener;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.store.StoreException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Saves the classifier after epochs, so that training which was cut off goes on from there:
 *
 * <pre>{@code
 * Path folder = Path.of("checkpoints");
 * try (Classifier classifier =
 *     Checkpoints.latest(folder, System.err::println)
 *         .orElseGet(() -> Classifier.of(network, adam(0.001f)))) {
 *   int rest = 15 - classifier.epochsTrained();
 *   if (rest > 0) {
 *     classifier.fit(train, epochs(rest), Checkpoints.everyEpoch(folder).keep(3));
 *   }
 * }
 * }</pre>
 *
 * <p>Each is a save of its own, {@code epoch-0001} and so on. Older ones are deleted only when the
 * new one is whole on the disk.
 */
public final class Checkpoints implements TrainingListener {
  private final CheckpointFolder folder;
  private final Optional<Monitor> monitor;
  private final int keep;
  private final ClassifierJson json;
  private double bestScore = Double.NEGATIVE_INFINITY;

  private Checkpoints(
      CheckpointFolder folder, Optional<Monitor> monitor, int keep, ClassifierJson json) {
    this.folder = folder;
    this.monitor = monitor;
    if (keep < 1) {
      throw new IllegalArgumentException("keep must be at least 1: " + keep);
    }
    this.keep = keep;
    this.json = requireNonNull(json, "json");
  }

  /**
   * Saves after every epoch, and keeps all.
   *
   * @param folder made if need be; other files in it stay
   */
  public static Checkpoints everyEpoch(Path folder) {
    return new Checkpoints(
        new CheckpointFolder(requireNonNull(folder, "folder")),
        Optional.empty(),
        Integer.MAX_VALUE,
        ClassifierJson.standard());
  }

  /**
   * Saves after an epoch that is better than all before, and keeps the best alone. If the folder
   * has a checkpoint from before, an epoch must be better than that one, too: it is loaded, and
   * evaluated on the validation images, when training begins.
   *
   * @param folder made if need be; other files in it stay
   */
  public static Checkpoints best(Path folder, Monitor monitor) {
    return new Checkpoints(
        new CheckpointFolder(requireNonNull(folder, "folder")),
        Optional.of(monitor),
        1,
        ClassifierJson.standard());
  }

  /** The same, but keeping so many, at least 1: the newest. */
  public Checkpoints keep(int checkpoints) {
    return new Checkpoints(folder, monitor, checkpoints, json);
  }

  /** The same for a classifier with layers, optimizers or losses of the user's own. */
  public Checkpoints json(ClassifierJson classifierJson) {
    return new Checkpoints(folder, monitor, keep, classifierJson);
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
    for (int epoch : checkpoints.newestFirst()) {
      try {
        return Optional.of(Classifier.load(checkpoints.path(epoch), json));
      } catch (StoreException e) {
        messages.accept(
            "the checkpoint of epoch %d cannot be used: %s".formatted(epoch, e.getMessage()));
      }
    }
    return Optional.empty();
  }

  /**
   * Looks at what is in the folder.
   *
   * @throws IllegalArgumentException if whole checkpoints of this training's epochs are there
   *     already, or the best are to be saved and there are no validation images
   * @throws StoreException if the folder cannot be read
   */
  @Override
  public void trainBegin(Training training) {
    List<Integer> there = folder.newestFirst();
    for (int epoch : there) {
      if (epoch >= training.firstEpoch() && folder.isWhole(epoch)) {
        throw new IllegalArgumentException(
            "%s is there, but training begins with epoch %d: go on from Checkpoints.latest, or give"
                    .formatted(folder.path(epoch), training.firstEpoch())
                + " another folder");
      }
    }
    bestScore = Double.NEGATIVE_INFINITY;
    if (monitor.isPresent()) {
      Monitor.requireValidation(training, "Checkpoints.best");
      there.stream()
          .filter(epoch -> epoch < training.firstEpoch() && folder.isWhole(epoch))
          .findFirst()
          .ifPresent(
              epoch ->
                  bestScore =
                      score(epoch, monitor.get(), training.options().validation().orElseThrow()));
    }
  }

  private double score(int epoch, Monitor by, DataSet validation) {
    try (Classifier saved = Classifier.load(folder.path(epoch), json)) {
      return by.score(saved.evaluate(validation));
    }
  }

  @Override
  public void epochEnd(Training training, EpochResult result) {
    if (monitor.isPresent()) {
      double score = monitor.get().score(result);
      if (!(score > bestScore)) {
        return;
      }
      bestScore = score;
    }
    training.classifier().save(folder.path(result.epoch()), json);
    deleteOlder(result.epoch());
  }

  /** Later ones are damaged, or training would not have begun: they are written over in time. */
  private void deleteOlder(int newest) {
    folder.newestFirst().stream()
        .filter(epoch -> epoch <= newest)
        .skip(keep)
        .forEach(folder::delete);
  }
}
