package io.github.convnet4j.commandline;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands print and write the same bytes in every locale, character set and time zone, also
 * for files with unusual names.
 */
class SurroundingsTest {
  private static final String KERAS = "model.keras";

  /** Names with a space, quotation marks, a line end, a combining character and an emoji. */
  private static final List<String> NAMES =
      List.of("a b.png", "it's \"it\".png", "two\nlines.png", "e\u0301.png", "\ud83d\ude00.png");

  /**
   * What surrounds a JVM.
   *
   * @param language a language tag
   * @param posix the environment variable LC_ALL
   * @param zone the time zone
   */
  private record Surroundings(String language, String posix, String zone) {
    private static Surroundings of(String language, String posix, String zone) {
      return new Surroundings(language, posix, zone);
    }
  }

  private static final Surroundings USUAL = Surroundings.of("en-US", "C.UTF-8", "UTC");

  private static final List<Surroundings> SHORT =
      List.of(
          Surroundings.of("ar-EG", "C.UTF-8", "Asia/Kathmandu"),
          Surroundings.of("tr-TR", "POSIX", "Pacific/Kiritimati"));

  private static final List<Surroundings> ALL =
      List.of(
          Surroundings.of("ar-EG", "C.UTF-8", "Africa/Cairo"),
          Surroundings.of("ar-EG-u-nu-arab", "C.UTF-8", "Africa/Cairo"),
          Surroundings.of("fa-IR", "C.UTF-8", "Asia/Tehran"),
          Surroundings.of("tr-TR", "C.UTF-8", "Europe/Istanbul"),
          Surroundings.of("de-DE", "C.UTF-8", "Europe/Berlin"),
          Surroundings.of("hi-IN-u-nu-deva", "C.UTF-8", "Asia/Kolkata"),
          Surroundings.of("th-TH-u-ca-buddhist-nu-thai", "C.UTF-8", "Asia/Bangkok"),
          Surroundings.of("ja-JP-u-ca-japanese", "C.UTF-8", "Asia/Tokyo"),
          Surroundings.of("ko-KR", "C.UTF-8", "Asia/Seoul"),
          Surroundings.of("en-US", "C", "America/St_Johns"),
          Surroundings.of("ar-EG-u-nu-arab", "POSIX", "Pacific/Kiritimati"),
          Surroundings.of("en-US", "C.UTF-8", "Pacific/Marquesas"));

  @TempDir private Path folder;

  @Test
  void someChangeNothing() throws Exception {
    draw();
    compare(run(USUAL, SHORT));
  }

  @Test
  @Tag("long")
  void noneChangesAnything() throws Exception {
    draw();
    for (int i = 0; i < ALL.size(); i += SHORT.size()) {
      compare(run(USUAL, ALL.subList(i, Math.min(i + SHORT.size(), ALL.size()))));
    }
  }

  /** Compares what each run printed and wrote with that of the first one. */
  private static void compare(Map<Surroundings, Map<String, String>> runs) {
    Map<String, String> expected = runs.get(USUAL);
    assertTrue(expected.size() > 10, expected.keySet()::toString);
    runs.forEach(
        (other, found) -> {
          assertEquals(expected.keySet(), found.keySet(), other::toString);
          expected.forEach(
              (name, text) -> assertEquals(text, found.get(name), other + ": " + name));
        });
  }

  /** Runs the commands in several JVMs at the same time; returns what each printed and wrote. */
  private Map<Surroundings, Map<String, String>> run(Surroundings first, List<Surroundings> others)
      throws Exception {
    Map<Surroundings, Run> running = new LinkedHashMap<>();
    try {
      running.put(first, start(first));
      for (Surroundings other : others) {
        running.put(other, start(other));
      }
      Map<Surroundings, Map<String, String>> results = new LinkedHashMap<>();
      for (Map.Entry<Surroundings, Run> each : running.entrySet()) {
        results.put(each.getKey(), each.getValue().result(each.getKey()));
      }
      return results;
    } finally {
      running.values().forEach(run -> run.process.destroyForcibly());
    }
  }

  /** Draws pictures in two classes. */
  private void draw() throws IOException {
    Charset names = Charset.forName(System.getProperty("sun.jnu.encoding"));
    for (int label = 0; label < 2; label++) {
      Path of = Files.createDirectories(folder.resolve("data").resolve("class " + label));
      List<String> all = new ArrayList<>(NAMES);
      for (int i = 0; i < 8; i++) {
        all.add(i + ".png");
      }
      int size = 16;
      for (String name : all) {
        if (!names.newEncoder().canEncode(name)) {
          continue;
        }
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(label, name.length() % size, 0, 255);
        ImageIO.write(image, "png", of.resolve(name).toFile());
      }
    }
  }

  /** Starts a JVM that runs the commands. */
  private Run start(Surroundings surroundings) throws IOException {
    Path out = Files.createTempDirectory(folder, "out");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1", // It is over before more would pay off.
            "-Djava.awt.headless=true",
            "-cp",
            System.getProperty("java.class.path"),
            AllCommands.class.getName(),
            surroundings.language(),
            surroundings.zone());
    Path printed = folder.resolve(out.getFileName() + "-printed.txt");
    Path messages = folder.resolve(out.getFileName() + "-messages.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(out.toFile())
            .redirectOutput(printed.toFile())
            .redirectError(messages.toFile());
    builder.environment().put("LC_ALL", surroundings.posix());
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "3");
    return new Run(builder.start(), out, printed, messages);
  }

  /** A JVM that runs the commands in a folder. */
  private record Run(Process process, Path out, Path printed, Path messages) {
    /** Waits for the end, and returns what was printed, and each file. */
    Map<String, String> result(Surroundings surroundings) throws Exception {
      assertTrue(process.waitFor(10, TimeUnit.MINUTES), surroundings::toString);
      assertEquals(0, process.exitValue(), () -> surroundings + text(messages) + text(printed));
      Map<String, String> texts = new TreeMap<>();
      texts.put("printed", plain(text(printed)));
      try (Stream<Path> files = Files.walk(out)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String name = out.relativize(file).toString();
          // An event file has the time in it and in its name.
          if (name.equals(KERAS)) {
            members(file).forEach((member, bytes) -> texts.put(name + "/" + member, bytes));
          } else if (!name.startsWith("curves")) {
            texts.put(name, Files.readString(file, StandardCharsets.ISO_8859_1));
          }
        }
      }
      return texts;
    }
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /**
   * Returns a text with a question mark for characters outside ASCII, and single spaces. Where the
   * character set lacks a character of a file's name, the JDK has a substitute for each of its
   * bytes, so the columns after it are elsewhere.
   */
  private static String plain(String text) {
    return text.replaceAll("[^\\p{ASCII}]+|\\?+", "?").replaceAll(" +", " ");
  }

  /** Returns the members of a Keras file, except for the one that has the time in it. */
  private static Map<String, String> members(Path file) throws IOException {
    Map<String, byte[]> members = new TreeMap<>();
    try (InputStream in = Files.newInputStream(file);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        members.put(entry.getName(), zip.readAllBytes());
      }
    }
    members.remove("metadata.json");
    return members.entrySet().stream()
        .collect(
            toMap(Map.Entry::getKey, e -> new String(e.getValue(), StandardCharsets.ISO_8859_1)));
  }
}
