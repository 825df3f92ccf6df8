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

/** Writes a benchmark's results: a table to standard output, JSON to a file. */
public final class Results {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new Jdk8Module())
          .enable(SerializationFeature.INDENT_OUTPUT);

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "the folder for result files such as NAME.json (default: ${DEFAULT-VALUE})")
  private Path folder = Path.of("target", "bench", "results");

  /**
   * Prints the text, and writes the result together with a description of the machine.
   *
   * @param name the file's name, without its extension
   * @param text the text to print
   * @param result a value of records, lists and numbers
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

  /** Writes a text file like {@link #write(String, byte[])}. */
  public Path write(String fileName, String content) {
    return write(fileName, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a file, and returns its path. */
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

  /** Creates the folder if necessary, and returns the path of a file in it. */
  public Path file(String name) {
    try {
      return Files.createDirectories(folder).resolve(name);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be created", e);
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
