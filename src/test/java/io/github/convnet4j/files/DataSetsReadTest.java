package io.github.convnet4j.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.DataSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataSetsReadTest {
  @TempDir Path folder;

  @Test
  void splitsTheTrainingFileAndKeepsTheTestFile() {
    DataSets data = IdxFolder.read(TinyIdx.dataSet(folder));
    // A twelfth of 4 is less than one image, so validation gets one image, the first.
    assertArrayEquals(new int[] {0}, data.validation().labels());
    assertArrayEquals(new int[] {1, 2, 3}, data.train().labels());
    assertArrayEquals(new int[] {3, 0}, data.test().labels());
    assertArrayEquals(new byte[] {3, 3, 3, 3, 3, 3}, data.train().image(2));
    assertEquals(2, data.test().height());
    assertEquals(3, data.test().width());
    assertEquals(4, data.test().classes());
    assertEquals(
        "IDX files from %s (train 3, validation 1, test 2)".formatted(folder), data.summary());
  }

  @Test
  void usesATwelfthForValidation() {
    TinyIdx.dataSet(folder);
    TinyIdx.write(folder, TinyIdx.TRAIN_IMAGES, TinyIdx.images(35, 2, 3));
    TinyIdx.write(folder, TinyIdx.TRAIN_LABELS, TinyIdx.labels(alternating(35)));
    DataSets data = IdxFolder.read(folder);
    // 35 / 12 = 2, remainder 11.
    assertArrayEquals(new int[] {0, 1}, data.validation().labels());
    assertEquals(33, data.train().size());
    assertEquals(0, data.validation().image(0)[0]);
    assertEquals(1, data.validation().image(1)[0]);
    assertEquals(List.of(), data.notes());
  }

  private static int[] alternating(int size) {
    return IntStream.range(0, size).map(i -> i % 2).toArray();
  }

  @Test
  void usesATwelfthOfEachClassIfTheFileIsSortedByClass() {
    TinyIdx.dataSet(folder);
    int[] sorted = IntStream.range(0, 60).map(i -> i / 20).toArray();
    TinyIdx.write(folder, TinyIdx.TRAIN_IMAGES, TinyIdx.images(60, 2, 3));
    TinyIdx.write(folder, TinyIdx.TRAIN_LABELS, TinyIdx.labels(sorted));
    TinyIdx.write(folder, TinyIdx.TEST_LABELS, TinyIdx.labels(1, 2));
    DataSets data = IdxFolder.read(folder);
    // 60 / 12 = 5 images of three equal classes: two of the first two, one of the third.
    assertArrayEquals(new int[] {0, 0, 1, 1, 2}, data.validation().labels());
    int[] places = IntStream.range(0, 5).map(i -> data.validation().image(i)[0]).toArray();
    assertArrayEquals(new int[] {0, 1, 20, 21, 40}, places);
    assertEquals(55, data.train().size());
    assertEquals(1, data.notes().size());
    assertTrue(data.notes().get(0).startsWith("The first twelfth of each class"));
    assertEquals("No test images of class 0", data.lines().get(2));
  }

  @Test
  void drawsAShareForValidationByClass() {
    TinyIdx.dataSet(folder);
    int[] sorted = IntStream.range(0, 60).map(i -> i < 40 ? 0 : 1).toArray();
    TinyIdx.write(folder, TinyIdx.TRAIN_IMAGES, TinyIdx.images(60, 2, 3));
    TinyIdx.write(folder, TinyIdx.TRAIN_LABELS, TinyIdx.labels(sorted));
    TinyIdx.write(folder, TinyIdx.TEST_LABELS, TinyIdx.labels(1, 0));
    DataSets tenth = IdxFolder.read(folder).validationShare(0.1);
    assertArrayEquals(new int[] {4, 2}, tenth.validation().imagesPerClass());
    assertArrayEquals(new int[] {36, 18}, tenth.train().imagesPerClass());
    assertArrayEquals(new int[] {20, 10}, tenth.validationShare(0.5).validation().imagesPerClass());
  }

  @Test
  void refusesLabelsThatAreAllTheSame() {
    TinyIdx.dataSet(folder);
    Path labels = TinyIdx.write(folder, TinyIdx.TRAIN_LABELS, TinyIdx.labels(7, 7, 7, 7));
    assertFault(folder, labels + " holds only the label 7: give images of at least two classes");
  }

  @Test
  void findsTheFilesInASubfolderNamedMnist() {
    TinyIdx.dataSet(folder.resolve("mnist"));
    assertEquals(3, IdxFolder.read(folder).train().size());
  }

  @Test
  void prefersTheFolderItself() {
    TinyIdx.dataSet(folder);
    TinyIdx.write(folder.resolve("mnist"), TinyIdx.TRAIN_IMAGES, new byte[0]);
    assertEquals(3, IdxFolder.read(folder).train().size());
  }

  @Test
  void readsCompressedFilesNextToPlainOnes() throws IOException {
    TinyIdx.dataSet(folder);
    Files.delete(folder.resolve(TinyIdx.TEST_LABELS));
    TinyIdx.write(folder, TinyIdx.TEST_LABELS + ".gz", TinyIdx.gzip(TinyIdx.labels(1, 2)));
    assertArrayEquals(new int[] {1, 2}, IdxFolder.read(folder).test().labels());
  }

  @Test
  void readsColorImagesOfFourDimensions() {
    TinyIdx.dataSet(folder);
    TinyIdx.write(
        folder, TinyIdx.TRAIN_IMAGES, TinyIdx.uint8(new int[] {4, 1, 1, 3}, new byte[12]));
    TinyIdx.write(folder, TinyIdx.TEST_IMAGES, TinyIdx.uint8(new int[] {2, 1, 1, 3}, new byte[6]));
    assertEquals(3, IdxFolder.read(folder).test().channels());
  }

  @Test
  void readsMoreClassesIfAskedTo() {
    TinyIdx.dataSet(folder);
    TinyIdx.write(folder, TinyIdx.TEST_LABELS, TinyIdx.labels(25, 0));
    assertEquals(26, IdxFolder.read(folder, 26).train().classes());
    assertEquals(25, IdxFolder.read(folder, 26).test().label(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 257})
  void refusesMoreClassesThanAByteHolds(int classes) {
    TinyIdx.dataSet(folder);
    assertEquals(
        "classes must be from 1 to 256, because a label is one byte: " + classes,
        assertThrows(IllegalArgumentException.class, () -> IdxFolder.read(folder, classes))
            .getMessage());
  }

  @Test
  void refusesAFolderThatDoesNotExist() {
    Path none = folder.resolve("none");
    assertFault(none, none + " does not exist: give the folder that holds MNIST's four files");
  }

  @Test
  void refusesAFileInsteadOfAFolder() {
    Path file = TinyIdx.write(folder, "file", new byte[0]);
    assertFault(
        file,
        file
            + " is not a folder: give the folder that holds MNIST's four files; NumpyData reads NPZ"
            + " files and PixelTable CSV files");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no POSIX permissions")
  void refusesAFolderWithoutReadPermission() throws IOException {
    Path secret = TinyIdx.dataSet(folder.resolve("secret"));
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("-w-------"));
    assumeFalse(Files.isReadable(secret), "the superuser may read every folder");
    assertFault(secret, secret + " cannot be read: check its permissions");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TinyIdx.TRAIN_IMAGES,
        TinyIdx.TRAIN_LABELS,
        TinyIdx.TEST_IMAGES,
        TinyIdx.TEST_LABELS
      })
  void namesAMissingFile(String name) throws IOException {
    TinyIdx.dataSet(folder);
    Files.delete(folder.resolve(name));
    assertFault(
        folder,
        "%s does not hold %s: put MNIST's four files there, each with or without .gz"
            .formatted(folder, name));
  }

  @Test
  void namesFilesMissingFromASubfolderNamedMnist() throws IOException {
    Path mnist = TinyIdx.dataSet(folder.resolve("mnist"));
    Files.delete(mnist.resolve(TinyIdx.TEST_IMAGES));
    Files.delete(mnist.resolve(TinyIdx.TEST_LABELS));
    assertFault(
        folder,
        mnist
            + " does not hold t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte: put MNIST's four"
            + " files there, each with or without .gz");
  }

  @Test
  void namesAllFourFilesForAnEmptyFolder() {
    assertFault(
        folder,
        folder
            + " does not hold train-images-idx3-ubyte, train-labels-idx1-ubyte,"
            + " t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte: put MNIST's four files there, each"
            + " with or without .gz");
  }

  @Test
  void refusesLabelsInsteadOfImages() {
    TinyIdx.dataSet(folder);
    Path file = TinyIdx.write(folder, TinyIdx.TEST_IMAGES, TinyIdx.labels(3, 0));
    assertFault(
        folder,
        file
            + " has the magic number 0x00000801, for 1 dimensions: images start with"
            + " 0x00000803");
  }

  @Test
  void refusesImagesInsteadOfLabels() {
    TinyIdx.dataSet(folder);
    Path file = TinyIdx.write(folder, TinyIdx.TRAIN_LABELS, TinyIdx.images(4, 2, 3));
    assertFault(
        folder,
        file
            + " has the magic number 0x00000803, for 3 dimensions: labels start with"
            + " 0x00000801");
  }

  @Test
  void refusesDifferentNumbersOfImagesAndLabels() {
    TinyIdx.dataSet(folder);
    Path labels = TinyIdx.write(folder, TinyIdx.TRAIN_LABELS, TinyIdx.labels(0, 1, 2));
    assertFault(
        folder,
        "%s holds 4 images but %s holds 3 labels: give files that belong together"
            .formatted(folder.resolve(TinyIdx.TRAIN_IMAGES), labels));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 26, 255})
  void theLargestLabelDeterminesTheNumberOfClasses(int label) {
    TinyIdx.dataSet(folder);
    TinyIdx.write(folder, TinyIdx.TRAIN_LABELS, TinyIdx.labels(0, 1, label, 3));
    DataSets data = IdxFolder.read(folder);
    assertEquals(label + 1, data.train().classes());
    assertTrue(data.lines().toString().contains("No training images of class"), data::toString);
  }

  @Test
  void refusesALabelOfAnotherClass() {
    TinyIdx.dataSet(folder);
    Path labels = TinyIdx.write(folder, TinyIdx.TRAIN_LABELS, TinyIdx.labels(0, 1, 12, 3));
    String message =
        assertThrows(DataException.class, () -> IdxFolder.read(folder, 10)).getMessage();
    assertTrue(message.startsWith(labels + ": label 2 is 12"), message);
    assertTrue(message.contains("from 0 to 9"), message);
  }

  @Test
  void refusesTestImagesOfAnotherSize() {
    TinyIdx.dataSet(folder);
    Path test = TinyIdx.write(folder, TinyIdx.TEST_IMAGES, TinyIdx.images(2, 3, 2));
    assertFault(
        folder,
        "%s holds images of 2x3 but %s holds images of 3x2: give files of the same data set"
            .formatted(folder.resolve(TinyIdx.TRAIN_IMAGES), test));
  }

  @Test
  void refusesATrainingFileOfOneImage() {
    TinyIdx.dataSet(folder);
    Path images = TinyIdx.write(folder, TinyIdx.TRAIN_IMAGES, TinyIdx.images(1, 2, 3));
    TinyIdx.write(folder, TinyIdx.TRAIN_LABELS, TinyIdx.labels(0));
    assertFault(
        folder, images + " holds 1 image: give at least 2, one to train on and one to validate on");
  }

  private static void assertFault(Path folder, String expected) {
    assertEquals(
        expected, assertThrows(DataException.class, () -> IdxFolder.read(folder)).getMessage());
  }
}
