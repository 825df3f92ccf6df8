package io.github.convnet4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Cases in which a mistake would end the process, so that they run in another one. It prints each
 * case before it starts: the last one printed is the one that ended it.
 */
public final class RiskyCases {
  private static final String CASE = "case ";
  private static final String OUTCOME = "  ";
  private static final String REFUSED = "refused: ";
  private static final int FAULT = 3;

  /** The longest time for a case, in seconds. */
  private static final int LIMIT = 30;

  private RiskyCases() {}

  /**
   * A case.
   *
   * @param name what is tried
   * @param run returns what came of it in a word, or throws an {@link IllegalArgumentException}
   */
  public record Case(String name, Supplier<String> run) {}

  /**
   * Runs some of the cases in this process, which ends with an exit code that is not 0 if one of
   * them throws another exception or takes too long.
   *
   * @param args the number of the first case, and how far it is from each to the next
   */
  public static void run(List<Case> cases, String... args) {
    int faults = 0;
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task);
              thread.setDaemon(true);
              return thread;
            });
    for (int i = Integer.parseInt(args[0]); i < cases.size(); i += Integer.parseInt(args[1])) {
      System.out.println(CASE + cases.get(i).name());
      ScheduledFuture<?> end = timer.schedule(RiskyCases::end, LIMIT, TimeUnit.SECONDS);
      try {
        System.out.println(OUTCOME + cases.get(i).run().get());
      } catch (IllegalArgumentException e) {
        System.out.println(OUTCOME + REFUSED + e.getMessage().lines().findFirst().orElseThrow());
      } catch (RuntimeException | Error e) {
        faults++;
        e.printStackTrace(System.out);
      } finally {
        end.cancel(false);
      }
    }
    if (faults > 0) {
      System.exit(FAULT);
    }
  }

  private static void end() {
    System.out.println("more than " + LIMIT + " seconds");
    Runtime.getRuntime().halt(FAULT);
  }

  /**
   * Runs a program that calls {@link #run}, and fails unless each case has an outcome. Writes what
   * was printed to {@code target}.
   *
   * @param folder for what a JVM writes when it crashes
   * @param word an outcome that must occur, as must refusals
   */
  public static void check(Class<?> program, Path folder, int first, int every, String word)
      throws IOException, InterruptedException {
    Path printed = folder.resolve("printed.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                String.valueOf(first),
                String.valueOf(every))
            .directory(folder.toFile())
            .redirectError(folder.resolve("messages.txt").toFile())
            .redirectOutput(printed.toFile())
            .start();
    try {
      assertTrue(process.waitFor(30, TimeUnit.MINUTES), () -> last(printed));
    } finally {
      process.destroyForcibly();
    }
    List<String> lines = lines(printed);
    Files.createDirectories(Path.of("target"));
    Files.write(
        Path.of("target", "%s-%d-%d.txt".formatted(program.getSimpleName(), first, every)), lines);
    assertEquals(
        0, process.exitValue(), () -> "the last is %s%n%s".formatted(last(printed), faults(lines)));
    assertTrue(lines.contains(OUTCOME + word), () -> "none is " + word);
    assertTrue(
        lines.stream().anyMatch(line -> line.startsWith(OUTCOME + REFUSED)), "none is refused");
  }

  private static String last(Path printed) {
    return lines(printed).stream()
        .filter(line -> line.startsWith(CASE))
        .reduce("no case", (before, line) -> line);
  }

  /** Returns what was printed about cases without an outcome. */
  private static String faults(List<String> lines) {
    StringBuilder faults = new StringBuilder();
    String name = "";
    for (String line : lines) {
      if (line.startsWith(CASE)) {
        name = line;
      } else if (!line.startsWith(OUTCOME)) {
        faults.append(name).append(": ").append(line).append('\n');
      }
    }
    return faults.toString();
  }

  private static List<String> lines(Path printed) {
    try {
      return Files.readAllLines(printed);
    } catch (IOException e) {
      return List.of(e.toString());
    }
  }
}
