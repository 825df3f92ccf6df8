package io.github.convnet4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
  @TempDir private Path folder;

  @Test
  void classesAreNamedByTheirFoldersAndEveryPictureIsInOnePart() {
    shades("dogs", 20, 100);
    shades("cats", 10, 0);
    DataSets data = DataSets.imageFolder(folder);
    assertEquals(List.of("cats", "dogs"), data.classNames());
    assertEquals(
        "pictures from %s (train 24, validation 3, test 3)".formatted(folder), data.summary());
    List<Integer> shades = new ArrayList<>();
    for (DataSet part : List.of(data.train(), data.validation(), data.test())) {
      for (int i = 0; i < part.size(); i++) {
        int shade = part.image(i)[0];
        assertEquals(shade >= 100 ? 1 : 0, part.label(i));
        shades.add(shade);
      }
    }
    assertEquals(
        IntStream.concat(IntStream.range(0, 10), IntStream.range(100, 120)).boxed().toList(),
        shades.stream().sorted().toList());
  }

  @Test
  void eachPartHasTheClassesInTheirProportion() {
    shades("dogs", 20, 100);
    shades("cats", 10, 0);
    DataSets data = DataSets.imageFolder(folder);
    for (DataSet part : List.of(data.validation(), data.test())) {
      assertEquals(2, Arrays.stream(part.labels()).sum(), Arrays.toString(part.labels()));
    }
  }

  @Test
  void theSameFolderIsSplitTheSameEachTimeAndBesidesByNameNotByPlace() throws IOException {
    shades("cats", 10, 0);
    shades("dogs", 10, 100);
    DataSets first = DataSets.imageFolder(folder);
    Path moved = Files.createTempDirectory("moved");
    for (String name : List.of("cats", "dogs")) {
      Files.move(folder.resolve(name), moved.resolve(name));
    }
    DataSets second = DataSets.imageFolder(moved);
    assertArrayEquals(pixels(first.test()), pixels(second.test()));
    assertArrayEquals(pixels(first.train()), pixels(second.train()));
  }

  @Test
  void foldersOfPartsAreTakenAsTheyAre() {
    shades("train/a", 10, 0);
    shades("train/b", 10, 20);
    shades("test/a", 3, 40);
    shades("test/b", 3, 60);
    shades("val/b", 2, 80);
    DataSets data = DataSets.imageFolder(folder);
    assertEquals(20, data.train().size());
    assertArrayEquals(new byte[] {40, 41, 42, 60, 61, 62}, pixels(data.test()));
    assertArrayEquals(new byte[] {80, 81}, pixels(data.validation()));
    assertArrayEquals(new int[] {1, 1}, data.validation().labels());
  }

  @Test
  void aPartThatIsMissingIsTakenFromTrain() {
    shades("train/a", 10, 0);
    shades("train/b", 10, 20);
    shades("test/b", 1, 60);
    DataSets data = DataSets.imageFolder(folder);
    assertArrayEquals(new byte[] {60}, pixels(data.test()));
    assertEquals(2, data.validation().size());
    assertEquals(18, data.train().size());
  }

  @Test
  void aClassMayBeCalledTrain() {
    shades("train", 5, 0);
    shades("plane", 5, 20);
    assertEquals(List.of("plane", "train"), DataSets.imageFolder(folder).classNames());
  }

  @Test
  void onePictureOfColourMakesAllRgb() {
    shades("a", 5, 0);
    TinyPictures.colour(folder.resolve("b/red.png"), 1, 1, 0xffff0000);
    DataSet all = DataSets.imageFolder(folder, PictureFormat.asTheyAre(), List.of("a", "b"));
    assertEquals("DataSet[6 images of 1x1x3, 2 classes]", all.toString());
    assertArrayEquals(new byte[] {4, 4, 4}, all.image(4));
    assertArrayEquals(new byte[] {(byte) 255, 0, 0}, all.image(5));
  }

  @Test
  void theFormatScalesAndInverts() {
    TinyPictures.grey(folder.resolve("a/1.png"), 4, 6, 255);
    TinyPictures.grey(folder.resolve("b/1.png"), 3, 3, 10);
    PictureFormat format =
        PictureFormat.asTheyAre().size(2, 3).colour(PictureFormat.Colour.RGB).inverted(true);
    DataSet all = DataSets.imageFolder(folder, format, List.of("a", "b"));
    assertEquals("DataSet[2 images of 2x3x3, 2 classes]", all.toString());
    assertEquals(0, all.image(0)[0]);
    assertEquals(245, all.image(1)[0] & 0xff);
  }

  @Test
  void hiddenFilesAndOthersThanPicturesAreLeftOut() throws IOException {
    shades("a", 2, 0);
    shades("b/below", 2, 10);
    Files.writeString(folder.resolve("a/.hidden.png"), "no picture");
    Files.writeString(folder.resolve("a/notes.txt"), "no picture");
    Files.createDirectories(folder.resolve(".git"));
    assertEquals(4, DataSets.imageFolder(folder).all().size());
  }

  @Test
  void aShareForValidationIsTakenFromWhatIsNotForTesting() {
    shades("a", 20, 0);
    shades("b", 20, 20);
    DataSets data = DataSets.imageFolder(folder);
    DataSets other = data.validationShare(0.25);
    assertArrayEquals(pixels(data.test()), pixels(other.test()));
    assertEquals(9, other.validation().size());
    assertEquals(27, other.train().size());
    assertArrayEquals(pixels(data.all()), pixels(other.all()));
  }

  @Test
  void picturesOfSeveralSizesAreNamed() {
    TinyPictures.grey(folder.resolve("a/1.png"), 2, 3, 0);
    TinyPictures.grey(folder.resolve("b/1.png"), 3, 3, 0);
    assertEquals(
        "%s is 2x3 (height x width) but %s 3x3: scale all to one size, by --size on the command line"
            .formatted(folder.resolve("a/1.png"), folder.resolve("b/1.png")),
        message(() -> DataSets.imageFolder(folder, PictureFormat.asTheyAre(), List.of("a", "b"))));
  }

  @Test
  void aPictureThatCannotBeReadIsNamed() throws IOException {
    shades("a", 3, 0);
    shades("b", 3, 0);
    Path bad = Files.writeString(folder.resolve("b/bad.png"), "text");
    assertEquals(
        bad + " is not a picture: give a PNG, JPEG, GIF or BMP file",
        message(() -> DataSets.imageFolder(folder)));
  }

  @Test
  void whatIsNoFolderOfClassFoldersIsToldWithWhatWouldDo() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertTrue(message(() -> DataSets.imageFolder(empty)).contains("holds no class folders"));
    shades("one/cats", 3, 0);
    assertEquals(
        folder.resolve("one") + " holds the one class folder cats: give at least two classes",
        message(() -> DataSets.imageFolder(folder.resolve("one"))));
    Path dogs = Files.createDirectories(folder.resolve("one/dogs"));
    assertTrue(
        message(() -> DataSets.imageFolder(folder.resolve("one")))
            .startsWith(dogs + " holds no picture"));
    TinyPictures.grey(folder.resolve("two/a/1.png"), 1, 1, 0);
    TinyPictures.grey(folder.resolve("two/b/1.png"), 1, 1, 0);
    assertTrue(
        message(() -> DataSets.imageFolder(folder.resolve("two")))
            .contains("too few pictures: give at least three"));
    Path missing = folder.resolve("missing");
    assertTrue(message(() -> DataSets.imageFolder(missing)).startsWith(missing + " is not there"));
  }

  @Test
  void aClassThatIsNotKnownIsNamed() {
    shades("a", 1, 0);
    shades("wolf", 1, 0);
    assertEquals(
        folder.resolve("wolf") + " is of none of the classes a, b: rename it, or take it away",
        message(() -> DataSets.imageFolder(folder, PictureFormat.asTheyAre(), List.of("a", "b"))));
  }

  @Test
  void aFolderOfIdxFilesIsToldFromOthers() {
    assertTrue(DataSets.isIdxFolder(TinyIdx.dataSet(folder.resolve("idx"))));
    assertFalse(DataSets.isIdxFolder(folder.resolve("missing")));
    TinyIdx.dataSet(folder.resolve("below/mnist"));
    assertTrue(DataSets.isIdxFolder(folder.resolve("below")));
    shades("pictures/a", 1, 0);
    assertFalse(DataSets.isIdxFolder(folder.resolve("pictures")));
  }

  /** Pictures of one pixel, {@code first} and the shades after it. */
  private void shades(String name, int count, int first) {
    for (int i = 0; i < count; i++) {
      TinyPictures.grey(folder.resolve(name).resolve("%03d.png".formatted(i)), 1, 1, first + i);
    }
  }

  private static byte[] pixels(DataSet data) {
    byte[] pixels = new byte[data.size()];
    IntStream.range(0, pixels.length).forEach(i -> pixels[i] = data.image(i)[0]);
    return pixels;
  }

  private static String message(Runnable run) {
    return assertThrows(DataException.class, run::run).getMessage();
  }
}
