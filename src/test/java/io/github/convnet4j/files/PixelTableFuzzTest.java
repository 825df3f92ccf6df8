package io.github.convnet4j.files;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.convnet4j.fuzz.Judge;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged tables of pixels. */
class PixelTableFuzzTest {
  @TempDir private static Path folder;

  static Stream<byte[]> tables() {
    return Stream.of(
            "label,1x1,1x2,2x1,2x2\n0,0,1,2,3\n1,4,5,6,255\n",
            "\"a, b\";0;1;2;3\r\nc;0.5;1e0;-2;3\r\n",
            "\uFEFFid\tp1\tp2\tp3\tp4\tclass\n1\t0\t0\t0\t0\tcat\n2\t9\t9\t9\t9\tdog\n",
            "0,1,2,3,4\n1,5,6,7,8\n0,9,9,9,9\n")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("tables")
  @FuzzTest
  void read(byte[] input) throws IOException {
    Path file = Files.write(folder.resolve("digits.csv"), input);
    Judge.judge(file, () -> PixelTable.of(file).read());
    Judge.judge(file, () -> PixelTable.of(file).labelFirst().readAll());
  }
}
