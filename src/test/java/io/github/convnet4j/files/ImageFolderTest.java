package io.github.convnet4j.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.picture.PictureFormat;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageFolderTest {
  private static final PictureFormat SMALL = PictureFormat.asTheyAre().size(1, 1);

  @TempDir private Path folder;

  @Test
  void classesAreNamedByTheirFoldersAndEveryPictureIsInOnePart() {
    shades("dogs", 20, 100);
    shades("cats", 10, 0);
    DataSets data = ImageFolder.of(folder).read();
    assertEquals(List.of("cats", "dogs"), data.classNames());
    assertEquals(
        "pictures from %s (train 24, validation 3, test 3), 2 classes: cats, dogs"
            .formatted(folder),
        data.summary());
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
  void eachPartHasTheClassesInProportion() {
    shades("dogs", 20, 100);
    shades("cats", 10, 0);
    DataSets data = ImageFolder.of(folder).read();
    for (DataSet part : List.of(data.validation(), data.test())) {
      assertEquals(2, Arrays.stream(part.labels()).sum(), Arrays.toString(part.labels()));
    }
  }

  @Test
  void theSplitDependsOnNamesAndNotOnTheFoldersPath() throws IOException {
    shades("cats", 10, 0);
    shades("dogs", 10, 100);
    DataSets first = ImageFolder.of(folder).read();
    Path moved = Files.createTempDirectory("moved");
    for (String name : List.of("cats", "dogs")) {
      Files.move(folder.resolve(name), moved.resolve(name));
    }
    DataSets second = ImageFolder.of(moved).read();
    assertArrayEquals(pixels(first.test()), pixels(second.test()));
    assertArrayEquals(pixels(first.train()), pixels(second.train()));
  }

  @Test
  void usesFoldersOfPartsAsTheyAre() {
    shades("train/a", 10, 0);
    shades("train/b", 10, 20);
    shades("test/a", 3, 40);
    shades("test/b", 3, 60);
    shades("val/b", 2, 80);
    DataSets data = ImageFolder.of(folder).read();
    assertEquals(20, data.train().size());
    assertArrayEquals(new byte[] {40, 41, 42, 60, 61, 62}, pixels(data.test()));
    assertArrayEquals(new byte[] {80, 81}, pixels(data.validation()));
    assertArrayEquals(new int[] {1, 1}, data.validation().labels());
  }

  @Test
  void aMissingPartIsTakenFromTheTrainingPictures() {
    shades("train/a", 10, 0);
    shades("train/b", 10, 20);
    shades("test/b", 1, 60);
    DataSets data = ImageFolder.of(folder).read();
    assertArrayEquals(new byte[] {60}, pixels(data.test()));
    assertEquals(2, data.validation().size());
    assertEquals(18, data.train().size());
  }

  @Test
  void aClassMayBeNamedTrain() {
    shades("train", 5, 0);
    shades("plane", 5, 20);
    assertEquals(List.of("plane", "train"), ImageFolder.of(folder).read().classNames());
  }

  @Test
  void oneColorPictureMakesAllRgb() {
    shades("a", 5, 0);
    TinyPictures.colour(folder.resolve("b/red.png"), 1, 1, 0xffff0000);
    DataSet all = all("a", "b");
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
    DataSet all = ImageFolder.of(folder).format(format).readAll(List.of("a", "b")).images();
    assertEquals("DataSet[2 images of 2x3x3, 2 classes]", all.toString());
    assertEquals(0, all.image(0)[0]);
    assertEquals(245, all.image(1)[0] & 0xff);
  }

  @Test
  void leavesOutHiddenFilesAndFilesThatAreNotPictures() throws IOException {
    shades("a", 2, 0);
    shades("b/below", 2, 10);
    Files.writeString(folder.resolve("a/.hidden.png"), "not a picture");
    Files.writeString(folder.resolve("a/notes.txt"), "BMW is not a picture");
    for (String name : List.of("Thumbs.db", "desktop.ini", ".DS_Store", "._1.png")) {
      Files.writeString(folder.resolve("b").resolve(name), "of a desktop");
    }
    Files.createDirectories(folder.resolve(".git"));
    shades("__MACOSX/a", 1, 0);
    shades("b/.thumbnails", 1, 0);
    DataSets data = ImageFolder.of(folder).read();
    assertEquals(4, data.all().size());
    assertEquals(List.of("Left out: 1 file without a picture: a/notes.txt"), data.notes());
  }

  @Test
  void aShareForValidationLeavesTheTestImagesAlone() {
    shades("a", 20, 0);
    shades("b", 20, 20);
    DataSets data = ImageFolder.of(folder).read();
    DataSets other = data.validationShare(0.25);
    assertArrayEquals(pixels(data.test()), pixels(other.test()));
    assertEquals(9, other.validation().size());
    assertEquals(27, other.train().size());
    assertArrayEquals(pixels(data.all()), pixels(other.all()));
  }

  @Test
  void namesPicturesOfDifferentSizes() {
    TinyPictures.grey(folder.resolve("a/1.png"), 2, 3, 0);
    TinyPictures.grey(folder.resolve("b/1.png"), 3, 3, 0);
    String message = message(() -> all("a", "b"));
    assertTrue(message.contains(folder.resolve("a/1.png") + " is 2x3"), message);
    assertTrue(message.contains(folder.resolve("b/1.png") + " is 3x3"), message);
    assertTrue(message.contains("--size"), message);
  }

  @Test
  void namesAPictureThatCannotBeRead() throws IOException {
    shades("a", 3, 0);
    shades("b", 3, 0);
    Path bad = Files.writeString(folder.resolve("b/bad.png"), "text");
    String message = message(() -> ImageFolder.of(folder).read());
    assertTrue(message.startsWith(bad + " is not a picture: "), message);
    assertTrue(
        message.contains("skipUnreadable()") && message.contains("--skip-unreadable"), message);
  }

  @Test
  void refusesFoldersWithoutClassFoldersOrPictures() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertTrue(message(() -> ImageFolder.of(empty).read()).contains("holds no class folders"));
    shades("one/cats", 3, 0);
    assertTrue(
        message(() -> ImageFolder.of(folder.resolve("one")).read())
            .startsWith(folder.resolve("one") + " holds only one class folder, cats: give"));
    Path dogs = Files.createDirectories(folder.resolve("one/dogs"));
    assertTrue(
        message(() -> ImageFolder.of(folder.resolve("one")).read())
            .startsWith(dogs + " holds no readable picture"));
    TinyPictures.grey(folder.resolve("two/a/1.png"), 1, 1, 0);
    TinyPictures.grey(folder.resolve("two/b/1.png"), 1, 1, 0);
    assertTrue(
        message(() -> ImageFolder.of(folder.resolve("two")).read())
            .contains("too few pictures: give at least three"));
    Path missing = folder.resolve("missing");
    assertTrue(
        message(() -> ImageFolder.of(missing).read()).startsWith(missing + " does not exist"));
  }

  @Test
  void namesAnUnknownClass() {
    shades("a", 1, 0);
    shades("wolf", 1, 0);
    assertEquals(
        folder.resolve("wolf")
            + " is not one of the classes a, b: rename the folder, or move it elsewhere",
        message(() -> all("a", "b")));
  }

  @Test
  void recognizesAFolderOfIdxFiles() {
    assertTrue(IdxFolder.exists(TinyIdx.dataSet(folder.resolve("idx"))));
    assertFalse(IdxFolder.exists(folder.resolve("missing")));
    TinyIdx.dataSet(folder.resolve("below/mnist"));
    assertTrue(IdxFolder.exists(folder.resolve("below")));
    shades("pictures/a", 1, 0);
    assertFalse(IdxFolder.exists(folder.resolve("pictures")));
  }

  @ParameterizedTest
  @CsvSource({
    "Training, Testing, Validation",
    "TRAIN, TEST, VAL",
    "train, test, eval",
    "train, test, dev",
    "training_set, test_set, validation-set",
    "Train Images, Test Images, Valid Images",
    "traindata, testdata, Development"
  })
  void recognizesPartsByManyNames(String train, String test, String validation) {
    for (String name : List.of("a", "b")) {
      shades(train + "/" + name, 4, 0);
      shades(test + "/" + name, 3, 20);
      shades(validation + "/" + name, 2, 40);
    }
    DataSets data = ImageFolder.of(folder).read();
    assertEquals(List.of("a", "b"), data.classNames());
    assertEquals(8, data.train().size());
    assertArrayEquals(new byte[] {20, 21, 22, 20, 21, 22}, pixels(data.test()));
    assertArrayEquals(new byte[] {40, 41, 40, 41}, pixels(data.validation()));
    assertEquals(
        List.of(
            "Parts: training pictures from %s, validation pictures from %s, test pictures from %s"
                .formatted(train, validation, test)),
        data.notes());
  }

  @ParameterizedTest
  @CsvSource({"train, fold2", "Training, other", "train1, train2", "old test, new"})
  void refusesAFolderThatLooksLikeAPartNextToOneThatDoesNot(String part, String other) {
    for (String name : List.of("a", "b")) {
      shades(part + "/" + name, 3, 0);
      shades(other + "/" + name, 3, 0);
    }
    String message = message(() -> ImageFolder.of(folder).read());
    assertTrue(message.startsWith(folder.resolve(part).toString()), message);
    assertTrue(message.contains(other), message);
    assertTrue(message.contains("train, validation"), message);
  }

  @Test
  void refusesTwoFoldersOfTheSamePart() {
    for (String name : List.of("train/a", "train/b", "val/a", "Valid/a")) {
      shades(name, 3, 0);
    }
    String message = message(() -> ImageFolder.of(folder).read());
    assertTrue(message.contains(folder.resolve("val").toString()), message);
    assertTrue(message.contains(folder.resolve("Valid").toString()), message);
  }

  @Test
  void refusesPartsWithoutTrainingPictures() {
    shades("test/a", 3, 0);
    shades("val/a", 3, 0);
    String message = message(() -> ImageFolder.of(folder).read());
    assertTrue(message.startsWith(folder + " holds val, test, but no folder of training"), message);
  }

  @Test
  void readsThePicturesOfAllParts() {
    shades("Training/a", 2, 0);
    shades("Testing/b", 1, 20);
    DataSet all = all("a", "b");
    assertArrayEquals(new byte[] {0, 1, 20}, pixels(all));
    assertArrayEquals(new int[] {0, 0, 1}, all.labels());
  }

  @Test
  void reportsAPartThatLacksAClass() {
    shades("train/a", 10, 0);
    shades("train/b", 10, 20);
    shades("test/b", 1, 60);
    List<String> lines = ImageFolder.of(folder).read().lines();
    assertEquals("No test images of class a", lines.get(lines.size() - 1));
  }

  @Test
  void namesOnlyTheFirstOfManyClasses() {
    IntStream.range(0, 12).forEach(i -> shades("class%02d".formatted(i), 3, 0));
    String summary = ImageFolder.of(folder).read().summary();
    assertTrue(summary.contains("12 classes: class00, class01, "), summary);
    assertTrue(summary.endsWith(", class09 and 2 more"), summary);
  }

  @Test
  void recognizesPicturesByTheirContentToo() throws IOException {
    shades("a", 3, 0);
    shades("b", 3, 10);
    Files.move(folder.resolve("a/002.png"), folder.resolve("a/scan"));
    BufferedImage pink = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    pink.setRGB(0, 0, 0xc81e5a);
    TinyPictures.write(folder.resolve("b/3.tif"), pink, "tiff");
    DataSet all = ImageFolder.of(folder).format(SMALL).readAll(List.of("a", "b")).images();
    assertEquals("DataSet[7 images of 1x1x3, 2 classes]", all.toString());
    assertArrayEquals(new byte[] {(byte) 200, 30, 90}, all.image(6));
  }

  @Test
  void namesFilesThatAreLeftOutWithTheReason() throws IOException {
    shades("a", 3, 0);
    shades("b", 3, 10);
    shades("", 1, 0);
    for (int i = 0; i < 5; i++) {
      Files.copy(resource("photo.avif"), folder.resolve("b/%d.avif".formatted(i)));
    }
    List<String> expected =
        List.of(
            "Left out: 5 files in AVIF format, which is not supported (convert to PNG or JPEG):"
                + " b/0.avif, b/1.avif, b/2.avif and 2 more",
            "Left out: 1 file outside the class folders: 000.png");
    assertEquals(expected, ImageFolder.of(folder).read().notes());
    assertEquals(expected, ImageFolder.of(folder).readAll(List.of("a", "b")).notes());
  }

  @Test
  void refusesAClassWithoutReadablePictures() throws IOException {
    shades("a", 3, 0);
    Files.createDirectories(folder.resolve("b"));
    Files.copy(resource("photo.avif"), folder.resolve("b/1.avif"));
    for (Runnable reading :
        List.<Runnable>of(() -> ImageFolder.of(folder).read(), () -> all("a", "b"))) {
      String message = message(reading);
      assertTrue(message.startsWith(folder.resolve("b") + " holds no readable picture"), message);
      assertTrue(message.contains("AVIF") && message.contains("b/1.avif"), message);
    }
    Files.writeString(folder.resolve("b/2.png"), "damaged");
    String message = message(() -> ImageFolder.of(folder).skipUnreadable().read());
    assertTrue(message.startsWith(folder + ": none of the 1 pictures of class b"), message);
  }

  @Test
  void reportsAllPicturesThatCannotBeReadAtOnce() throws IOException {
    shades("a", 10, 0);
    shades("b", 20, 10);
    for (int i = 0; i < 12; i++) {
      Files.writeString(folder.resolve("b/%03d.png".formatted(i)), "damaged");
    }
    Files.copy(resource("photo.avif"), folder.resolve("a/w.png"));
    List<String> message = message(() -> ImageFolder.of(folder).read()).lines().toList();
    assertTrue(message.get(0).startsWith("13 of 31 pictures cannot be read; skipUnreadable()"));
    assertTrue(message.get(1).strip().startsWith(folder.resolve("a/w.png") + " is in AVIF format"));
    assertTrue(
        message.get(2).strip().startsWith(folder.resolve("b/000.png") + " is not a picture"));
    assertEquals("  and 3 more", message.get(11));
    assertEquals(12, message.size());
  }

  @Test
  void leavesOutUnreadablePicturesIfAskedToAndKeepsTheOthersInTheirParts() throws IOException {
    shades("a", 20, 0);
    shades("b", 20, 20);
    DataSets whole = ImageFolder.of(folder).read();
    int lost = whole.train().image(5)[0];
    String name = "%s/%03d.png".formatted(lost < 20 ? "a" : "b", lost % 20);
    Files.writeString(folder.resolve(name), "damaged");
    DataSets data = ImageFolder.of(folder).skipUnreadable().read();
    assertArrayEquals(pixels(whole.test()), pixels(data.test()));
    assertArrayEquals(pixels(whole.validation()), pixels(data.validation()));
    byte[] train = pixels(whole.train());
    assertArrayEquals(Arrays.copyOf(train, 5), Arrays.copyOf(pixels(data.train()), 5));
    assertArrayEquals(
        Arrays.copyOfRange(train, 6, 32), Arrays.copyOfRange(pixels(data.train()), 5, 31));
    assertEquals(31, data.train().size());
    assertEquals(1, data.notes().size());
    assertTrue(data.notes().get(0).startsWith("Left out: " + folder.resolve(name)), name);
    assertEquals(
        39, ImageFolder.of(folder).skipUnreadable().readAll(List.of("a", "b")).images().size());
  }

  @Test
  void grayPicturesBecomeRgbAtTheFirstColor() {
    shades("a", 3, 7);
    TinyPictures.colour(folder.resolve("b/0.png"), 1, 1, 0xff010203);
    shades("c", 1, 9);
    DataSet all = all("a", "b", "c");
    assertArrayEquals(new byte[] {7, 7, 7}, all.image(0));
    assertArrayEquals(new byte[] {9, 9, 9}, all.image(2));
    assertArrayEquals(new byte[] {1, 2, 3}, all.image(3));
    assertArrayEquals(new byte[] {9, 9, 9}, all.image(4));
  }

  private DataSet all(String... classNames) {
    return ImageFolder.of(folder).readAll(List.of(classNames)).images();
  }

  private static Path resource(String name) {
    return Path.of("src/test/resources/io/github/convnet4j/picture/kinds").resolve(name);
  }

  /** Writes pictures of one pixel, whose shades count up from {@code first}. */
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
