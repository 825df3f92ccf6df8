package io.github.convnet4j.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumpyArchiveTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void writeArchive() throws IOException {
    byte[] random = new byte[1000];
    new Random(1).nextBytes(random);
    file =
        NumpyFiles.npz(
            folder.resolve("größe.npz"),
            Map.of(
                "zeros",
                NumpyFiles.bytes(new byte[99], 99),
                "random",
                NumpyFiles.bytes(random, 1000)));
  }

  @Test
  void readsArraysByName() {
    NumpyArchive archive = NumpyArchive.of(file);
    assertEquals(List.of("random", "zeros"), archive.names());
    assertArrayEquals(new byte[99], archive.read("zeros").bytes());
    String message = assertThrows(DataException.class, () -> archive.read("ones")).getMessage();
    assertTrue(message.contains("ones") && message.contains("zeros"), message);
  }

  @Test
  void refusesOtherFiles() throws IOException {
    Path text = Files.writeString(folder.resolve("text.npz"), "label,pixel0");
    assertTrue(refused(text).contains("text.npz is not an NPZ file"));
    assertTrue(refused(folder.resolve("none.npz")).contains("does not exist"));
    assertTrue(refused(folder).contains("is not a file"));
    Path empty = NumpyFiles.npz(folder.resolve("empty.npz"), Map.of());
    assertTrue(refused(empty).contains("empty.npz"));
  }

  private static String refused(Path path) {
    return assertThrows(DataException.class, () -> NumpyArchive.of(path)).getMessage();
  }

  /** A changed byte is noticed, or is one that does not matter. */
  @Test
  void noticesDamage() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    byte[] expected = NumpyArchive.of(file).read("random").bytes();
    Path damaged = folder.resolve("damaged.npz");
    for (int at = 0; at < whole.length; at += 3) {
      byte[] bytes = whole.clone();
      bytes[at] ^= 0x55;
      Files.write(damaged, bytes);
      try {
        assertArrayEquals(expected, NumpyArchive.of(damaged).read("random").bytes());
      } catch (DataException e) {
        assertTrue(e.getMessage().contains("damaged.npz"), e.getMessage());
      }
    }
    for (int length = 0; length < whole.length; length += 50) {
      Files.write(damaged, Arrays.copyOf(whole, length));
      assertThrows(DataException.class, () -> NumpyArchive.of(damaged).read("random"));
    }
  }
}
