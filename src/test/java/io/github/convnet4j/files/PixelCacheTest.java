package io.github.convnet4j.files;

import static io.github.convnet4j.files.NoisyPictures.values;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.store.WriteLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PixelCacheTest {
  private static final int COUNT = 6;

  @TempDir private Path temporary;

  private Path folder;
  private Path cache;
  private final List<String> messages = new ArrayList<>();

  @BeforeEach
  void writePictures() {
    folder = temporary.resolve("pictures");
    cache = temporary.resolve("cache");
    for (int i = 0; i < COUNT; i++) {
      picture(i, 10 * i);
    }
  }

  /** Writes a picture of one shade. */
  private Path picture(int number, int shade) {
    return TinyPictures.grey(
        folder.resolve("%s/%d.png".formatted(number < COUNT / 2 ? "a" : "b", number)), 2, 3, shade);
  }

  private ImageFolder pictures() {
    return ImageFolder.of(folder).listener(messages::add).storage(Storage.automatic().cache(cache));
  }

  private DataSet read() {
    messages.clear();
    return pictures().readAll(List.of("a", "b")).images();
  }

  /** Reads the pictures, and checks their shades and whether the cache had to be written. */
  private void assertShades(boolean written, int... shades) {
    DataSet all = read();
    assertEquals(written, !messages.isEmpty(), messages.toString());
    assertEquals(shades.length, all.size());
    for (int i = 0; i < shades.length; i++) {
      assertEquals((byte) shades[i], all.image(i)[5], "image " + i);
    }
  }

  private Path file() throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      List<Path> all = files.toList();
      assertEquals(1, all.size(), all.toString());
      return all.get(0);
    }
  }

  /** Replaces a picture by another one of the same length, at the same time. */
  private void replaceUnnoticed(int number, int shade) throws IOException {
    Path path = folder.resolve("%s/%d.png".formatted(number < COUNT / 2 ? "a" : "b", number));
    FileTime time = Files.getLastModifiedTime(path);
    long length = Files.size(path);
    picture(number, shade);
    assertEquals(length, Files.size(path), "the test needs files of the same length");
    Files.setLastModifiedTime(path, time);
  }

  @Test
  void picturesAreDecodedOnlyOnce() throws IOException {
    assertShades(true, 0, 10, 20, 30, 40, 50);
    replaceUnnoticed(3, 35);
    assertShades(false, 0, 10, 20, 30, 40, 50);
  }

  @Test
  void onlyChangedPicturesAreDecodedAgain() throws IOException {
    assertShades(true, 0, 10, 20, 30, 40, 50);
    replaceUnnoticed(3, 35);
    Files.setLastModifiedTime(picture(1, 99), FileTime.fromMillis(1_000_000_000_000L));
    assertShades(true, 0, 99, 20, 30, 40, 50);
    Files.delete(folder.resolve("a/0.png"));
    assertShades(false, 99, 20, 30, 40, 50);
    picture(7, 70);
    assertShades(true, 99, 20, 30, 40, 50, 70);
    assertShades(false, 99, 20, 30, 40, 50, 70);
  }

  @Test
  void theSameFilesInAnotherOrderAreInTheCacheToo() {
    DataSet parts = pictures().read().all();
    assertEquals(1, messages.size(), messages.toString());
    assertEquals(COUNT, parts.size());
    assertShades(false, 0, 10, 20, 30, 40, 50);
  }

  /** A model records the size and the colors that the pictures turned out to have. */
  @Test
  void theFormatOfAModelFindsTheCacheOfItsTraining() {
    read();
    PictureFormat found = PictureFormat.asTheyAre().size(2, 3).colour(PictureFormat.Colour.GREY);
    messages.clear();
    pictures().format(found).read();
    assertEquals(List.of(), messages);
    pictures().format(found.size(1, 1)).read();
    assertEquals(1, messages.size(), messages.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 20, 30, 45, -1, -40})
  void aDamagedHeaderOrIndexIsNotUsed(int position) throws IOException {
    read();
    flip(file(), position < 0 ? Files.size(file()) + position : position);
    assertShades(true, 0, 10, 20, 30, 40, 50);
    assertShades(false, 0, 10, 20, 30, 40, 50);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 5, 4096, 4100, -1})
  void aTruncatedCacheIsNotUsed(long length) throws IOException {
    read();
    try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
      channel.truncate(length < 0 ? channel.size() + length : length);
    }
    assertShades(true, 0, 10, 20, 30, 40, 50);
  }

  /** The image is read from its own file, and the cache is written again next time. */
  @Test
  void aDamagedImageIsNoticedWhenItIsRead() throws IOException {
    read();
    flip(file(), CacheFile.START + 3 * 6 + 5);
    assertShades(false, 0, 10, 20, 30, 40, 50);
    assertShades(true, 0, 10, 20, 30, 40, 50);
    assertShades(false, 0, 10, 20, 30, 40, 50);
  }

  private static void flip(Path file, long position) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, position);
      one.put(0, (byte) ~one.get(0)).flip();
      channel.write(one, position);
    }
  }

  @Test
  void aFileWithAFaultIsTriedAgain() throws IOException {
    Path bad = folder.resolve("b/4.png");
    byte[] good = Files.readAllBytes(bad);
    Files.writeString(bad, "damaged");
    FileTime time = Files.getLastModifiedTime(bad);
    String message = assertThrows(DataException.class, this::read).getMessage();
    assertTrue(message.startsWith(bad.toString()), message);
    assertEquals(1, messages.size());
    // The cache is complete in spite of the fault.
    messages.clear();
    ImageFolder.Pictures some = pictures().skipUnreadable().readAll(List.of("a", "b"));
    assertEquals(List.of(), messages);
    assertEquals(COUNT - 1, some.images().size());
    assertTrue(some.notes().toString().contains("4.png"), some.notes().toString());
    Files.write(bad, good);
    Files.setLastModifiedTime(bad, time);
    assertShades(true, 0, 10, 20, 30, 40, 50);
  }

  @Test
  void whileAnotherThreadWritesTheCachePicturesAreDecoded() throws Exception {
    read();
    Path file = file();
    picture(0, 5);
    Files.setLastModifiedTime(folder.resolve("a/0.png"), FileTime.fromMillis(1_000_000_000_000L));
    WriteLock lock = WriteLock.onFile(file);
    try (lock) {
      ImageFolder.Pictures pictures =
          CompletableFuture.supplyAsync(() -> pictures().readAll(List.of("a", "b"))).get();
      assertEquals(5, pictures.images().image(0)[0]);
      String notes = pictures.notes().toString();
      assertTrue(notes.contains("another program is writing"), notes);
    }
    assertShades(true, 5, 10, 20, 30, 40, 50);
  }

  @Test
  void whatAKilledProgramLeftIsReplaced() throws IOException {
    read();
    Path file = file();
    Files.writeString(file.resolveSibling(".unfinished-" + file.getFileName()), "half");
    Files.delete(file);
    assertShades(true, 0, 10, 20, 30, 40, 50);
    file();
  }

  @Test
  void refusesACacheAmongThePicturesAndOneThatIsNoFolder() throws IOException {
    cache = folder.resolve("cache");
    String message = assertThrows(DataException.class, this::read).getMessage();
    assertTrue(message.contains(cache.toString()), message);
    Files.delete(cache);
    cache = Files.writeString(temporary.resolve("file"), "text");
    message = assertThrows(DataException.class, this::read).getMessage();
    assertTrue(message.contains(cache.toString()), message);
  }

  @Test
  void anInterruptedWriterLeavesNothing() throws IOException {
    DataListener interrupting =
        new DataListener() {
          @Override
          public void message(String line) {}

          @Override
          public void progress(Step step, long done, long total) {
            if (step == Step.CACHING) {
              Thread.currentThread().interrupt();
            }
          }
        };
    assertThrows(CancellationException.class, () -> pictures().listener(interrupting).read());
    assertTrue(Thread.interrupted());
    try (Stream<Path> files = Files.list(cache)) {
      assertEquals(List.of(), files.toList());
    }
  }

  /** In a process of its own, because a fault of memory could end it. */
  @Test
  void aFileThatIsTruncatedWhileItIsReadDoesNotEndTheProcess() throws Exception {
    NoisyPictures.write(folder.resolve("a"), 50, 60, 50, true);
    NoisyPictures.write(folder.resolve("b"), 50, 60, 50, true);
    PictureFormat format = PictureFormat.asTheyAre().size(60, 50);
    float[] expected =
        values(ImageFolder.of(folder).format(format).storage(Storage.inMemory()).read().all());
    Path out = temporary.resolve("out.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                Truncating.class.getName(),
                folder.toString(),
                cache.toString())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    int code = process.waitFor();
    String printed = Files.readString(out, StandardCharsets.UTF_8);
    assertEquals(0, code, printed);
    assertEquals(String.valueOf(Arrays.hashCode(expected)), printed.strip());
    assertFalse(printed.contains("fatal"), printed);
  }

  /** Truncates the cache in the middle of reading it. */
  static final class Truncating {
    private Truncating() {}

    public static void main(String[] args) throws IOException {
      Path cache = Path.of(args[1]);
      DataSet all =
          ImageFolder.of(Path.of(args[0]))
              .format(PictureFormat.asTheyAre().size(60, 50))
              .storage(Storage.automatic().cache(cache))
              .read()
              .all();
      try (Stream<Path> files = Files.list(cache);
          FileChannel channel =
              FileChannel.open(files.findFirst().orElseThrow(), StandardOpenOption.WRITE)) {
        channel.truncate(channel.size() / 3);
      }
      System.out.println(Arrays.hashCode(values(all)));
    }
  }
}
