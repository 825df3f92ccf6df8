package io.github.convnet4j.listener;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.train.BatchResult;
import io.github.convnet4j.train.EpochResult;
import io.github.convnet4j.train.History;
import io.github.convnet4j.train.Training;
import io.github.convnet4j.train.TrainingListener;
import java.io.PrintStream;
import java.util.function.LongSupplier;

/**
 * Shows the progress of training. On a terminal, a line is redrawn during each epoch:
 *
 * <pre>
 * Epoch  3/15 275/550 [===&gt;..] 0:10 left 2483 examples/s cost 0.1234 accuracy 0.9612
 * </pre>
 *
 * <p>On a terminal, and also in a file or a pipe, one line per epoch remains:
 *
 * <pre>
 * Epoch  3/15: 0:21, 2490 examples/s, cost 0.1034, accuracy 0.9672, val_loss 0.0812, val_accuracy 0.9751
 * </pre>
 *
 * <p>The time is that of the epoch including its validation; examples/s covers only the training
 * steps.
 */
public final class ProgressBar implements TrainingListener {
  private static final int DEFAULT_WIDTH = 80;
  private static final int MINIMUM_WIDTH = 40;
  private static final long REDRAW_NANOS = 100_000_000;

  private final PrintStream out;
  private final boolean terminal;
  private final int width;
  private final boolean epochLines;
  private final LongSupplier nanoTime;

  private long epochStart;
  private long lastStep;
  private long lastDrawn;
  private int shown;
  private int examples;

  private ProgressBar(
      PrintStream out, boolean terminal, int width, boolean epochLines, LongSupplier nanoTime) {
    this.out = requireNonNull(out, "out");
    this.terminal = terminal;
    if (width < MINIMUM_WIDTH) {
      throw new IllegalArgumentException(
          "width must be at least %d columns: %d".formatted(MINIMUM_WIDTH, width));
    }
    this.width = width;
    this.epochLines = epochLines;
    this.nanoTime = nanoTime;
  }

  /**
   * Returns a progress bar on a stream.
   *
   * @param out for example standard error; it is not closed
   * @param terminal whether it is a terminal of 80 columns, where a line can be redrawn. For
   *     standard input and output together, Java tells with {@code System.console() != null}, and
   *     from Java 22 with {@code System.console().isTerminal()}
   */
  public static ProgressBar on(PrintStream out, boolean terminal) {
    return new ProgressBar(out, terminal, DEFAULT_WIDTH, true, System::nanoTime);
  }

  /** Returns this progress bar on a terminal of the given width, at least 40 columns. */
  public ProgressBar width(int columns) {
    return new ProgressBar(out, terminal, columns, epochLines, nanoTime);
  }

  /**
   * Returns this progress bar without a line for each epoch, for programs that print the epochs
   * themselves. On a terminal, the line is erased when the epoch ends; elsewhere nothing is shown.
   */
  public ProgressBar withoutEpochLines() {
    return new ProgressBar(out, terminal, width, false, nanoTime);
  }

  /** Returns this progress bar with another clock, in nanoseconds. */
  ProgressBar clock(LongSupplier nanos) {
    return new ProgressBar(out, terminal, width, epochLines, nanos);
  }

  @Override
  public void trainBegin(Training training) {
    shown = 0;
    startEpoch();
  }

  private void startEpoch() {
    epochStart = nanoTime.getAsLong();
    lastStep = epochStart;
    lastDrawn = epochStart - REDRAW_NANOS;
    examples = 0;
  }

  @Override
  public void batchEnd(Training training, BatchResult result) {
    lastStep = nanoTime.getAsLong();
    examples += result.size();
    boolean last = result.batch() == training.batchesPerEpoch();
    if (terminal && (last || lastStep - lastDrawn >= REDRAW_NANOS)) {
      lastDrawn = lastStep;
      draw(liveLine(training, result));
    }
  }

  private String liveLine(Training training, BatchResult result) {
    int batches = training.batchesPerEpoch();
    long left = (lastStep - epochStart) / result.batch() * (batches - result.batch());
    String before =
        ProgressText.epoch(result.epoch(), training.lastEpoch())
            + " "
            + ProgressText.outOf(result.batch(), batches)
            + " ";
    String after =
        " %s left %s examples/s %s"
            .formatted(
                ProgressText.duration(left),
                rate(),
                ProgressText.numbers(training.valuesSoFar(), " "));
    int room = width - 1 - before.length() - after.length();
    String line = before + ProgressText.bar(result.batch(), batches, room) + after;
    // A line as wide as the terminal would wrap, and a wrapped line cannot be redrawn.
    return line.substring(0, Math.min(line.length(), width - 1));
  }

  private String rate() {
    return ProgressText.rate(examples, lastStep - epochStart);
  }

  private void draw(String line) {
    out.print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
    out.flush();
    shown = line.length();
  }

  @Override
  public void epochEnd(Training training, EpochResult result) {
    if (epochLines) {
      printEpoch(training, result);
    } else {
      erase();
    }
    startEpoch();
  }

  private void printEpoch(Training training, EpochResult result) {
    String line =
        "%s: %s, %s examples/s, %s"
            .formatted(
                ProgressText.epoch(result.epoch(), training.lastEpoch()),
                ProgressText.duration(nanoTime.getAsLong() - epochStart),
                rate(),
                ProgressText.numbers(result.values(), ", "));
    if (terminal) {
      draw(line);
      endLine();
    } else {
      out.println(line);
      out.flush();
    }
  }

  /** Ends or erases the line of an epoch that was stopped. */
  @Override
  public void trainEnd(Training training, History history) {
    if (!epochLines) {
      erase();
    } else if (shown > 0) {
      endLine();
    }
  }

  private void erase() {
    if (shown > 0) {
      out.print("\r" + " ".repeat(shown) + "\r");
      out.flush();
      shown = 0;
    }
  }

  private void endLine() {
    out.println();
    out.flush();
    shown = 0;
  }
}
