package io.github.convnet4j.files;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.convnet4j.fuzz.Judge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged masks, for one of three pictures. */
class MaskFolderFuzzTest {
  private static final int PICTURES = 3;

  /** Pictures of 11 x 13 pixels in formats that masks have. */
  private static final String[] MASKS = {
    "gray-8.png", "palette-8.png", "palette-4.bmp", "gray.gif", "palette.tif", "gray-16.png"
  };

  @TempDir private static Path folder;

  @BeforeAll
  static void pictures() throws IOException {
    Files.createDirectories(folder.resolve("images"));
    Files.createDirectories(folder.resolve("masks"));
    for (int i = 0; i < PICTURES; i++) {
      TinyPictures.grey(folder.resolve("images/" + i + ".png"), 11, 13, 60 * i);
      TinyPictures.grey(folder.resolve("masks/" + i + ".png"), 11, 13, i % 2); // Of two classes.
    }
  }

  static Stream<byte[]> masks() throws IOException {
    Stream.Builder<byte[]> masks = Stream.builder();
    for (String name : MASKS) {
      try (var in =
          MaskFolder.class.getResourceAsStream("/io/github/convnet4j/picture/kinds/" + name)) {
        masks.add(in.readAllBytes());
      }
    }
    return masks.build();
  }

  @MethodSource("masks")
  @FuzzTest
  void read(byte[] input) throws IOException {
    Files.write(folder.resolve("masks/1.png"), input);
    MaskFolder masks = MaskFolder.of(folder);
    Judge.judge(folder, masks::read);
    Judge.judge(folder, masks.unlabeled(255).skipUnreadable()::read);
  }
}
