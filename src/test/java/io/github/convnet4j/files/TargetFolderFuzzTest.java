package io.github.convnet4j.files;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.convnet4j.fuzz.Judge;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged tables of targets, for a folder of four pictures. */
class TargetFolderFuzzTest {
  private static final int PICTURES = 4;

  @TempDir private static Path folder;

  @BeforeAll
  static void pictures() {
    for (int i = 0; i < PICTURES; i++) {
      TinyPictures.grey(folder.resolve(i + ".png"), 2, 2, 60 * i);
    }
  }

  static Stream<byte[]> tables() {
    return Stream.of(
            "file,width,height\n0.png,3.5,12\n1.png,4,11\n2.png,5,10\n3.png,6,9\n",
            "1.png;1;0\r\n0.png;0;1\r\n",
            ",filename,round,\"is \"\"red\"\"\"\n0,0,1,0\n1,1,0,1\n2,2.png,1,1\n3,./3.png,0,0\n")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("tables")
  @FuzzTest
  void read(byte[] input) throws IOException {
    Path table = Files.write(folder.resolve("targets.csv"), input);
    TargetFolder targets = TargetFolder.of(folder, table);
    Judge.judge(table, targets::read);
    Judge.judge(table, () -> targets.labels().skipUnreadable().read());
  }
}
