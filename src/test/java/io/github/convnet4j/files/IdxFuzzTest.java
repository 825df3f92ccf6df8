package io.github.convnet4j.files;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.convnet4j.fuzz.Judge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

class IdxFuzzTest {
  @TempDir private static Path folder;

  static Stream<byte[]> files() {
    byte[] images = TinyIdx.uint8(new int[] {2, 2, 2}, new byte[] {0, 1, 2, 3, 4, 5, 6, 7});
    byte[] labels = TinyIdx.uint8(new int[] {3}, new byte[] {0, 1, 2});
    return Stream.of(images, labels, TinyIdx.gzip(images));
  }

  @MethodSource("files")
  @FuzzTest
  void read(byte[] input) throws IOException {
    Path file = Files.write(folder.resolve("images"), input);
    Judge.judge(file, () -> Idx.read(file));
  }
}
