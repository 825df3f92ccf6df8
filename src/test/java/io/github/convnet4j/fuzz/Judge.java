package io.github.convnet4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.function.Executable;

/**
 * Decides whether the library dealt with an input as it promises: it gives an answer, or throws an
 * exception of its own whose message says what is wrong, and in which file. Everything else is a
 * fault of the library, even if the input is damaged.
 *
 * <p>When inputs are replayed, each has five seconds. When Jazzer makes new ones, libFuzzer limits
 * the time.
 */
public final class Judge {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final String LIBRARY = "io.github.convnet4j.";

  /** Exceptions of these classes, and none of their subclasses, are the library's own. */
  private static final Set<Class<? extends Throwable>> OWN =
      Set.of(DataException.class, StoreException.class, IllegalArgumentException.class);

  private Judge() {}

  /** Judges how the library deals with an input that is not a file. */
  public static void judge(Executable code) {
    judge("", code);
  }

  /** Judges how the library deals with a file. */
  public static void judge(Path file, Executable code) {
    judge(file.getFileName().toString(), code);
  }

  /**
   * Judges how the library deals with an input.
   *
   * @param name what the message must contain
   */
  public static void judge(String name, Executable code) {
    limited(
        () -> {
          try {
            code.execute();
          } catch (Exception e) {
            check(name, e);
          }
        });
  }

  /** Runs code that must neither fail nor take long. */
  public static void limited(Executable code) {
    if (isFuzzing()) {
      try {
        code.execute();
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new AssertionError("a checked exception: " + e, e);
      }
    } else {
      assertTimeoutPreemptively(LIMIT, code);
    }
  }

  private static boolean isFuzzing() {
    return !System.getenv().getOrDefault("JAZZER_FUZZ", "").isEmpty();
  }

  private static void check(String name, Exception e) {
    String message = String.valueOf(e.getMessage());
    if (!OWN.contains(e.getClass()) || !isThrownByTheLibrary(e)) {
      throw new AssertionError("not an exception of the library: " + e, e);
    }
    if (message.isBlank() || message.equals("null") || !message.contains(name)) {
      throw new AssertionError("the message must name %s and the fault: %s".formatted(name, e), e);
    }
  }

  private static boolean isThrownByTheLibrary(Exception e) {
    StackTraceElement[] stack = e.getStackTrace();
    return stack.length > 0 && stack[0].getClassName().startsWith(LIBRARY);
  }
}
