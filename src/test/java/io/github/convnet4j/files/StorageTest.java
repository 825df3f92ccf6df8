package io.github.convnet4j.files;

import static io.github.convnet4j.files.NoisyPictures.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.data.ExampleBatch;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.picture.PictureFormat.Colour;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures have the same values in memory, on disk and in a cache. */
class StorageTest {
  private static final PictureFormat SMALL = PictureFormat.asTheyAre().size(5, 4);

  @TempDir private Path temporary;

  private Path folder;

  @BeforeEach
  void namePictures() {
    folder = temporary.resolve("pictures");
  }

  private List<Storage> onDisk() {
    Storage cached = Storage.automatic().cache(temporary.resolve("cache"));
    // The second time, the cache is read that was written the first time.
    return List.of(Storage.onDisk(), cached, cached, Storage.automatic().memory(1));
  }

  private void assertSameInMemoryAndOnDisk(ImageFolder pictures, int channels) {
    DataSets inMemory = pictures.storage(Storage.inMemory()).read();
    assertEquals(channels, inMemory.train().channels());
    for (Storage storage : onDisk()) {
      DataSets data = pictures.storage(storage).read();
      assertEquals(inMemory.summary(), data.summary());
      assertEquals(inMemory.notes().size() + 1, data.notes().size(), data.notes().toString());
      assertArrayEquals(inMemory.all().labels(), data.all().labels());
      assertArrayEquals(values(inMemory.all()), values(data.all()));
      for (int i = 0; i < data.test().size(); i++) {
        assertArrayEquals(inMemory.test().image(i), data.test().image(i));
      }
    }
  }

  @Test
  void theStorageChangesNoValue() {
    NoisyPictures.write(folder.resolve("a"), 30, 6, 7, false);
    NoisyPictures.write(folder.resolve("b"), 40, 7, 6, true);
    assertSameInMemoryAndOnDisk(ImageFolder.of(folder).format(SMALL), 3);
    assertSameInMemoryAndOnDisk(ImageFolder.of(folder).format(SMALL.colour(Colour.GREY)), 1);
    assertSameInMemoryAndOnDisk(ImageFolder.of(folder).format(SMALL.inverted(true)), 3);
  }

  @Test
  void grayPicturesOfOneSizeNeedNoFormat() {
    NoisyPictures.write(folder.resolve("a"), 30, 6, 7, false);
    NoisyPictures.write(folder.resolve("b"), 31, 6, 7, false);
    assertSameInMemoryAndOnDisk(ImageFolder.of(folder), 1);
  }

  /** Hundreds of gray pictures have been read when the first color is found. */
  @Test
  void aLateColorMakesAllRgb() {
    NoisyPictures.write(folder.resolve("a"), 500, 2, 3, false);
    NoisyPictures.write(folder.resolve("b"), 3, 2, 3, true);
    assertSameInMemoryAndOnDisk(ImageFolder.of(folder), 3);
  }

  @Test
  void targetsAndMasksStayWithTheirPictures() throws IOException {
    NoisyPictures.write(folder.resolve("images"), 40, 4, 5, true);
    for (int i = 0; i < 40; i++) {
      BufferedImage mask = new BufferedImage(5, 4, BufferedImage.TYPE_BYTE_GRAY);
      mask.getRaster().setSample(i % 5, i % 4, 0, 255);
      TinyPictures.write(folder.resolve("masks/%04d.png".formatted(i)), mask, "png");
    }
    Path table = temporary.resolve("targets.csv");
    List<String> rows = new ArrayList<>(List.of("file,number"));
    IntStream.range(0, 40).forEach(i -> rows.add("%04d,%d".formatted(i, i)));
    Files.write(table, rows);
    PictureFormat scaled = PictureFormat.asTheyAre().size(8, 10);
    MaskFolder masks = MaskFolder.of(folder).format(scaled);
    TargetFolder targets = TargetFolder.of(folder.resolve("images"), table).format(scaled);
    ExampleParts expectedMasks = masks.storage(Storage.inMemory()).read();
    ExampleParts expectedTargets = targets.storage(Storage.inMemory()).read();
    for (Storage storage : onDisk()) {
      ExampleParts read = masks.storage(storage).read();
      assertEquals(expectedMasks.names(), read.names());
      assertSame(expectedMasks, read);
      assertSame(expectedTargets, targets.storage(storage).read());
    }
  }

  private static void assertSame(ExampleParts expected, ExampleParts actual) {
    int[] all = IntStream.range(0, expected.all().size()).toArray();
    ExampleBatch before = expected.all().read(all);
    ExampleBatch after = actual.all().read(all);
    assertArrayEquals(before.input(), after.input());
    assertArrayEquals(before.target(), after.target());
  }

  @Test
  void damagedPicturesAreFoundBeforeTrainingAndCounted() throws IOException {
    NoisyPictures.write(folder.resolve("a"), 30, 16, 16, true);
    NoisyPictures.write(folder.resolve("b"), 30, 16, 16, true);
    ImageFolder pictures = ImageFolder.of(folder).format(SMALL);
    cut(folder.resolve("a/0007.png"));
    cut(folder.resolve("b/0011.png"));
    DataSets inMemory = pictures.skipUnreadable().storage(Storage.inMemory()).read();
    assertEquals(58, inMemory.all().size());
    for (Storage storage : onDisk()) {
      DataSets data = pictures.skipUnreadable().storage(storage).read();
      assertEquals(58, data.all().size());
      assertArrayEquals(values(inMemory.all()), values(data.all()));
      String notes = data.notes().toString();
      assertTrue(notes.contains("a/0007.png") && notes.contains("b/0011.png"), notes);
    }
  }

