package io.github.convnet4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.layer.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said to those who choose mixed precision where it may not be faster. */
class PrecisionAdviceTest {
  @TempDir private Path folder;

  private static String text(Optional<List<String>> flags, boolean onGpu) {
    return PrecisionAdvice.text(flags, onGpu).orElse("");
  }

  @Test
  void saysNothingOnAProcessorWithAmx() {
    assertEquals("", text(Optional.of(List.of("fpu", "avx512_bf16", "amx_bf16")), false));
  }

  @Test
  void saysWhatIsMissingOrNotKnown() {
    String slower = text(Optional.of(List.of("fpu", "avx512_bf16")), false);
    assertTrue(slower.contains("amx_bf16"), slower);
    assertTrue(slower.contains("fullPrecision()"), slower);
    String unknown = text(Optional.empty(), false);
    assertTrue(unknown.contains("not known"), unknown);
    String gpu = text(Optional.of(List.of("amx_bf16")), true);
    assertTrue(gpu.contains("GPU"), gpu);
  }

  @Test
  void readsTheFeaturesOfTheFirstProcessor() throws IOException {
    Path file = folder.resolve("cpuinfo");
    Files.writeString(
        file, "processor\t: 0\nflags\t\t: fpu vme  amx_bf16\nvmx flags\t: vnmi\n\nflags\t: sse\n");
    assertEquals(Optional.of(List.of("fpu", "vme", "amx_bf16")), PrecisionAdvice.flags(file));
    Files.writeString(file, "processor\t: 0\nFeatures\t: fp asimd bf16\n");
    assertEquals(Optional.of(List.of("fp", "asimd", "bf16")), PrecisionAdvice.flags(file));
    Files.writeString(file, "");
    assertEquals(Optional.empty(), PrecisionAdvice.flags(file));
    assertEquals(Optional.empty(), PrecisionAdvice.flags(folder.resolve("none")));
  }

  @Test
  void logsAtMostOnceAndNothingInFullPrecision() {
    List<LogRecord> records = new ArrayList<>();
    Logger logger = Logger.getLogger("io.github.convnet4j");
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord logged) {
            records.add(logged);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(handler);
    try {
      PrecisionAdvice.give(Set.of(), SessionOptions.standard());
      assertEquals(List.of(), records);
      // On any processor: an earlier test of this process may have had the message already.
      PrecisionAdvice.give(Set.of(Mode.TRAINING), SessionOptions.standard().device("/gpu:0"));
      PrecisionAdvice.give(Set.of(Mode.TRAINING), SessionOptions.standard().device("/gpu:0"));
      assertTrue(records.size() <= 1, () -> records.size() + " messages");
    } finally {
      logger.removeHandler(handler);
    }
  }
}
