package io.github.convnet4j.files;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.convnet4j.fuzz.Judge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged NPY files, one by one and as a data set. */
class NumpyArrayFuzzTest {
  private static final byte[] EIGHT = {0, 1, 2, 3, 4, 5, 6, 7};

  @TempDir private static Path folder;

  static Stream<byte[]> arrays() {
    return Stream.of(
        NumpyFiles.bytes(EIGHT, 2, 2, 2),
        NumpyFiles.floats(new float[] {0, 0.5f, 1, 0.25f}, 1, 2, 2),
        NumpyFiles.integers(new long[] {0, 1}, 2),
        NumpyFiles.npy(2, NumpyFiles.header(">f2", true, 2, 2), EIGHT),
        NumpyFiles.npy(3, NumpyFiles.header("|b1", false, 2, 4), EIGHT));
  }

  @MethodSource("arrays")
  @FuzzTest
  void read(byte[] input) throws IOException {
    Path images = Files.write(folder.resolve("images.npy"), input);
    Path labels =
        Files.write(folder.resolve("labels.npy"), NumpyFiles.integers(new long[] {0, 1}, 2));
    Judge.judge(images, () -> NumpyArray.read(images));
    Judge.judge(".npy", () -> NumpyData.of(images, labels).readAll());
    Judge.judge(".npy", () -> NumpyData.of(labels, images).readAll());
  }
}
