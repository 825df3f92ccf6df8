package io.github.convnet4j.picture;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.convnet4j.fuzz.Judge;
import io.github.convnet4j.picture.DicomFiles.Syntax;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged DICOM files. */
class DicomSliceFuzzTest {
  @TempDir private static Path folder;

  static Stream<byte[]> slices() {
    return Stream.of(
        slice(Syntax.IMPLICIT_LITTLE).values(0, 1, 2, 4095),
        slice(Syntax.EXPLICIT_LITTLE)
            .rescale(2, -1024)
            .window("40\\400", "80\\2000")
            .values(0, 1, 2, 3),
        slice(Syntax.EXPLICIT_BIG).in("p", "1.2", 3, -4.5).values(0, 1, 2, 3),
        DicomFiles.rgb(Syntax.EXPLICIT_LITTLE, 1, 2).bytes(new byte[] {1, 2, 3, 4, 5, 6}),
        slice(Syntax.RLE).bits(8, 8).compressed(runLengths()),
        slice(Syntax.JPEG).bits(8, 8).compressed(new byte[] {-1, -40, -1, -39}));
  }

  private static DicomFiles slice(Syntax syntax) {
    return DicomFiles.grey(syntax, 2, 2);
  }

  /** One segment after the header of 64 bytes: four values as they are. */
  private static byte[] runLengths() {
    byte[] frame = new byte[70];
    frame[0] = 1;
    frame[4] = 64;
    frame[64] = 3;
    frame[65] = 9;
    return frame;
  }

  @MethodSource("slices")
  @FuzzTest
  void read(byte[] input) throws IOException {
    Path file = Files.write(folder.resolve("slice.dcm"), input);
    Judge.judge(
        file,
        () -> {
          DicomSlice slice = DicomSlice.read(file);
          slice.header();
          slice.fullRange();
          slice.windows();
          slice.picture();
        });
    Judge.judge(file, () -> Picture.read(file));
    Judge.judge(file, () -> Picture.size(file));
  }
}
