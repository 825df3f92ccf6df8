package io.github.convnet4j.commandline;

import io.github.convnet4j.store.RealPath;
import io.github.convnet4j.store.ReplacedFile;
import io.github.convnet4j.store.SavedFiles;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.store.WriteLock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a training writes. A model has its folder for itself, and so has each checkpoint: whatever
 * else the training writes must be elsewhere, which is seen before the training, not after it.
 *
 * @param out the model's folder
 * @param checkpoints a folder, which gets a folder for each checkpoint
 * @param history a file
 * @param tensorboard a folder, which gets a folder for each curve
 */
record RunPlaces(
    Path out, Optional<Path> checkpoints, Optional<Path> history, Optional<Path> tensorboard) {
  /** Begins the name of each checkpoint's folder. */
  private static final String CHECKPOINT = "epoch-";

  /** Something that is written: an option, its value, and the file or folder itself. */
  private record Place(String option, Path value, Path real) {
    static Place of(String option, Path value) {
      return new Place(option, value, RealPath.of(value));
    }

    boolean isIn(Place folder) {
      return real.startsWith(folder.real);
    }

    /** As it was typed. */
    @Override
    public String toString() {
      return option + " " + value;
    }
  }

  /**
   * Sees whether all can be written, by the checks that are made again when it is.
   *
   * @throws UsageException if not; the message names the options
   */
  void check() {
    checkApart();
    blame(
        "--out",
        () -> {
          SavedFiles.check(out);
          WriteLock.onFolder(out).close();
        });
    checkpoints.ifPresent(
        folder ->
            blame(
                "--checkpoints",
                () -> {
                  SavedFiles.checkOutside(folder);
                  WriteLock.onFolder(folder).close();
                }));
    history.ifPresent(
        file ->
            blame(
                "--history",
                () -> {
                  SavedFiles.checkOutside(file);
                  ReplacedFile.tryOut(file);
                }));
    tensorboard.ifPresent(
        folder ->
            blame(
                "--tensorboard",
                () -> {
                  SavedFiles.checkOutside(folder);
                  SavedFiles.checkWritable(folder);
                }));
  }

  private static void blame(String option, Runnable check) {
    try {
      check.run();
    } catch (StoreException e) {
      throw new UsageException(option + ": " + e.getMessage());
    }
  }

  private void checkApart() {
    Place model = Place.of("--out", out);
    Optional<Place> saves = checkpoints.map(folder -> Place.of("--checkpoints", folder));
    Optional<Place> table = history.map(file -> Place.of("--history", file));
    List<Place> curves = new ArrayList<>();
    tensorboard.ifPresent(
        folder -> {
          for (String part : List.of("train", "validation")) {
            curves.add(new Place("--tensorboard", folder, RealPath.of(folder.resolve(part))));
          }
        });
    List<Place> all = new ArrayList<>(curves);
    saves.ifPresent(all::add);
    table.ifPresent(all::add);
    all.forEach(place -> checkNotInModel(place, model));
    all.add(model);
    table.ifPresent(
        file ->
            all.stream()
                .filter(place -> !place.equals(file))
                .forEach(p -> checkNotInFile(p, file)));
    saves.ifPresent(
        folder ->
            all.stream()
                .filter(place -> !place.equals(folder))
                .forEach(p -> checkNoCheckpoint(p, folder)));
  }

  private static void checkNotInModel(Place place, Place model) {
    if (place.isIn(model)) {
      throw new UsageException(
          "%s must not be in %s, a folder that holds the model alone: give --out %s, say"
              .formatted(place, model, model.value().resolve("model")));
    }
  }

  private static void checkNotInFile(Place place, Place file) {
    if (place.isIn(file)) {
      throw new UsageException(
          "%s must not be in %s, which is a file: give another".formatted(place, file));
    }
  }

  private static void checkNoCheckpoint(Place place, Place checkpoints) {
    if (place.isIn(checkpoints)) {
      Path below = checkpoints.real().relativize(place.real());
      if (below.getName(0).toString().startsWith(CHECKPOINT)) {
        throw new UsageException(
            "%s must not be in a checkpoint of %s: its name must not begin with %s"
                .formatted(place, checkpoints, CHECKPOINT));
      }
    }
  }
}
