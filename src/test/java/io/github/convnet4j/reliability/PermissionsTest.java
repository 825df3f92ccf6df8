package io.github.convnet4j.reliability;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.convnet4j.files.NoisyPictures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Folders that may not be written to, and files that may not be read, end each command with one
 * sentence that names them. The superuser may do everything, so the commands run in a process that
 * has given up the superuser's rights, or in one of another user. What it says is in {@code
 * target/permissions.txt} and {@code target/permissions-of-another-user.txt}.
 */
class PermissionsTest {
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

  /** The number of the user {@code nobody}, and of that user's group. */
  private static final int OTHER = 65534;

  @TempDir Path folder;
  private final List<Path> restricted = new ArrayList<>();

  /** Each command, and what its message must contain. */
  private final Map<List<String>, String> commands = new LinkedHashMap<>();

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
    commands.put(List.of(words), named.toString());
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

    List<String> program = new ArrayList<>();
    if (Files.isWritable(locked)) {
      assumeTrue(Files.exists(SETPRIV), "there is no " + SETPRIV);
      program.addAll(List.of(SETPRIV.toString(), "--bounding-set=-all", "--inh-caps=-all"));
    }
    program.addAll(java(System.getProperty("java.class.path")));
    check(program, "permissions.txt");
  }

  /** Runs the commands, and checks what they say. */
  private void check(List<String> program, String name) throws Exception {
    List<Executable> checks = new ArrayList<>();
    List<String> lines = run(program);
    Files.createDirectories(Path.of("target"));
    Files.write(Path.of("target", name), lines);
    assertEquals(commands.size(), lines.size(), lines::toString);
    int number = 0;
    for (Map.Entry<List<String>, String> command : commands.entrySet()) {
      String[] words = lines.get(number++).split("\t", -1);
      checks.add(() -> check(command.getKey(), command.getValue(), words));
    }
    assertAll(checks);
  }

  private static List<String> java(String classPath, String... options) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true"));
    words.addAll(List.of(options));
    words.addAll(List.of("-cp", classPath, Command.class.getName()));
    return words;
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

  private void check(List<String> command, String part, String... words) {
    String what = String.join(" ", command) + " → " + String.join(" | ", words);
    assertEquals("2", words[1], what);
    assertEquals(3, words.length, what);
    assertTrue(words[2].contains(part), what);
    assertFalse(words[2].contains("Exception"), what);
    // Whether it does, cannot be known.
    assertFalse(words[2].contains("does not exist"), what);
    assertFalse(Files.exists(folder.resolve("m1")), what);
  }

  /** Runs the commands, and returns what the program printed. */
  private List<String> run(List<String> program) throws Exception {
    Path file = folder.resolve("commands.txt");
    Files.write(file, commands.keySet().stream().map(words -> String.join("\t", words)).toList());
    List<String> words = new ArrayList<>(program);
    words.add(file.toString());
    Process process =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<String> lines;
    try (var out = process.inputReader(StandardCharsets.UTF_8)) {
      lines = out.lines().filter(line -> line.matches("\\d+\t.*")).toList();
    }
    process.waitFor();
    return lines;
  }

  /**
   * The same as a second user, to whom nothing belongs but the folder {@code mine}. What belongs to
   * the first one is open to all, unless it is restricted here.
   */
  @Test
  void ofAnotherUserAreRespected() throws Exception {
    assumeTrue(
        "root".equals(System.getProperty("user.name")) && Files.exists(SETPRIV),
        "only the superuser can become another user, with " + SETPRIV);
    NoisyPictures.write(folder.resolve("pictures/a"), 10, 28, 28, false);
    NoisyPictures.write(folder.resolve("pictures/b"), 10, 28, 28, false);
    String data = "--data=" + folder.resolve("pictures");
    Path run = folder.resolve("run");
    Command train =
        Command.run(
            "train",
            data,
            "--epochs=1",
            "--progress=none",
            "--out=" + run.resolve("model"),
            "--checkpoints=" + run.resolve("points"),
            "--history=" + run.resolve("history.csv"),
            "--tensorboard=" + run.resolve("curves"),
            "--cache=" + run.resolve("cache"));
    assertEquals(0, train.code(), train::toString);
    Path mine = Files.createDirectory(folder.resolve("mine"));
    Files.setAttribute(mine, "unix:uid", OTHER);
    restrict(folder, "rwxr-xr-x");

    readsOfAnother(data, run.resolve("model"), mine);
    writesOfAnother(data, run, mine);

    Path classes = Files.createDirectory(folder.resolve("class-path"));
    List<String> paths = new ArrayList<>();
    for (String path :
        System.getProperty("java.class.path").split(java.io.File.pathSeparator, -1)) {
      Path copy = classes.resolve(paths.size() + "-" + Path.of(path).getFileName());
      copyTree(Path.of(path), copy);
      paths.add(copy.toString());
    }
    Path natives = mine.resolve("natives");
    Files.createDirectory(natives);
    try (Stream<Path> unpacked = Files.list(Loader.getCacheDir().toPath())) {
      for (Path each : unpacked.filter(path -> path.toString().contains("tensorflow")).toList()) {
        copyTree(each, natives.resolve(each.getFileName()));
      }
    }
    try (Stream<Path> all = Files.walk(natives)) {
      for (Path each : all.filter(Files::isDirectory).toList()) {
        Files.setAttribute(each, "unix:uid", OTHER);
      }
    }
    List<String> program =
        new ArrayList<>(
            List.of(
                SETPRIV.toString(),
                "--reuid=" + OTHER,
                "--regid=" + OTHER,
                "--clear-groups",
                "--bounding-set=-all"));
    program.addAll(
        java(
            String.join(java.io.File.pathSeparator, paths),
            "-Duser.home=" + mine,
            "-Dorg.bytedeco.javacpp.cachedir=" + natives));
    check(program, "permissions-of-another-user.txt");
  }

  /** Links files if possible, which is faster than to copy them, and copies them otherwise. */
  private static void copyTree(Path from, Path to) throws IOException {
    if (!Files.exists(from)) {
      return;
    }
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Path target = from.equals(each) ? to : to.resolve(from.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectories(target);
        } else if (!Files.isSymbolicLink(each)) {
          try {
            Files.createLink(target, each);
          } catch (IOException | UnsupportedOperationException e) {
            Files.copy(each, target, StandardCopyOption.COPY_ATTRIBUTES);
          }
        }
      }
    }
  }

  /** Copies a model or another folder, and restricts the copy, or the files in it. */
  private Path copy(Path from, String name, String ofFolder, String ofFiles) throws IOException {
    Path copy = folder.resolve(name);
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Path target = from.equals(each) ? copy : copy.resolve(from.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectories(target);
        } else {
          Files.copy(each, target);
          restrict(target, ofFiles);
        }
      }
    }
    return restrict(copy, ofFolder);
  }

  private void readsOfAnother(String data, Path model, Path mine) throws IOException {
    String out = "--out=" + mine.resolve("m");
    Path picture = folder.resolve("pictures/a/0.png");
    Map<Path, Path> models = new LinkedHashMap<>();
    for (String rights : List.of("rwx------", "rwxr--r--", "rwx--x--x")) {
      Path closed = copy(model, "model-" + rights, rights, "rw-r--r--");
      models.put(closed, closed);
    }
    Path parent = Files.createDirectory(folder.resolve("parent"));
    models.put(copy(model, "parent/model", "rwxr-xr-x", "rw-r--r--"), parent);
    restrict(parent, "rwx------");
    Path unreadable = copy(model, "model-unreadable", "rwxr-xr-x", "rw-------");
    models.put(unreadable, unreadable.resolve("SHA256SUMS"));
    models.forEach(
        (closed, named) -> {
          command(named, "evaluate", closed.toString(), data);
          command(named, "predict", closed.toString(), picture.toString());
          command(named, "summary", closed.toString());
          command(named, "report", closed.toString(), data, "--out=" + mine.resolve("r.html"));
          command(named, "export", closed.toString(), mine.resolve("e").toString());
          command(named, "export", closed.toString(), "--keras=" + mine.resolve("e.keras"));
          command(named, "serve", closed.toString(), "--port=0");
          command(named, "train", data, out, "--start-from=" + closed);
        });
    command(parent, "train", data, out, "--network=" + parent.resolve("net.json"));
    for (String name : List.of("x.png", "x.csv", "x.npz", "x.npy", "x")) {
      command(parent, "train", "--data=" + parent.resolve(name), out);
    }
    command(parent, "train", "--data=" + parent.resolve("x"), "--task=segmentation", out);
    command(parent, "train", "--data=" + parent.resolve("x"), "--task=regression", out);
    command(parent, "predict", model.toString(), parent.resolve("x.png").toString());
    command(parent, "summary", parent.resolve("x.keras").toString());
    for (String rights : List.of("rwx------", "rwxr--r--", "rwx--x--x")) {
      Path pictures = copy(folder.resolve("pictures"), "data-" + rights, "rwxr-xr-x", "rw-r--r--");
      Path closed = restrict(pictures.resolve("b"), rights);
      command(closed, "train", "--data=" + pictures, out);
      command(closed, "train", "--data=" + pictures, out, "--skip-unreadable");
      command(closed, "evaluate", model.toString(), "--data=" + pictures);
      command(closed, "data", "--data=" + pictures);
      command(closed, "predict", model.toString(), closed.toString());
    }
  }

  private void writesOfAnother(String data, Path run, Path mine) throws IOException {
    String out = "--out=" + mine.resolve("m");
    Path model = run.resolve("model");
    Path locked = Files.createDirectory(folder.resolve("locked"));
    Path lock = restrict(Files.createFile(locked.resolve(".lock")), "rw-r--r--");
    restrict(locked, "rwxrwxrwx");
    command(lock, "train", data, "--out=" + locked);
    command(lock, "train", data, out, "--checkpoints=" + locked);
    command(lock, "train", data, out, "--best=" + locked);
    command(lock, "train", data, out, "--tensorboard=" + locked);
    command(model, "train", data, "--out=" + model);
    command(run, "train", data, out, "--history=" + run.resolve("history.csv"));

    // Folders to which everybody may write, with files and folders to which only the owner may.
    Path shared = copy(run, "shared", "rwxrwxrwx", "rw-r--r--");
    restrict(shared.resolve("points"), "rwxrwxrwx");
    restrict(shared.resolve("curves"), "rwxrwxrwx");
    command(
        shared.resolve("points/epoch-0001"),
        "train",
        data,
        out,
        "--epochs=2",
        "--checkpoints=" + shared.resolve("points"));
    Path curves = shared.resolve("curves");
    commands.put(
        List.of("train", data, out, "--tensorboard=" + curves),
        "--tensorboard: cannot write " + curves.resolve("train"));
    Path cache = copy(run.resolve("cache"), "cache-unreadable", "rwxrwxrwx", "rw-------");
    command(cache, "train", data, out, "--cache=" + cache);
    command(cache, "evaluate", model.toString(), data, "--cache=" + cache);

    // The same in folders in which only owners may replace files.
    Path sticky = copy(run, "sticky", "rwxrwxrwx", "rw-r--r--");
    for (Path each : List.of(sticky, sticky.resolve("model"))) {
      Files.setAttribute(each, "unix:mode", 01777);
    }
    Path history = sticky.resolve("history.csv");
    String belongs = "cannot write %s: it belongs to the user root";
    commands.put(
        List.of("train", data, out, "--history=" + history),
        "--history: " + belongs.formatted(history));
    commands.put(
        List.of("train", data, "--out=" + sticky.resolve("model")),
        "--out: " + belongs.formatted(sticky.resolve("model/SHA256SUMS")));
    for (String name : List.of("e.keras", "r.html")) {
      Path file = Files.createFile(sticky.resolve(name));
      List<String> words =
          name.endsWith("keras")
              ? List.of("export", model.toString(), "--keras=" + file)
              : List.of("report", model.toString(), data, "--out=" + file);
      commands.put(words, belongs.formatted(file));
    }
    Path empty = Files.createDirectory(sticky.resolve("empty"));
    commands.put(List.of("export", model.toString(), empty.toString()), belongs.formatted(empty));
  }
}
