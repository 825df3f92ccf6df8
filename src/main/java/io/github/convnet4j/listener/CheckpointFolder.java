package io.github.convnet4j.listener;

import io.github.convnet4j.store.SavedFiles;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.store.WriteLock;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints in a folder, named by their progress: {@code epoch-0001} after the first epoch,
 * {@code epoch-0001-batch-00250} after 250 batches of the second, and so on.
 */
record CheckpointFolder(Path folder) {
  private static final Pattern NAME = Pattern.compile("epoch-([0-9]{4,9})(?:-batch-([0-9]{5,9}))?");

  /**
   * The progress of a checkpoint.
   *
   * @param epochs completed epochs
   * @param batches completed batches of the next epoch
   */
  record Place(int epochs, int batches) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparingInt(Place::epochs).thenComparingInt(Place::batches);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }

    /** Returns the progress as text, for messages. */
    String inWords() {
      return batches == 0
          ? "epoch %d".formatted(epochs)
          : "batch %d of epoch %d".formatted(batches, epochs + 1);
    }
  }

  Path path(Place place) {
    String name = String.format(Locale.ROOT, "epoch-%04d", place.epochs());
    String batch =
        place.batches() == 0 ? "" : String.format(Locale.ROOT, "-batch-%05d", place.batches());
    return folder.resolve(name + batch);
  }

  /** Returns the progress of all checkpoints, complete or not, the newest first. */
  List<Place> newestFirst() {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> NAME.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .map(
              matcher ->
                  new Place(
                      Integer.parseInt(matcher.group(1)),
                      Optional.ofNullable(matcher.group(2)).map(Integer::parseInt).orElse(0)))
          .sorted(Comparator.reverseOrder())
          .toList();
    } catch (IOException e) {
      throw StoreException.notRead(folder, e);
    }
  }

  /**
   * Loads a checkpoint. The caller closes the model.
   *
   * @throws StoreException if it is not complete, or its values are not all finite
   */
  <P> Model<P> load(Place place, Class<P> predictions, ModelJson json) {
    return checked(place, Model.load(path(place), predictions, json));
  }

  /** Loads a checkpoint with any type of predictions. */
  Model<?> load(Place place, ModelJson json) {
    return checked(place, Model.load(path(place), json));
  }

  private <M extends Model<?>> M checked(Place place, M model) {
    Optional<String> notFinite = model.firstNotFinite();
    if (notFinite.isPresent()) {
      model.close();
      throw new StoreException(
          "the values of %s in %s are not all finite".formatted(notFinite.get(), path(place)));
    }
    return model;
  }

  /**
   * Whether a checkpoint is complete, undamaged and finite. A complete one with layers that are
   * unknown here counts as usable, since it may be finite.
   */
  boolean isUsable(Place place, ModelJson json) {
    try {
      SavedFiles.open(path(place)).close();
    } catch (StoreException e) {
      return false;
    }
    try (Model<?> model = Model.load(path(place), json)) {
      return model.firstNotFinite().isEmpty();
    } catch (StoreException e) {
      return true;
    }
  }

  void checkOutsideOfModels() {
    SavedFiles.checkOutside(folder);
  }

  void checkCanBeReplaced(Place place) {
    SavedFiles.check(path(place));
  }

  /** Deletes what a killed run left in a checkpoint. */
  void tidy(Place place) {
    SavedFiles.tidy(path(place));
  }

  /** Keeps two runs from saving here at the same time. */
  WriteLock lock() {
    return WriteLock.onFolder(folder);
  }

  /** Deletes a checkpoint, but not files that a user put next to it. */
  void delete(Place place) {
    SavedFiles.delete(path(place));
  }
}
