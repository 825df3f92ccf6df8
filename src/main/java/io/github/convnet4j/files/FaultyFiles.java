package io.github.convnet4j.files;

import io.github.convnet4j.data.DataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The files of a list that cannot be read, with the reasons. They are found while something is done
 * with each file, by several threads.
 */
final class FaultyFiles {
  /** The largest number of files that are named. */
  private static final int NAMED = 10;

  /** How many files of each thread are between two calls of the listener. */
  private static final int STEP = 32;

  private final int count;
  private final DataListener listener;
  private final SortedMap<Integer, String> faults = new ConcurrentSkipListMap<>();

  FaultyFiles(int count, DataListener listener) {
    this.count = count;
    this.listener = listener;
  }

  /** Returns what the supplier returns, or records why the file cannot be read. */
  <T> Optional<T> attempt(int file, Supplier<T> supplier) {
    try {
      return Optional.of(supplier.get());
    } catch (DataException e) {
      faults.put(file, e.getMessage());
      return Optional.empty();
    }
  }

  boolean has(int file) {
    return faults.containsKey(file);
  }

  /** Returns the reasons for all files that cannot be read. */
  SortedMap<Integer, String> all() {
    return faults;
  }

  /**
   * Does something with each file that has no fault yet. Several threads share the files; a {@link
   * DataException} is the fault of its file.
   *
   * @throws CancellationException if this thread is interrupted
   */
  void each(DataListener.Step step, IntConsumer action) {
    inBlocks(
        step,
        (from, to) -> {
          parallel(from, to, action);
          return true;
        });
  }

  /** Some of the files, one after another. */
  interface Block {
    /** Returns whether to go on with the next block. */
    boolean process(int from, int to);
  }

  void inBlocks(DataListener.Step step, Block block) {
    int size = STEP * (ForkJoinPool.getCommonPoolParallelism() + 1);
    listener.progress(step, 0, count);
    boolean more = true;
    for (int from = 0; from < count && more; from += size) {
      int to = (int) Math.min(count, (long) from + size);
      more = block.process(from, to);
      listener.progress(step, more ? to : count, count);
    }
  }

  /** Does something with some of the files that have no fault yet. */
  void parallel(int from, int to, IntConsumer action) {
    checkNotInterrupted();
    Queue<Integer> again = new ConcurrentLinkedQueue<>();
    IntStream.range(from, to)
        .parallel()
        .filter(file -> !has(file))
        .forEach(
            file -> {
              try {
                action.accept(file);
              } catch (DataException e) {
                if (e.getCause() instanceof OutOfMemoryError) {
                  again.add(file);
                } else {
                  faults.put(file, e.getMessage());
                }
              }
            });
    checkNotInterrupted();
    // Several large pictures may exceed the heap where one at a time does not.
    again.stream().sorted().forEach(file -> attemptAlone(file, action));
    checkNotInterrupted();
  }

  private void attemptAlone(int file, IntConsumer action) {
    try {
      action.accept(file);
    } catch (DataException e) {
      faults.put(file, e.getMessage());
    }
  }

  /** An interrupted thread cannot read files, which is not the fault of the files. */
  private static void checkNotInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted while reading pictures");
    }
  }

  /**
   * Reports the faults.
   *
   * @param skip whether files that cannot be read are left out
   * @throws DataException if there are any and they are not to be skipped, or no file can be read
   */
  void check(boolean skip) {
    if (faults.size() == count) {
      throw new DataException(sentence("none of the %2$d pictures can be read:"));
    }
    if (!faults.isEmpty() && !skip) {
      throw new DataException(
          faults.size() == 1
              ? faults.get(faults.firstKey())
                  + "; skipUnreadable() or --skip-unreadable leaves it out"
              : sentence(
                  "%d of %d pictures cannot be read; skipUnreadable() or --skip-unreadable"
                      + " leaves them out:"));
    }
  }

  private String sentence(String start) {
    String all =
        faults.values().stream()
            .sorted()
            .limit(NAMED)
            .map(fault -> System.lineSeparator() + "  " + fault)
            .collect(Collectors.joining("", start.formatted(faults.size(), count), ""));
    return faults.size() <= NAMED ? all : "%s%n  and %d more".formatted(all, faults.size() - NAMED);
  }

  /** Returns a sentence for each of the first few, and how many more there are. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    faults.values().stream()
        .sorted()
        .limit(NAMED)
        .forEach(fault -> notes.add("Left out: " + fault));
    if (faults.size() > NAMED) {
      notes.add("Left out: %d more pictures that cannot be read".formatted(faults.size() - NAMED));
    }
    return notes;
  }
}
