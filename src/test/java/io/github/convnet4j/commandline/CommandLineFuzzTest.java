package io.github.convnet4j.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.convnet4j.fuzz.Judge;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Words on the command line, one in each line of an input. A command either succeeds, or says in a
 * sentence what is wrong and exits with 2; it never prints a stack trace.
 */
class CommandLineFuzzTest {
  /**
   * Options of {@code train} whose values are neither files nor how long it may take, so that an
   * input can write only into the test's folder, and trains for one step.
   */
  private static final Set<String> HARMLESS =
      Set.of(
          "--augment",
          "--balance",
          "--batch-size",
          "--boxes",
          "--class-names",
          "--class-weights",
          "--clip",
          "--colour",
          "--columns",
          "--early-stopping",
          "--features",
          "--fit",
          "--freeze-until",
          "--groups",
          "--image-shape",
          "--in-memory",
          "--interpolation",
          "--invert",
          "--label-column",
          "--label-smoothing",
          "--last-batch",
          "--learning-rate",
          "--literal-graph",
          "--memory",
          "--metrics",
          "--monitor",
          "--no-antialias",
          "--normalize",
          "--on-disk",
          "--optimizer",
          "--pad-colour",
          "--pixels",
          "--points",
          "--progress",
          "--range",
          "--reduce-on-plateau",
          "--schedule",
          "--seed",
          "--size",
          "--skip-unreadable",
          "--task",
          "--unlabeled",
          "--validation",
          "--warm-up");

  /** An option that is converted from a text, for each value of the first byte. */
  private static final List<String> TYPED =
      List.of(
          "--augment",
          "--metrics",
          "--schedule",
          "--size",
          "--range",
          "--pad-colour",
          "--max-time",
          "--memory",
          "--pixels",
          "--image-shape",
          "--groups",
          "--class-names",
          "--boxes");

  @TempDir private static Path folder;

  @BeforeAll
  static void pictures() {
    for (String name : List.of("dark/1", "dark/2", "light/1", "light/2")) {
      int shade = name.startsWith("dark") ? 20 : 230;
      byte[] pixels = new byte[64];
      java.util.Arrays.fill(pixels, (byte) shade);
      Shell.picture(folder.resolve("data").resolve(name + ".png"), 8, 8, pixels);
    }
  }

  static Stream<byte[]> commands() {
    return Stream.of(
            "train\n--data\ndigits\n--out\nmine\n--epochs=3\n--augment=shift=0.1,flip",
            "evaluate\nmine\n--data=digits\n--metrics=accuracy,top-k=3\n--json",
            "predict\nmine\nseven.png\n--invert\n--top=3",
            "report\nmine\n--data=digits\n--out=page",
            "summary\nnet.json",
            "data\n--data=a\n--size=8x8\n--range=0:4095",
            "export\nmine\n--keras\na.keras",
            "serve\nmine\n--port=80\n--max-batch-size=3",
            "trian\n--help",
            "--version")
        .map(CommandLineFuzzTest::bytes);
  }

  static Stream<byte[]> texts() {
    List<String> texts =
        List.of(
            AugmentationText.EXAMPLE,
            "accuracy,top-k=3",
            "step=0.5:10",
            "48x64",
            "-0.5:4095",
            "255,128,0",
            "1h30m",
            "2g",
            "0:1",
            "8x8",
            "patient(\\d+)",
            "cat,dog",
            "a,b,c,d");
    List<byte[]> inputs = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      inputs.add(bytes((char) i + texts.get(i)));
    }
    return inputs.stream();
  }

  static Stream<byte[]> options() {
    return Stream.of(
            "",
            "--batch-size=3\n--seed=7\n--optimizer=sgd\n--learning-rate=1e-3",
            "--augment=shift=0.1,flip,mixup=0.2\n--validation=0.5\n--early-stopping=1",
            "--task=multi-label\n--columns=a",
            "--size=4x6\n--fit=pad\n--pad-colour=white\n--colour=rgb\n--invert",
            "--metrics=accuracy\n--monitor=val_loss\n--normalize\n--schedule=cosine\n--warm-up=1")
        .map(CommandLineFuzzTest::bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> words(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    return text.isEmpty() ? List.of() : List.of(text.split("\n", -1));
  }

  /** All words are parsed, but the last one asks for help, so nothing is run. */
  @MethodSource("commands")
  @FuzzTest
  void parse(byte[] input) {
    List<String> words = new ArrayList<>(words(input));
    words.removeIf(word -> word.startsWith("@")); // Names a file of arguments.
    words.add("--help");
    judge(words);
  }

  /** As {@link #parse}, for a value that has a notation of its own. */
  @MethodSource("texts")
  @FuzzTest
  void typed(byte[] input) {
    if (input.length > 0) {
      String option = TYPED.get((input[0] & 0xff) % TYPED.size());
      String text = new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
      judge(List.of("train", option, text, "--help"));
    }
  }

  /** Trains for one step with any options. */
  @MethodSource("options")
  @FuzzTest
  void train(byte[] input) throws IOException {
    Path out = folder.resolve("out");
    delete(out);
    List<String> words = new ArrayList<>(List.of("train", "--data", folder + "/data"));
    words.addAll(List.of("--out", out.toString(), "--epochs", "1", "--max-steps", "1"));
    for (String word : words(input)) {
      if (HARMLESS.contains(word.split("=", -1)[0])) {
        words.add(word);
      }
    }
    judge(words);
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void judge(List<String> words) {
    Judge.limited(
        () -> {
          Shell shell = new Shell();
          int code = shell.execute(words.toArray(String[]::new));
          String messages = shell.messages();
          assertTrue(code == 0 || code == 2, () -> "%s: %d: %s".formatted(words, code, messages));
          assertFalse(messages.contains("\n\tat "), messages);
          if (code == 2) {
            assertFalse(messages.isBlank(), () -> words + " fails without a word");
            assertEquals("", shell.out());
          }
        });
  }
}
