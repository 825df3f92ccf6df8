package io.github.convnet4j.bench.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ResidentMemoryTest {
  private static final List<String> STATUS =
      List.of("Name:\tjava", "VmHWM:\t    2048 kB", "VmRSS:\t      12 kB");

  @Test
  void readsALineInBytes() {
    assertEquals(OptionalLong.of(12 * 1024), ResidentMemory.parse(STATUS, "VmRSS:"));
    assertEquals(OptionalLong.of(2 * 1024 * 1024), ResidentMemory.parse(STATUS, "VmHWM:"));
    assertEquals(OptionalLong.empty(), ResidentMemory.parse(STATUS, "VmSwap:"));
  }

  @Test
  void isEmptyForAProcessThatDoesNotExist() {
    // Process IDs are positive.
    assertEquals(OptionalLong.empty(), ResidentMemory.of(-1).now());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void seesMemoryThatIsUsed() {
    ResidentMemory memory = ResidentMemory.ofThisProcess();
    assertTrue(memory.now().orElseThrow() > 1 << 20);
    assertTrue(memory.peak().orElseThrow() >= memory.now().orElseThrow() / 2);
  }
}
