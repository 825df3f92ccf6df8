package io.github.convnet4j.examples;

import io.github.convnet4j.examples.numpy.NumpyPrinter;
import io.github.convnet4j.examples.plot.Plots;
import io.github.convnet4j.listener.ProgressBar;
import io.github.convnet4j.train.TrainingListener;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.NdArray;
import org.tensorflow.ndarray.Shape;

/**
 * Where an example prints. Standard output gets exactly what the notebook prints. Other messages
 * and the progress of long work go to standard error, pictures to {@link #plots}.
 */
public final class Console {
  private static final int PERCENT = 100;

  private final PrintStream out;
  private final PrintStream messages;
  private final Plots plots;
  private final boolean terminal;
  private final boolean more;

  private Console(
      PrintStream out, PrintStream messages, Plots plots, boolean terminal, boolean more) {
    this.out = out;
    this.messages = messages;
    this.plots = plots;
    this.terminal = terminal;
    this.more = more;
  }

  /**
   * Returns a console that prints to these streams, without progress and without {@link
   * #printMore}.
   */
  public static Console of(PrintStream out, PrintStream messages, Plots plots) {
    return new Console(out, messages, plots, false, false);
  }

  /** Returns a copy that shows progress if the messages go to a terminal. */
  Console onTerminal(boolean isTerminal) {
    return new Console(out, messages, plots, isTerminal, more);
  }

  /** Returns a copy that prints what {@link #printMore} is given, if {@code wanted}. */
  public Console withMore(boolean wanted) {
    return new Console(out, messages, plots, terminal, wanted);
  }

  /** Returns the stream for messages that are not part of the notebook's output. */
  public PrintStream messages() {
    return messages;
  }

  /** Returns the place where pictures go. */
  public Plots plots() {
    return plots;
  }

  /**
   * Prints as Python's {@code print} does: values separated by spaces, arrays and shapes in numpy's
   * format, an operand as TensorFlow 1 prints a tensor, and a line break at the end.
   */
  public void print(Object... values) {
    out.println(Arrays.stream(values).map(Console::text).collect(Collectors.joining(" ")));
  }

  /** Prints what the slides add to the notebook ("add code to check"), if --more was given. */
  public void printMore(Object... values) {
    if (more) {
      print(values);
    }
  }

  /** Does the same for tensors, each on its own line. */
  public void printMoreTensors(Operand<?>... tensors) {
    for (Operand<?> tensor : tensors) {
      printMore(tensor);
    }
  }

  /** On a terminal, redraws a line with each percent, and erases it at the end. */
  public void progress(String work, int done, int all) {
    int percent = (int) ((long) PERCENT * done / all);
    if (terminal && percent > (long) PERCENT * (done - 1) / all) {
      String line = String.format(Locale.ROOT, "%s %3d %%", work, percent);
      messages.print("\r" + (done < all ? line : " ".repeat(line.length()) + "\r"));
      messages.flush();
    }
  }

  /** Returns the library's progress bar for {@code fit}. */
  TrainingListener progressBar() {
    return ProgressBar.on(messages, terminal).withoutEpochLines();
  }

  private static String text(Object value) {
    if (value instanceof NdArray<?> array) {
      return NumpyPrinter.str(array);
    }
    if (value instanceof Shape shape) {
      return NumpyPrinter.tuple(shape);
    }
    if (value instanceof Float number) {
      return NumpyPrinter.str(number);
    }
    if (value instanceof List<?> list) {
      return NumpyPrinter.list(list.stream().<NdArray<?>>map(item -> (NdArray<?>) item).toList());
    }
    if (value instanceof Operand<?> operand) {
      return tensor(operand);
    }
    return String.valueOf(value);
  }

  /** For example {@code Tensor("Relu:0", shape=(?, 28, 28, 32), dtype=float32)}. */
  private static String tensor(Operand<?> operand) {
    return String.format(
        Locale.ROOT,
        "Tensor(\"%s:%d\", shape=%s, dtype=%s)",
        operand.asOutput().op().name(),
        operand.asOutput().index(),
        shape(operand.shape()),
        // TFloat32 is Python's float32.
        operand.type().getSimpleName().substring(1).toLowerCase(Locale.ROOT));
  }

  /**
   * Formats a shape as a tuple, with a question mark for a size that is unknown until the graph
   * runs.
   */
  private static String shape(Shape shape) {
    if (shape.isUnknown()) {
      return "<unknown>";
    }
    List<String> sizes =
        LongStream.of(shape.asArray())
            .mapToObj(size -> size == Shape.UNKNOWN_SIZE ? "?" : Long.toString(size))
            .toList();
    return sizes.size() == 1 ? "(" + sizes.get(0) + ",)" : "(" + String.join(", ", sizes) + ")";
  }
}
