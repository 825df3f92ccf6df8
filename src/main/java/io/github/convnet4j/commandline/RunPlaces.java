package io.github.convnet4j.commandline;

import io.github.convnet4j.check.IoReason;
import io.github.convnet4j.store.RealPath;
import io.github.convnet4j.store.ReplacedFile;
import io.github.convnet4j.store.SavedFiles;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.store.WriteLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The places that a run writes to. A model's folder holds nothing else, and neither does a
 * checkpoint's: everything else that the run writes must be elsewhere. This is checked before the
 * run, not after it.
 *
 * @param out the model's folder
 * @param checkpoints a folder that gets one folder for each checkpoint
 * @param best a folder that gets a folder for the checkpoint of the best epoch
 * @param history a file
 * @param tensorboard a folder that gets the folders {@code train} and {@code validation}
 * @param cache a folder that gets decoded pictures
 */
record RunPlaces(
    Path out,
    Optional<Path> checkpoints,
    Optional<Path> best,
    Optional<Path> history,
    Optional<Path> tensorboard,
    Optional<Path> cache) {
  /** The name of each checkpoint's folder starts with this. */
  private static final String CHECKPOINT = "epoch-";

  /** The folders of the curves. */
  private static final List<String> CURVES = List.of("train", "validation");

  /**
   * Refuses a folder with the best epoch of an earlier run, which a new run must not compare itself
   * with or delete.
   */
  void checkBestIsNew() {
    best.ifPresent(
        folder -> {
          try (Stream<Path> files = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
            if (files.anyMatch(file -> file.getFileName().toString().startsWith(CHECKPOINT))) {
              throw new UsageException(
                  "--best: %s holds a checkpoint of an earlier run: give a new folder, or delete it"
                      .formatted(folder));
            }
          } catch (IOException e) {
            throw new UsageException(
                "--best: %s cannot be read: %s".formatted(folder, IoReason.of(e)));
          }
        });
  }

  /** A place: the option, its value, and the file or folder with all links resolved. */
  private record Place(String option, Path value, Path real) {
    static Place of(String option, Path value) {
      return new Place(option, value, RealPath.of(value));
    }

    boolean isIn(Place folder) {
      return real.startsWith(folder.real);
    }

    /** As typed. */
    @Override
    public String toString() {
      return option + " " + value;
    }
  }

  /**
   * Checks whether all of them can be written, in the same way as is done again when they are.
   *
   * @throws UsageException if not; the message names the options
   */
  void check() {
    checkApart();
    naming(
        "--out",
        () -> {
          SavedFiles.check(out);
          WriteLock.onFolder(out).close();
        });
    checkpoints.ifPresent(folder -> checkCheckpoints("--checkpoints", folder));
    best.ifPresent(folder -> checkCheckpoints("--best", folder));
    history.ifPresent(
        file ->
            naming(
                "--history",
                () -> {
                  SavedFiles.checkOutside(file);
                  ReplacedFile.tryOut(file);
                }));
    tensorboard.ifPresent(
        folder ->
            naming(
                "--tensorboard",
                () -> {
                  SavedFiles.checkOutside(folder);
                  WriteLock.onFolder(folder).close();
                  CURVES.forEach(part -> SavedFiles.checkWritable(folder.resolve(part)));
                }));
    cache.ifPresent(
        folder ->
            naming(
                "--cache",
                () -> {
                  SavedFiles.checkOutside(folder);
                  SavedFiles.checkWritable(folder);
                }));
  }

  private static void checkCheckpoints(String option, Path folder) {
    naming(
        option,
        () -> {
          SavedFiles.checkOutside(folder);
          WriteLock.onFolder(folder).close();
        });
  }

  private static void naming(String option, Runnable check) {
    try {
      check.run();
    } catch (StoreException e) {
      throw new UsageException(option + ": " + e.getMessage());
    }
  }

  private void checkApart() {
    Place model = Place.of("--out", out);
    List<Place> saves = new ArrayList<>();
    checkpoints.ifPresent(folder -> saves.add(Place.of("--checkpoints", folder)));
    best.ifPresent(folder -> saves.add(Place.of("--best", folder)));
    Optional<Place> table = history.map(file -> Place.of("--history", file));
    List<Place> curves = new ArrayList<>();
    tensorboard.ifPresent(
        folder -> {
          for (String part : CURVES) {
            curves.add(new Place("--tensorboard", folder, RealPath.of(folder.resolve(part))));
          }
        });
    List<Place> all = new ArrayList<>(curves);
    cache.ifPresent(folder -> all.add(Place.of("--cache", folder)));
    all.addAll(saves);
    table.ifPresent(all::add);
    all.forEach(place -> checkNotInModel(place, model));
    all.add(model);
    table.ifPresent(
        file ->
            all.stream()
                .filter(place -> !place.equals(file))
                .forEach(p -> checkNotInFile(p, file)));
    saves.forEach(
        folder ->
            all.stream()
                .filter(place -> !place.equals(folder))
                .forEach(p -> checkNoCheckpoint(p, folder)));
    if (saves.size() == 2 && saves.get(0).real().equals(saves.get(1).real())) {
      throw new UsageException(
          "%s and %s must be different folders: each deletes checkpoints of its own"
              .formatted(saves.get(0), saves.get(1)));
    }
  }

  private static void checkNotInModel(Place place, Place model) {
    if (place.isIn(model)) {
      throw new UsageException(
          "%s must not be in %s, a folder that holds only the model: give for example --out %s"
              .formatted(place, model, model.value().resolve("model")));
    }
  }

  private static void checkNotInFile(Place place, Place file) {
    if (place.isIn(file)) {
      throw new UsageException(
          "%s must not be in %s, which is a file: give another place".formatted(place, file));
    }
  }

  private static void checkNoCheckpoint(Place place, Place checkpoints) {
    if (place.isIn(checkpoints)) {
      Path below = checkpoints.real().relativize(place.real());
      if (below.getName(0).toString().startsWith(CHECKPOINT)) {
        throw new UsageException(
            "%s must not be in a checkpoint of %s: give a name that does not start with %s"
                .formatted(place, checkpoints, CHECKPOINT));
      }
    }
  }
}
