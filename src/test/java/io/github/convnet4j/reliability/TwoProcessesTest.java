package io.github.convnet4j.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second process is told at once which process writes to a place. */
class TwoProcessesTest {
  @TempDir Path folder;

  @Test
  void theSecondTrainingIsToldWhichProcessWritesToEachPlace() throws Exception {
    Files.writeString(folder.resolve("net.json"), Writers.network().toJson());
    Map<String, Path> places = new TreeMap<>();
    places.put("--out", folder.resolve("model"));
    places.put("--checkpoints", folder.resolve("points"));
    places.put("--best", folder.resolve("best"));
    places.put("--history", folder.resolve("history.csv"));
    places.put("--tensorboard", folder.resolve("logs"));
    Process first = train(places);
    try {
      // The file exists from the start, and has a second line when all places have been taken.
      while (first.isAlive() && lines(places.get("--history")) < 2) {
        Thread.sleep(20);
      }
      assertTrue(first.isAlive(), () -> text(folder.resolve("messages.txt")));
      for (Map.Entry<String, Path> place : places.entrySet()) {
        Map<String, Path> second = new TreeMap<>();
        places.forEach((name, path) -> second.put(name, folder.resolve("second" + name)));
        second.put("--history", folder.resolve("second.csv"));
        second.put(place.getKey(), place.getValue());
        Command command = Command.run(args(second));
        assertEquals(2, command.code(), command::toString);
        assertEquals(1, command.messages().size(), command::toString);
        String message = command.messages().get(0);
        assertTrue(
            message.startsWith(
                "%s: %s is in use by process %d on "
                    .formatted(place.getKey(), place.getValue(), first.pid())),
            message);
        assertFalse(Files.exists(folder.resolve("second--out")));
      }
    } finally {
      first.destroyForcibly().waitFor();
    }
  }

  private String[] args(Map<String, Path> places) {
    List<String> args =
        new java.util.ArrayList<>(
            List.of(
                "train",
                "--data=digits",
                "--network=" + folder.resolve("net.json"),
                "--epochs=100000",
                "--progress=none"));
    places.forEach((option, path) -> args.add(option + "=" + path));
    return args.toArray(String[]::new);
  }

  private Process train(Map<String, Path> places) throws IOException {
    Path file = folder.resolve("commands.txt");
    Files.writeString(file, String.join("\t", args(places)));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.awt.headless=true",
            "-cp",
            System.getProperty("java.class.path"),
            Command.class.getName(),
            file.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("messages.txt").toFile())
        .start();
  }

  private static long lines(Path file) {
    return Files.exists(file) ? text(file).lines().count() : 0;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
