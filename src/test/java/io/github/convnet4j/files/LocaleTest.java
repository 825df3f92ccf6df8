package io.github.convnet4j.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Names with characters that the locale's character set lacks can be read, and give the same split.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the locale affects file names only on Linux")
class LocaleTest {
  @TempDir private Path folder;

  @Test
  void theLocaleChangesNeitherTheClassesNorTheSplit() throws Exception {
    for (int i = 0; i < 20; i++) {
      TinyPictures.grey(folder.resolve("größe/größe %02d.png".formatted(i)), 1, 1, i);
      TinyPictures.grey(folder.resolve("b/ä%02d.png".formatted(i)), 1, 1, 100 + i);
    }
    String expected = run("C.UTF-8");
    assertEquals(expected, run("C"));
  }

  private String run(String locale) throws IOException, InterruptedException {
    Path out = Files.createTempFile("locale", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dfile.encoding=UTF-8",
                // From JDK 19 on, this no longer follows from the encoding of files.
                "-Dstdout.encoding=UTF-8",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                SplitRun.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().put("LC_ALL", locale);
    int code = builder.start().waitFor();
    String printed = Files.readString(out);
    Files.delete(out);
    assertEquals(0, code, printed);
    return printed;
  }

  /** Prints how a folder is split. */
  static final class SplitRun {
    private SplitRun() {}

    public static void main(String[] args) {
      DataSets data = ImageFolder.of(Path.of(args[0])).read();
      System.out.println(data.summary().replace(args[0], ""));
      for (DataSet part : new DataSet[] {data.train(), data.validation(), data.test()}) {
        for (int i = 0; i < part.size(); i++) {
          System.out.print(part.image(i)[0] + " " + part.label(i) + ", ");
        }
      }
    }
  }
}
