package io.github.convnet4j.reliability;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.convnet4j.files.NoisyPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Folders that may not be written to, and files that may not be read, end each command with one
 * sentence that names them. The superuser may do everything, so the commands run in a process that
 * has given up the superuser's rights. What it says is in {@code target/permissions.txt}.
 */
class PermissionsTest {
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

  @TempDir Path folder;
  private final List<Path> restricted = new ArrayList<>();

  /** Each command, and the path that its message must contain. */
  private final Map<List<String>, Path> commands = new LinkedHashMap<>();

  private Path restrict(Path path, String permissions) throws IOException {
    restricted.add(path);
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  @AfterEach
  void allow() throws IOException {
    for (Path path : restricted) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
  }

  private void command(Path named, String... words) {
    commands.put(List.of(words), named);
  }

  @Test
  void areRespected() throws Exception {
    assumeTrue(
        folder.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "the file system has no permissions");
    NoisyPictures.write(folder.resolve("pictures/a"), 10, 28, 28, false);
    NoisyPictures.write(folder.resolve("pictures/b"), 10, 28, 28, false);
    String data = "--data=" + folder.resolve("pictures");
    Path model = folder.resolve("model");
    Command train =
        Command.run("train", data, "--max-steps=1", "--progress=none", "--out=" + model);
    assertEquals(0, train.code(), train::toString);
    Path other = folder.resolve("other-model");
    train = Command.run("train", data, "--max-steps=1", "--progress=none", "--out=" + other);
    assertEquals(0, train.code(), train::toString);

    Path locked = Files.createDirectory(folder.resolve("locked"));
    Files.writeString(locked.resolve("h.csv"), "epoch\r\n");
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.createDirectory(closed.resolve("inside"));
    writes(data, model, locked.resolve("new"), locked);
    writes(data, model, closed.resolve("inside/new"), closed);
    reads(data, model, closed);
    Path values;
    try (Stream<Path> files = Files.list(other)) {
      values = files.filter(file -> file.toString().endsWith(".bin")).findFirst().orElseThrow();
    }
    command(values, "evaluate", other.toString(), data);
    restrict(values, "---------");
    Path history = Files.writeString(folder.resolve("secret.csv"), "epoch\r\n");
    command(history, "train", data, "--out=" + folder.resolve("m5"), "--history=" + history);
    restrict(history, "---------");
    restrict(locked, "r-xr-xr-x");
    restrict(closed, "---------");

    List<Executable> checks = new ArrayList<>();
    List<String> lines = run();
    assertEquals(commands.size(), lines.size(), lines::toString);
    int number = 0;
    for (Map.Entry<List<String>, Path> command : commands.entrySet()) {
      String[] words = lines.get(number++).split("\t", -1);
      checks.add(() -> check(command.getKey(), command.getValue(), words));
    }
    assertAll(checks);
  }

  private void writes(String data, Path model, Path to, Path named) {
    Path out = folder.resolve("m1");
    command(named, "train", data, "--out=" + to);
    command(named, "train", data, "--out=" + out, "--checkpoints=" + to);
    command(named, "train", data, "--out=" + out, "--best=" + to, "--validation=0.2");
    command(named, "train", data, "--out=" + out, "--history=" + to + ".csv");
    command(named, "train", data, "--out=" + out, "--tensorboard=" + to);
    command(named, "train", data, "--out=" + out, "--cache=" + to);
    command(named, "export", model.toString(), to.toString());
    command(named, "export", model.toString(), "--keras=" + to + ".keras");
    command(named, "report", model.toString(), data, "--out=" + to + ".html");
    command(named, "summary", model.toString(), "--write=" + to + ".json");
  }

  private void reads(String data, Path model, Path closed) throws IOException {
    String out = "--out=" + folder.resolve("m1");
    command(closed, "train", "--data=" + closed, out);
    command(closed, "train", "--data=" + closed.resolve("inside"), out);
    command(closed, "train", "--data=" + closed.resolve("data.csv"), out);
    command(closed, "train", data, out, "--network=" + closed.resolve("net.json"));
    command(closed, "train", data, out, "--start-from=" + closed.resolve("inside"));
    command(closed, "evaluate", closed.toString(), data);
    command(closed, "evaluate", closed.resolve("inside").toString(), data);
    command(closed, "evaluate", model.toString(), "--data=" + closed);
    command(closed, "predict", model.toString(), closed.resolve("a.png").toString());
    command(closed, "summary", closed.resolve("m.keras").toString());
    for (String name :
        List.of("secret.png", "secret.csv", "secret.npz", "secret.npy", "secret.json", "m.keras")) {
      Path secret = folder.resolve("files").resolve(name);
      Files.createDirectories(secret.getParent());
      restrict(Files.writeString(secret, "PK"), "---------");
      if (name.endsWith("png")) {
        command(secret, "predict", model.toString(), secret.toString());
      } else if (name.endsWith("json")) {
        command(secret, "train", data, out, "--network=" + secret);
      } else if (name.endsWith("keras")) {
        command(secret, "summary", secret.toString());
        command(secret, "train", data, out, "--start-from=" + secret);
      } else if (name.endsWith("npy")) {
        command(secret, "train", "--data=" + secret, "--labels=" + secret, out);
      } else {
        command(secret, "train", "--data=" + secret, out);
      }
    }
    NoisyPictures.write(folder.resolve("mixed/a"), 3, 28, 28, false);
    NoisyPictures.write(folder.resolve("mixed/b"), 3, 28, 28, false);
    try (Stream<Path> files = Files.list(folder.resolve("mixed/a"))) {
      Path picture = files.findFirst().orElseThrow();
      command(restrict(picture, "---------"), "train", "--data=" + folder.resolve("mixed"), out);
    }
    Path idx = Files.createDirectories(folder.resolve("idx"));
    for (String name :
        List.of(
            "train-images-idx3-ubyte",
            "train-labels-idx1-ubyte",
            "t10k-images-idx3-ubyte",
            "t10k-labels-idx1-ubyte")) {
      restrict(Files.createFile(idx.resolve(name)), "---------");
    }
    command(idx, "train", "--data=" + idx, out);
  }

  private void check(List<String> command, Path named, String... words) {
    String what = String.join(" ", command) + " → " + String.join(" | ", words);
    assertEquals("2", words[1], what);
    assertEquals(3, words.length, what);
    assertTrue(words[2].contains(named.toString()), what);
    assertFalse(words[2].contains("Exception"), what);
    assertFalse(Files.exists(folder.resolve("m1")), what);
  }

  /** Runs the commands, and returns what the program printed. */
  private List<String> run() throws Exception {
    Path file = folder.resolve("commands.txt");
    Files.write(file, commands.keySet().stream().map(words -> String.join("\t", words)).toList());
    List<String> program = new ArrayList<>();
    if (Files.isWritable(folder.resolve("locked"))) {
      assumeTrue(Files.exists(SETPRIV), "there is no " + SETPRIV);
      program.addAll(List.of(SETPRIV.toString(), "--bounding-set=-all", "--inh-caps=-all"));
    }
    program.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Djava.awt.headless=true",
            "-cp",
            System.getProperty("java.class.path"),
            Command.class.getName(),
            file.toString()));
    Process process =
        new ProcessBuilder(program).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<String> lines;
    try (var out = process.inputReader(java.nio.charset.StandardCharsets.UTF_8)) {
      lines = out.lines().filter(line -> line.matches("\\d+\t.*")).toList();
    }
    process.waitFor();
    Files.createDirectories(Path.of("target"));
    Files.write(Path.of("target", "permissions.txt"), lines);
    return lines;
  }
}
