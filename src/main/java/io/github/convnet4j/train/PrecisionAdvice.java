package io.github.convnet4j.train;

import io.github.convnet4j.layer.Mode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.tensorflow.DeviceSpec.DeviceType;

/** Advice to those who choose mixed precision where it may gain nothing. */
final class PrecisionAdvice {
  private static final System.Logger LOGGER = System.getLogger("io.github.convnet4j");

  /** The processor's features, one processor after another; only Linux has this file. */
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  /** AMX multiplies matrices of bfloat16. Without it, bfloat16 was slower than float32. */
  private static final String AMX = "amx_bf16";

  private static final AtomicBoolean GIVEN = new AtomicBoolean();

  private PrecisionAdvice() {}

  /** Logs a warning, once in this process, unless mixed precision is off or known to gain. */
  static void give(Set<Mode> mixedPrecision, SessionOptions session) {
    if (mixedPrecision.isEmpty() || GIVEN.get()) {
      return;
    }
    text(flags(PROCESSORS), onGpu(session))
        .filter(text -> !GIVEN.getAndSet(true))
        .ifPresent(text -> LOGGER.log(System.Logger.Level.WARNING, text));
  }

  private static boolean onGpu(SessionOptions session) {
    return SessionSettings.config(session)
        .device()
        .filter(device -> device.type() == DeviceType.GPU)
        .isPresent();
  }

  /**
   * Returns what to say.
   *
   * @param flags the processor's features; empty if they are not known
   * @param onGpu whether the session was asked to compute on a GPU
   * @return empty if mixed precision is known to gain
   */
  static Optional<String> text(Optional<List<String>> flags, boolean onGpu) {
    if (onGpu) {
      return Optional.of(advice("has not been tried on a GPU"));
    }
    if (flags.isEmpty()) {
      return Optional.of(
          advice(
              "is faster only on processors with AMX, such as Intel Xeon since 2023, and whether"
                  + " this is one is not known"));
    }
    return flags.get().contains(AMX)
        ? Optional.empty()
        : Optional.of(
            advice(
                "is probably slower than full precision here: the processor has no AMX (%s is missing in %s)"
                    .formatted(AMX, PROCESSORS)));
  }

  private static String advice(String finding) {
    return "Mixed precision "
        + finding
        + ". Compare the time of an epoch with and without it. To use a saved model without it,"
        + " give --full-precision on the command line, or SessionOptions.standard().fullPrecision()"
        + " in Java.";
  }

  /** Returns the features of the first processor; empty if the file does not have them. */
  static Optional<List<String>> flags(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
          .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
          .findFirst()
          .map(line -> List.of(line.substring(line.indexOf(':') + 1).strip().split("\\s+")));
    } catch (IOException e) {
      return Optional.empty(); // Other systems have no such file.
    }
  }
}
