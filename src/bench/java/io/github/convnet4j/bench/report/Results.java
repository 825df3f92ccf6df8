package io.github.convnet4j.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where a benchmark's results go: a table to standard output, JSON into a file. */
public final class Results {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new Jdk8Module())
          .enable(SerializationFeature.INDENT_OUTPUT);

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "where files go, NAME.json and the like (default: ${DEFAULT-VALUE})")
  private Path folder = Path.of("target", "bench", "results");

  /**
   * Prints the text, and writes the result with the machine's description beside it.
   *
   * @param name of the file, without its ending
   * @param text for a reader
   * @param result records, lists and numbers
   */
  public void show(String name, String text, Object result) {
    Machine machine = Machine.here();
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("benchmark", name);
    whole.put("machine", machine);
    whole.put("result", result);
    System.out.println(machine);
    System.out.println(text);
    System.out.println("JSON: " + write(name + ".json", json(whole)));
  }

  /** As {@link #write(String, byte[])}, of text. */
  public Path write(String fileName, String content) {
    return write(fileName, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a file whole, and returns its path. */
  public Path write(String fileName, byte[] content) {
    Path file = file(fileName);
    Path temporary = file.resolveSibling(fileName + ".tmp");
    try {
      Files.write(temporary, content);
      return Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written", e);
    }
  }

  /** The path of a file in the folder, which is there then. */
  public Path file(String name) {
    try {
      return Files.createDirectories(folder).resolve(name);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be made", e);
    }
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result cannot be written as JSON", e);
    }
  }
}
