package io.github.convnet4j.listener;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.ByteOrderMark;
import io.github.convnet4j.store.ReplacedFile;
import io.github.convnet4j.store.SavedFiles;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.store.WriteLock;
import io.github.convnet4j.train.EpochResult;
import io.github.convnet4j.train.Training;
import io.github.convnet4j.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A history file of any format. The whole file is replaced after each epoch, since it is small. So
 * it never ends in the middle of a row.
 */
abstract sealed class HistoryFile implements TrainingListener permits CsvHistory, JsonHistory {
  private final Path file;
  private final List<HistoryRow> rows = new ArrayList<>();
  private Optional<WriteLock> lock = Optional.empty();

  HistoryFile(Path file) {
    this.file = requireNonNull(file, "file");
  }

  /** Returns the text of a file with the given rows. */
  abstract String write(List<HistoryRow> all);

  /**
   * Returns the rows of a file with the given text.
   *
   * @throws IllegalArgumentException if it is not in the format of {@link #write}; the message says
   *     where
   */
  abstract List<HistoryRow> read(String text);

  /**
   * Reads an existing file, keeps the epochs before the first one of this run, and checks that the
   * file can be written.
   *
   * @throws StoreException if the file is not a history, is in the folder of a saved model, is in
   *     use by another process, or cannot be read or written
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
      return read(ByteOrderMark.skip(Files.readString(file)));
    } catch (IllegalArgumentException e) {
      throw new StoreException("%s is not a history: %s".formatted(file, e.getMessage()), e);
    } catch (IOException e) {
      throw StoreException.notRead(file, e);
    }
  }

  @Override
  public final void release(Training training) {
    lock.ifPresent(WriteLock::close);
    lock = Optional.empty();
  }

  /**
   * Adds an epoch.
   *
   * @throws StoreException if the file cannot be written; it is then unchanged
   */
  @Override
  public final void epochEnd(Training training, EpochResult result) {
    rows.add(HistoryRow.of(result));
    ReplacedFile.write(file, write(rows));
  }
}
