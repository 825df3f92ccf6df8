package io.github.convnet4j.examples;

import io.github.convnet4j.examples.plot.PlotTarget;
import io.github.convnet4j.examples.plot.Plots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** Records what an example prints. */
final class Recorder {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

  /** Returns a console that draws nothing. */
  Console console() {
    return console(Plots.to(PlotTarget.NONE));
  }

  /** Returns a console that writes its pictures to a folder. */
  Console drawingInto(Path folder) {
    return console(Plots.to(PlotTarget.FILE, folder, stream(messages)::println));
  }

  private Console console(Plots plots) {
    return Console.of(stream(out), stream(messages), plots);
  }

  /** Runs an example as a shell would, without pictures; returns the exit code. */
  int execute(String... args) {
    String[] all =
        Stream.concat(Arrays.stream(args), Stream.of("--plots", "none")).toArray(String[]::new);
    return executeAsTyped(all);
  }

  /** Runs an example with exactly these arguments; returns the exit code. */
  int executeAsTyped(String... args) {
    return Examples.execute(stream(out), stream(messages), args);
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  String messages() {
    return messages.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  /** Returns a text that Python printed; {@code src/test/python/lecture/} has the programs. */
  static String printedByPython(String name) {
    try (InputStream stream = Recorder.class.getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
