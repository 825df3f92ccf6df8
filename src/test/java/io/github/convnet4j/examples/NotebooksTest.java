package io.github.convnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The notebooks under {@code examples/notebooks} are made from the examples. JShell runs their
 * cells here; in a notebook, the Java kernel does the same with JShell.
 */
class NotebooksTest {
  private static final String DATA = "convnet4j.data";
  private static final Predicate<String> TRAINS = List.of("Ex11_8", "Ex11_9")::contains;

  @TempDir private Path folder;

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final Locale locale = Locale.getDefault(Locale.Category.FORMAT);
  private final Optional<String> data = Optional.ofNullable(System.getProperty(DATA));
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void takeWhatIsPrinted() throws IOException {
    Path digits = DigitFolder.writeInto(Files.createDirectory(folder.resolve("digits")));
    System.setProperty(DATA, digits.toString());
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(out);
    System.setErr(err);
    Locale.setDefault(Locale.Category.FORMAT, locale);
    data.ifPresentOrElse(
        folderBefore -> System.setProperty(DATA, folderBefore), () -> System.clearProperty(DATA));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
  void aNotebookPrintsAndDrawsWhatItsExampleDoes(int number) throws IOException {
    String example = "Ex11_" + number;
    List<String> arguments = new ArrayList<>(List.of(example, "--plots", "file"));
    arguments.addAll(List.of("--plots-folder", folder.resolve("plots").toString()));
    if (TRAINS.test(example)) {
      arguments.addAll(List.of("--epochs", "1"));
    }
    Recorder recorder = new Recorder();
    int exitCode = recorder.executeAsTyped(arguments.toArray(String[]::new));
    assertEquals(0, exitCode, recorder.messages());

    execute("ex11_" + number + ".ipynb");

    String prints = printed.toString(StandardCharsets.UTF_8);
    assertEquals(recorder.out(), prints.replace(System.lineSeparator(), "\n"));
    // The example prints each picture's path.
    List<BufferedImage> drawn = new ArrayList<>();
    for (String line : recorder.messages().lines().toList()) {
      if (line.startsWith("Picture: ")) {
        drawn.add(ImageIO.read(Path.of(line.substring("Picture: ".length())).toFile()));
      }
    }
    List<BufferedImage> displayed = DisplayedPictures.takeAll();
    assertEquals(drawn.size(), displayed.size());
    for (int i = 0; i < drawn.size(); i++) {
      assertArrayEquals(pixels(drawn.get(i)), pixels(displayed.get(i)));
    }
  }

  @Test
  void theNotebooksAreThoseThatTheGeneratorMakes() throws IOException, InterruptedException {
    Optional<String> python = Stream.of("python3", "python").filter(this::runs).findFirst();
    assumeTrue(python.isPresent(), "Python is not installed");
    ProcessBuilder check =
        new ProcessBuilder(python.get(), "src/test/python/make_notebooks.py", "--check")
            .redirectErrorStream(true);
    check.environment().put("PYTHONIOENCODING", "utf-8");
    Process process = check.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
  }

  /** Says whether a command is a Python that is new enough. */
  private boolean runs(String python) {
    String version = "import sys; sys.exit(sys.version_info < (3, 9))";
    try {
      Process process = new ProcessBuilder(python, "-c", version).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false; // There is no such command.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Runs a notebook's cells one after another, and its training for one epoch. */
  private void execute(String notebook) throws IOException {
    JsonNode cells =
        new ObjectMapper()
            .readTree(Path.of("examples", "notebooks", notebook).toFile())
            .get("cells");
    // The snippets run in this JVM, so that TensorFlow is loaded only once.
    try (JShell shell = JShell.builder().executionEngine("local").build()) {
      shell.addToClasspath(System.getProperty("java.class.path"));
      evaluate(
          shell,
          "void display(Object picture) {"
              + DisplayedPictures.class.getName()
              + ".add((java.awt.image.BufferedImage) picture); }");
      for (JsonNode cell : cells) {
        if (cell.get("cell_type").asText().equals("code")) {
          StringBuilder source = new StringBuilder();
          cell.get("source").forEach(line -> source.append(line.asText()));
          evaluate(shell, source.toString());
          if (cell.at("/metadata/tags/0").asText().equals("parameters")) {
            evaluate(shell, "settings = settings.withEpochs(1);");
          }
        }
      }
    }
  }

  private static void evaluate(JShell shell, String source) {
    String rest = source;
    while (!rest.isBlank()) {
      CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
      assertTrue(next.completeness().isComplete(), rest);
      for (SnippetEvent event : shell.eval(next.source())) {
        List<String> faults =
            shell
                .diagnostics(event.snippet())
                .filter(diagnostic -> diagnostic.isError())
                .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
                .toList();
        assertEquals(List.of(), faults, next.source());
        if (event.exception() != null) {
          fail(next.source(), event.exception());
        }
      }
      rest = next.remaining();
    }
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }
}
