package io.github.convnet4j.serve;

import io.github.convnet4j.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Looks into the folders of models from time to time, and loads what has been saved there
 * meanwhile: a model that replaces another one, or a new version. A folder whose files still change
 * is left alone until the next look. If something cannot be loaded, this is said once, and what was
 * served before stays.
 */
final class FolderWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(FolderWatch.class.getName());

  private final Map<String, Path> folders;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "convnet4j-watch");
            thread.setDaemon(true);
            return thread;
          });

  /** What each version was when it was loaded, or when that failed. */
  private final Map<String, NavigableMap<Long, Snapshot>> tried = new HashMap<>();

  /** The models of whose files nothing is left. */
  private final Set<String> gone = new HashSet<>();

  /** What each version was at the last look. */
  private final Map<String, NavigableMap<Long, Snapshot>> seen = new HashMap<>();

  /** A file's name, size and time of its last change. */
  private record Entry(String name, long size, FileTime changed) {}

  /** A model's files; none if there is no such folder. */
  private record Snapshot(Path folder, List<Entry> files) {
    static Snapshot of(Path folder) {
      try {
        if (!Files.isDirectory(folder)) {
          return new Snapshot(folder, List.of(entry(folder)));
        }
        try (Stream<Path> inside = Files.list(folder)) {
          return new Snapshot(
              folder,
              inside
                  // Hidden files are not part of a save.
                  .filter(file -> !file.getFileName().toString().startsWith("."))
                  .filter(Files::isRegularFile)
                  .sorted()
                  .map(Snapshot::entry)
                  .toList());
        }
      } catch (IOException | UncheckedIOException e) {
        return new Snapshot(folder, List.of()); // It is gone, or is changing right now.
      }
    }

    private static Entry entry(Path file) {
      try {
        BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
        return new Entry(file.getFileName().toString(), is.size(), is.lastModifiedTime());
      } catch (NoSuchFileException e) {
        return new Entry(file.getFileName().toString(), -1, FileTime.fromMillis(0));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    boolean isEmpty() {
      return files.stream().allMatch(file -> file.size() < 0);
    }
  }

  /**
   * Remembers how the folders are. Must be called before the models are loaded, so that no save is
   * missed.
   *
   * @param folders by the names of the models
   */
  FolderWatch(Map<String, Path> folders) {
    this.folders = folders;
    folders.forEach(
        (name, folder) -> {
          tried.put(name, snapshots(folder));
          seen.put(name, snapshots(folder));
        });
  }

  private static NavigableMap<Long, Snapshot> snapshots(Path folder) {
    NavigableMap<Long, Snapshot> snapshots = new TreeMap<>();
    try {
      ModelShelf.versionFolders(folder)
          .forEach((version, path) -> snapshots.put(version, Snapshot.of(path)));
    } catch (StoreException e) {
      return new TreeMap<>(); // The same as for an empty folder.
    }
    snapshots.values().removeIf(Snapshot::isEmpty);
    return snapshots;
  }

  /** Starts to look. */
  void start(ModelShelf shelf, Duration interval) {
    long nanos = interval.toNanos();
    // Never completes: what it runs catches everything.
    ScheduledFuture<?> unused =
        executor.scheduleWithFixedDelay(() -> lookAt(shelf), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private void lookAt(ModelShelf shelf) {
    folders.forEach(
        (name, folder) -> {
          try {
            look(shelf, name, snapshots(folder));
          } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "the folder " + folder + " cannot be watched", e);
          }
        });
  }

  private void look(ModelShelf shelf, String name, NavigableMap<Long, Snapshot> now) {
    NavigableMap<Long, Snapshot> before = seen.put(name, now);
    NavigableMap<Long, Snapshot> known = tried.get(name);
    now.forEach(
        (version, snapshot) -> {
          boolean settled = snapshot.equals(before.get(version));
          if (settled && !snapshot.equals(known.get(version))) {
            known.put(version, snapshot);
            load(shelf, name, version, snapshot.folder());
          }
        });
    if (!now.isEmpty()) {
      gone.remove(name);
      retireMissing(shelf, name, now, before);
    } else if (before.isEmpty() && !known.isEmpty() && gone.add(name)) {
      // The last version stays: there would be nothing to answer with.
      LOG.log(
          System.Logger.Level.WARNING,
          "the model %s stays, but its files in %s are gone, or cannot be read"
              .formatted(name, folders.get(name)));
    }
  }

  private void retireMissing(
      ModelShelf shelf,
      String name,
      NavigableMap<Long, Snapshot> now,
      NavigableMap<Long, Snapshot> before) {
    NavigableMap<Long, Snapshot> known = tried.get(name);
    List<Long> missing =
        known.keySet().stream()
            .filter(version -> !now.containsKey(version) && !before.containsKey(version))
            .toList();
    for (long version : missing) {
      if (shelf.retire(name, version)) {
        known.remove(version);
        LOG.log(
            System.Logger.Level.INFO,
            "version %d of the model %s is gone, and not served any more".formatted(version, name));
      }
    }
  }

  private static void load(ModelShelf shelf, String name, long version, Path folder) {
    try {
      shelf.load(name, version, folder);
      LOG.log(
          System.Logger.Level.INFO,
          "version %d of the model %s is served now".formatted(version, name));
    } catch (RuntimeException | Error e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "version %d of the model %s cannot be loaded, and what was served before stays: %s"
              .formatted(version, name, e.getMessage()));
    }
  }

  /** Waits until what is being loaded is loaded, and stops. */
  @Override
  public void close() {
    executor.shutdownNow();
    ExecutorEnd.await(executor);
  }
}
