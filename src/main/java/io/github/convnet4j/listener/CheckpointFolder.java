package io.github.convnet4j.listener;

import io.github.convnet4j.store.SavedFiles;
import io.github.convnet4j.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checkpoints by number: {@code epoch-0001}, {@code epoch-0002}, … in one folder. */
record CheckpointFolder(Path folder) {
  private static final Pattern NAME = Pattern.compile("epoch-([0-9]{4,9})");

  Path path(int epoch) {
    return folder.resolve(String.format(Locale.ROOT, "epoch-%04d", epoch));
  }

  /** The epochs that there are checkpoints of, whole or not, the newest first. */
  List<Integer> newestFirst() {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> NAME.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .map(matcher -> Integer.parseInt(matcher.group(1)))
          .sorted(Comparator.reverseOrder())
          .toList();
    } catch (IOException e) {
      throw new StoreException("cannot read %s: %s".formatted(folder, e), e);
    }
  }

  /** Whether a checkpoint is all there, to the byte. */
  boolean isWhole(int epoch) {
    try {
      SavedFiles.open(path(epoch));
      return true;
    } catch (StoreException e) {
      return false;
    }
  }

  /** Deletes a checkpoint, but nothing that a user put beside its files. */
  void delete(int epoch) {
    SavedFiles.delete(path(epoch));
  }
}
