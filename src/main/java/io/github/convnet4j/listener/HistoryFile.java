package io.github.convnet4j.listener;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.classifier.EpochResult;
import io.github.convnet4j.classifier.Training;
import io.github.convnet4j.classifier.TrainingListener;
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

/**
 * A history on disk, whatever its format. It is written anew each epoch: it is small, and so there
 * is never half a row in it.
 */
abstract sealed class HistoryFile implements TrainingListener permits CsvHistory, JsonHistory {
  private final Path file;
  private final List<HistoryRow> rows = new ArrayList<>();
  private Optional<WriteLock> lock = Optional.empty();

  HistoryFile(Path file) {
    this.file = requireNonNull(file, "file");
  }

  /** All rows as the file's text. */
  abstract String write(List<HistoryRow> all);

  /**
   * The rows of a file's text.
   *
   * @throws IllegalArgumentException if it is none of {@link #write}; the message says where
   */
  abstract List<HistoryRow> read(String text);

  /**
   * Keeps, of a file that is there, the epochs before this training's first, and sees whether it
   * can be written at all.
   *
   * @throws StoreException if the file is no history, is in the folder of a saved model, is written
   *     by another process, or cannot be read or written
   */
  @Override
  public final void trainBegin(Training training) {
    SavedFiles.checkOutside(file);
    lock = Optional.of(WriteLock.onFile(file));
    rows.clear();
    if (Files.exists(file)) {
      readFile().stream().filter(row -> row.epoch() < training.firstEpoch()).forEach(rows::add);
    }
    ReplacedFile.write(file, write(rows));
  }

  private List<HistoryRow> readFile() {
    try {
      return read(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new StoreException("%s is not a history: %s".formatted(file, e.getMessage()), e);
    } catch (IOException e) {
      throw new StoreException("cannot read %s: %s".formatted(file, e), e);
    }
  }

  @Override
  public final void release(Training training) {
    lock.ifPresent(WriteLock::close);
    lock = Optional.empty();
  }

  /**
   * Adds the epoch.
   *
   * @throws StoreException if the file cannot be written; then it is as it was after the last epoch
   */
  @Override
  public final void epochEnd(Training training, EpochResult result) {
    rows.add(HistoryRow.of(result));
    ReplacedFile.write(file, write(rows));
  }
}
