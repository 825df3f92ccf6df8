package io.github.convnet4j.files;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.convnet4j.fuzz.Judge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged NPZ files. */
class NumpyArchiveFuzzTest {
  @TempDir private static Path folder;

  static Stream<byte[]> archives() throws IOException {
    byte[] images = NumpyFiles.bytes(new byte[] {0, 1, 2, 3, 4, 5, 6, 7}, 2, 2, 2);
    byte[] labels = NumpyFiles.integers(new long[] {0, 1}, 2);
    return Stream.of(
        archive(Map.of("x", images, "y", labels)),
        archive(Map.of("x_train", images, "y_train", labels, "x_test", images, "y_test", labels)));
  }

  private static byte[] archive(Map<String, byte[]> arrays) throws IOException {
    Path folder = Files.createTempDirectory("npz");
    try {
      return Files.readAllBytes(NumpyFiles.npz(folder.resolve("seed"), new TreeMap<>(arrays)));
    } finally {
      Files.delete(folder.resolve("seed"));
      Files.delete(folder);
    }
  }

  @MethodSource("archives")
  @FuzzTest
  void read(byte[] input) throws IOException {
    Path file = Files.write(folder.resolve("digits.npz"), input);
    Judge.judge(
        file,
        () -> {
          NumpyArchive archive = NumpyArchive.of(file);
          for (String name : archive.names()) {
            Judge.judge(file, () -> archive.read(name));
          }
        });
    Judge.judge(file, () -> NumpyData.of(file).read());
    Judge.judge(file, () -> NumpyData.of(file).readTargets());
  }
}
