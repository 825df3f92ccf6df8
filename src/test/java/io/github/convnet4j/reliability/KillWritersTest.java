package io.github.convnet4j.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.convnet4j.files.LoopbackDownload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process that writes is killed at random moments, like with {@code kill -9}. What it wrote last,
 * or before that, is there and whole; writing again succeeds, and leaves nothing else. The long
 * form writes a line for each way of writing to {@code target/kills-of-writers.txt}. Its system
 * properties are {@code kills}, a part of the names of the ways to test, {@code kills.rounds} and
 * {@code kills.seed}.
 */
class KillWritersTest {
  /** Files and folders that a write renames when they are complete. */
  private static final Pattern UNFINISHED = Pattern.compile(".*(?:unfinished|\\.part).*");

  /** Writes before the one that is killed, since the first one is slow. */
  private static final int MOST_BEFORE = 3;

  @TempDir Path parent;
  private Path folder;

  @BeforeEach
  void choose() {
    folder = parent.resolve("work");
  }

  @ParameterizedTest
  @EnumSource(Writers.class)
  void survivesAKill(Writers writer) throws Exception {
    kill(writer, 1, System.nanoTime());
  }

  @ParameterizedTest
  @EnumSource(Writers.class)
  @Tag("long")
  void survivesAHundredKills(Writers writer) throws Exception {
    kill(writer, Integer.getInteger("kills.rounds", 100), Long.getLong("kills.seed", 1));
  }

  private void kill(Writers writer, int rounds, long seed) throws Exception {
    assumeTrue(writer.name().contains(System.getProperty("kills", "")));
    Files.createDirectories(folder.resolve("tmp"));
    Random random = new Random(seed);
    int newer = 0;
    int left = 0;
    try (LoopbackDownload server = LoopbackDownload.start()) {
      System.setProperty(LoopbackDownload.URL, server.url());
      int next = 1;
      writer.write(folder, next, Writers.Progress.ignored());
      for (int round = 1; round <= rounds; round++) {
        int first = writer.writesAtOnce() == 1 ? next + 1 : 1;
        Killed killed = killOnce(writer, first, random);
        String what = "%s, seed %d, round %d: %s".formatted(writer, seed, round, killed);
        left += Writers.leftovers(folder).isEmpty() ? 0 : 1;
        int last = checked(writer, what);
        if (last != Writers.UNKNOWN) {
          assertTrue(last >= killed.ended() && last <= killed.begun(), what + "; last " + last);
          newer += last == killed.begun() ? 1 : 0;
        }
        next =
            !writer.replaces()
                ? killed.begun() // The same place again.
                : writer.writesAtOnce() == 1 ? killed.begun() + 1 : Math.max(last, 0) + 1;
        try {
          writer.write(folder, next, Writers.Progress.ignored());
        } catch (RuntimeException | AssertionError e) {
          throw new AssertionError(what + "; writing again: " + e.getMessage(), e);
        }
        assertEquals(next, checked(writer, what) == Writers.UNKNOWN ? next : checked(writer, what));
        assertEquals(List.of(), Writers.leftovers(folder), what);
      }
    }
    Files.createDirectories(Path.of("target"));
    Files.writeString(
        Path.of("target", "kills-of-writers.txt"),
        "%s: %d kills, seed %d: %d times the last write was complete, %d times files were left, which writing again removed%n"
            .formatted(writer, rounds, seed, newer, left),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private int checked(Writers writer, String what) {
    try {
      return writer.last(folder);
    } catch (IOException | RuntimeException | AssertionError e) {
      throw new AssertionError("%s; what is there: %s".formatted(what, e.getMessage()), e);
    }
  }

  /**
   * What a process has done until it was killed.
   *
   * @param begun the number of the last write that had begun
   * @param ended the number of the last write that had ended, or of the one before the first
   * @param how when it was killed
   */
  private record Killed(int begun, int ended, String how) {}

  /** Follows what a process prints. */
  private static final class Follower extends Thread {
    private final BufferedReader out;
    private final List<String> others = new ArrayList<>();
    private int begun;
    private int ended;
    private long beginNanos;
    private long duration;
    private boolean over;

    Follower(BufferedReader out, int before) {
      this.out = out;
      this.begun = before;
      this.ended = before;
      setDaemon(true);
    }

    @Override
    public void run() {
      try (out) {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
          follow(line);
        }
      } catch (IOException e) {
        // The process has ended.
      }
      synchronized (this) {
        over = true;
        notifyAll();
      }
    }

    private synchronized void follow(String line) {
      // The last line may be cut off.
      if (line.matches(WriterToKill.BEGIN + "\\d+")) {
        begun = Integer.parseInt(line.substring(WriterToKill.BEGIN.length()));
        beginNanos = System.nanoTime();
      } else if (line.matches(WriterToKill.END + "\\d+")) {
        ended = Integer.parseInt(line.substring(WriterToKill.END.length()));
        duration = System.nanoTime() - beginNanos;
      } else {
        others.add(line);
      }
      notifyAll();
    }

    /** Waits until a write has begun; returns how long the one before took, in nanoseconds. */
    synchronized long awaitBegin(int number) throws InterruptedException {
      while (begun < number && !over) {
        wait();
      }
      assertTrue(!over, others::toString);
      return duration;
    }

    synchronized boolean isWriting(int number) {
      return begun == number && ended < number && !over;
    }
  }

  private Killed killOnce(Writers writer, int first, Random random) throws Exception {
    Process process = start(writer, first);
    Follower follower = new Follower(process.inputReader(StandardCharsets.UTF_8), first - 1);
    follower.start();
    int before = 1 + random.nextInt(MOST_BEFORE);
    boolean whileUnfinished = random.nextBoolean();
    double part = random.nextDouble();
    int number = first + before;
    long duration = follower.awaitBegin(number);
    if (whileUnfinished) {
      while (follower.isWriting(number) && !isUnfinished()) {
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(50));
      }
      // What is left to write takes a small part of the time.
      duration = Math.min(duration / 4, TimeUnit.MILLISECONDS.toNanos(20));
    }
    long delay = (long) (part * duration);
    sleep(delay);
    process.destroyForcibly().waitFor();
    follower.join();
    return new Killed(
        follower.begun,
        follower.ended,
        "%d us after %s".formatted(delay / 1000, whileUnfinished ? "an unfinished file" : "begin"));
  }

  private static void sleep(long nanos) {
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private boolean isUnfinished() {
    try (Stream<Path> files = Files.walk(folder, 3)) {
      return files.anyMatch(file -> UNFINISHED.matcher(file.getFileName().toString()).matches());
    } catch (IOException | UncheckedIOException e) {
      return false; // A file is being renamed.
    }
  }

  private Process start(Writers writer, int first) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Djava.awt.headless=true",
            "-Djava.io.tmpdir=" + folder.resolve("tmp"),
            "-D" + LoopbackDownload.URL + "=" + System.getProperty(LoopbackDownload.URL),
            "-cp",
            System.getProperty("java.class.path"),
            WriterToKill.class.getName(),
            writer.name(),
            folder.toString(),
            String.valueOf(first));
    builder.redirectErrorStream(true).environment().put("TF_CPP_MIN_LOG_LEVEL", "3");
    return builder.start();
  }
}