  /** The body of a picture is decoded only when it is needed; then all faulty ones are named. */
  @Test
  void withoutACheckTheBatchNamesItsDamagedPictures() throws IOException {
    NoisyPictures.write(folder.resolve("a"), 30, 16, 16, true);
    NoisyPictures.write(folder.resolve("b"), 30, 16, 16, true);
    cut(folder.resolve("a/0007.png"));
    cut(folder.resolve("b/0011.png"));
    DataSet all = ImageFolder.of(folder).storage(Storage.onDisk()).read().all();
    String message = assertThrows(DataException.class, () -> values(all)).getMessage();
    assertTrue(message.contains("a/0007.png") && message.contains("b/0011.png"), message);
  }

  @Test
  void damagedHeadersAreFoundWhenTheFolderIsRead() throws IOException {
    NoisyPictures.write(folder.resolve("a"), 30, 16, 16, true);
    NoisyPictures.write(folder.resolve("b"), 30, 16, 16, true);
    Files.writeString(folder.resolve("a/0007.png"), "damaged");
    Files.writeString(folder.resolve("b/0011.png"), "damaged");
    ImageFolder pictures = ImageFolder.of(folder).storage(Storage.onDisk());
    String message = assertThrows(DataException.class, pictures::read).getMessage();
    assertTrue(message.contains("a/0007.png") && message.contains("b/0011.png"), message);
    assertTrue(message.contains("--skip-unreadable"), message);
  }

  /** Keeps the header and the first pixels. */
  private static void cut(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
  }

  @Test
  void picturesOfDifferentSizesAreRefusedWhereverTheyAre() {
    NoisyPictures.write(folder.resolve("a"), 30, 6, 6, true);
    NoisyPictures.write(folder.resolve("b"), 30, 6, 6, true);
    TinyPictures.grey(folder.resolve("b/0020.png"), 6, 5, 0);
    for (Storage storage : onDisk()) {
      ImageFolder pictures = ImageFolder.of(folder).storage(storage);
      String message = assertThrows(DataException.class, pictures::read).getMessage();
      assertTrue(message.contains("b/0020.png") && message.contains("6x5"), message);
    }
  }

  @Test
  void tellsTheListenerHowFarItIs() {
    NoisyPictures.write(folder.resolve("a"), 300, 2, 2, true);
    NoisyPictures.write(folder.resolve("b"), 300, 2, 2, true);
    List<String> told = new ArrayList<>();
    DataListener listener =
        new DataListener() {
          @Override
          public void message(String line) {
            told.add(line);
          }

          @Override
          public void progress(Step step, long done, long total) {
            told.add("%s %d/%d".formatted(step, done, total));
          }
        };
    ImageFolder pictures = ImageFolder.of(folder).listener(listener);
    pictures.storage(Storage.inMemory()).read();
    assertTrue(told.contains("READING 0/600") && told.contains("READING 600/600"), told.toString());
    told.clear();
    pictures.storage(Storage.onDisk()).read();
    assertTrue(told.get(0).contains("600 pictures of 2x2"), told.toString());
    assertEquals("CHECKING 600/600", told.get(told.size() - 1));
  }

  @Test
  void anInterruptionIsNotTheFaultOfThePictures() {
    NoisyPictures.write(folder.resolve("a"), 3, 2, 2, true);
    NoisyPictures.write(folder.resolve("b"), 3, 2, 2, true);
    for (Storage storage : onDisk()) {
      ImageFolder pictures =
          ImageFolder.of(folder)
              .skipUnreadable()
              .storage(storage)
              .listener(line -> Thread.currentThread().interrupt());
      if (storage.memory().isEmpty() || storage.cache().isPresent()) {
        Thread.currentThread().interrupt();
      }
      assertThrows(CancellationException.class, pictures::read);
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void refusesSettingsThatContradictEachOther() {
    Path cache = temporary.resolve("cache");
    assertRefused("cache", () -> Storage.inMemory().cache(cache));
    assertRefused("memory", () -> Storage.onDisk().memory(5));
    assertRefused("memory", () -> Storage.automatic().memory(0));
  }

  private static void assertRefused(String argument, Runnable run) {
    String message = assertThrows(IllegalArgumentException.class, run::run).getMessage();
    assertTrue(message.startsWith(argument), message);
  }

  @Test
  void aLimitOfMemoryIsNamed() {
    NoisyPictures.write(folder.resolve("a"), 3, 1000, 700, false);
    NoisyPictures.write(folder.resolve("b"), 3, 1000, 700, false);
    ImageFolder pictures = ImageFolder.of(folder);
    String message =
        assertThrows(
                DataException.class,
                () -> pictures.storage(Storage.inMemory().memory(3 << 20)).read())
            .getMessage();
    // 6 * 700,000 bytes
    assertTrue(message.contains("5 MB") && message.contains("3 MB"), message);
    assertTrue(message.contains("--on-disk"), message);
    List<String> notes = pictures.storage(Storage.automatic().memory(3 << 20)).read().notes();
    assertTrue(notes.toString().contains("only 3 MB"), notes.toString());
  }
}
