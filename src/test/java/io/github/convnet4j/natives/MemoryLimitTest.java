package io.github.convnet4j.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

/** JavaCPP reads its limit once in each virtual machine, so each test starts one of its own. */
class MemoryLimitTest {
  /** Prints the limit after TensorFlow was loaded. */
  static final class PrintLimit {
    public static void main(String[] args) {
      NativeGraph.open().close();
      System.out.println(Pointer.maxPhysicalBytes());
    }
  }

  private static String limit(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(PrintLimit.class.getName());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    return out.strip();
  }

  /** By default it is four times the heap, which a large batch exceeds. */
  @Test
  void liftsJavaCppsLimit() throws Exception {
    assertEquals("0", limit("-Xmx256m"));
  }

  @Test
  void keepsALimitThatTheUserHasSet() throws Exception {
    assertEquals(Long.toString(3L << 30), limit("-Dorg.bytedeco.javacpp.maxPhysicalBytes=3g"));
    assertEquals(Long.toString(3L << 30), limit("-Dorg.bytedeco.javacpp.maxphysicalbytes=3g"));
  }
}
