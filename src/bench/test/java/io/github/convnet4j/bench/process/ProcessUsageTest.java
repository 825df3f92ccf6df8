package io.github.convnet4j.bench.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessUsageTest {
  @Test
  void readsLinesOfProcStatus() {
    List<String> status =
        List.of("Name:\tjava", "VmRSS:\t    2048 kB", "RssAnon:\t    1024 kB", "Threads:\t17");
    assertEquals(new ProcessUsage(2 << 20, 1 << 20, 17, 5), ProcessUsage.parse(status, 5));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void thisProcessHasMemoryThreadsAndOpenFiles() {
    ProcessUsage usage = ProcessUsage.now().orElseThrow();
    assertTrue(usage.residentBytes() >= usage.anonymousBytes(), usage.toString());
    assertTrue(usage.anonymousBytes() > 0 && usage.threads() > 1 && usage.openFiles() > 2);
  }
}
