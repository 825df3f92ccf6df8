package io.github.convnet4j.picture;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.convnet4j.fuzz.Judge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged pictures of all formats, read from files and from memory. */
class PictureFuzzTest {
  private static final PictureFormat SMALL = PictureFormat.asTheyAre().size(8, 8);

  @TempDir private static Path folder;

  static Stream<byte[]> pictures() throws IOException {
    return PictureFaultsTest.files().stream().map(PictureFuzzTest::bytes);
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @MethodSource("pictures")
  @FuzzTest
  void read(byte[] input) throws IOException {
    Path file = Files.write(folder.resolve("photo"), input);
    Judge.judge(file, () -> Picture.read(file));
    Judge.judge(file, () -> Picture.size(file));
    Judge.judge(file, () -> SMALL.read(file));
    Judge.judge("the file", () -> Picture.decode(input));
  }
}
