package io.github.convnet4j.bench.contest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.convnet4j.bench.process.ResidentMemory;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Starts a contestant's process and sends it requests; {@code Conversation} defines the protocol.
 */
final class Player implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SECONDS_TO_END = 20;
  private static final int LINES_OF_LOG = 15;

  private final Contestant contestant;
  private final Path log;
  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter requests;
  private final String engine;

  private Player(Contestant contestant, Path log, Process process) {
    this.contestant = contestant;
    this.log = log;
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
    this.engine = answer().path("ready").asText();
  }

  /** Starts the process, and waits until it is ready. */
  static Player start(Contestant contestant, String net, Path work) {
    Path log = work.resolve(contestant.name() + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(contestant.command().stream(), Stream.of(net, work.toString())).toList());
    builder.redirectError(log.toFile());
    // As many threads as cores: by default OpenMP may use one for two hyperthreads.
    String cores = Integer.toString(Runtime.getRuntime().availableProcessors());
    builder.environment().put("OMP_NUM_THREADS", cores);
    builder.environment().putAll(contestant.environment());
    try {
      return new Player(contestant, log, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(contestant.name() + " cannot be started", e);
    }
  }

  String name() {
    return contestant.name();
  }

  String description() {
    return contestant.description();
  }

  /** Returns the engine that does the work and its version, as the contestant reports them. */
  String engine() {
    return engine;
  }

  ResidentMemory memory() {
    return ResidentMemory.of(process.pid());
  }

  /** Sends a request, and waits for the answer. */
  Answer ask(String request) {
    try {
      requests.write(request);
      requests.newLine();
      requests.flush();
    } catch (IOException e) {
      throw ended(e);
    }
    return Answer.of(answer());
  }

  /** Reads the next line of JSON; skips what libraries print to standard output. */
  private JsonNode answer() {
    try {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        if (line.startsWith("{")) {
          return JSON.readTree(line);
        }
      }
    } catch (IOException e) {
      throw ended(e);
    }
    throw ended(new IOException("end of output"));
  }

  private IllegalStateException ended(IOException cause) {
    process.destroy();
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
      List<String> last = lines.subList(Math.max(0, lines.size() - LINES_OF_LOG), lines.size());
      return new IllegalStateException(
          "%s has ended unexpectedly; the last lines of its log:%n%s"
              .formatted(name(), String.join("\n", last)),
          cause);
    } catch (IOException e) {
      cause.addSuppressed(e);
      return new IllegalStateException(name() + " has ended unexpectedly", cause);
    }
  }

  /** Asks the process to quit, and waits for its end. */
  @Override
  public void close() {
    try (requests) {
      requests.write("quit");
      requests.newLine();
    } catch (IOException e) {
      process.destroy(); // It has ended already, or does not read.
    }
    try {
      if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
