package io.github.convnet4j.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.data.Groups;
import io.github.convnet4j.picture.DicomFiles;
import io.github.convnet4j.picture.DicomFiles.Syntax;
import io.github.convnet4j.picture.PictureFormat;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of DICOM files: as class folders, and as series of slices. */
class DicomFolderTest {
  @TempDir private Path folder;

  private void write(String file, String patient, String series, int number, double z)
      throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(
        path,
        DicomFiles.grey(Syntax.EXPLICIT_LITTLE, 2, 2)
            .window("1000", "2000")
            .in(patient, series, number, z)
            .values(100 * number, 0, 4095, 0));
  }

  @Test
  void readsClassFoldersAsAViewerShowsThem() throws IOException {
    for (int i = 0; i < 10; i++) {
      write("chest/IM" + i, "P", "1.2", 5, 0);
      write("head/" + i + ".dcm", "P", "1.2", 10, 0);
    }
    DataSets sets = ImageFolder.of(folder).read();
    assertEquals(List.of("chest", "head"), sets.classNames());
    assertEquals(20, sets.all().size());
    int chest = sets.train().label(0) == 0 ? 0 : indexOf(sets, 0);
    assertArrayEquals(new byte[] {64, 0, -1, 0}, sets.train().image(chest));
    DataSets narrow = ImageFolder.of(folder).format(PictureFormat.asTheyAre().range(0, 500)).read();
    assertArrayEquals(new byte[] {-1, 0, -1, 0}, narrow.train().image(chest));
  }

  private static int indexOf(DataSets sets, int label) {
    int[] labels = sets.train().labels();
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] == label) {
        return i;
      }
    }
    throw new AssertionError(Arrays.toString(labels));
  }

  @Test
  void keepsThePicturesOfAPatientTogether() throws IOException {
    for (int i = 0; i < 60; i++) {
      write("chest/" + i, "P" + i % 12, "1.2", 5, 0);
      write("head/" + i, "P" + i % 12, "1.2", 10, 0);
    }
    DataSets sets = ImageFolder.of(folder).groups("patient-id").read();
    Groups test = sets.test().groups().orElseThrow();
    assertEquals(Set.of(), sets.train().groups().orElseThrow().shared(test));
    assertEquals(10 * test.count(), sets.test().size());
    assertTrue(
        sets.lines().contains("Groups: 12 (train 10, validation 1, test 1)"), sets::toString);
  }

  @Test
  void namesAPictureWithoutAPatient() throws IOException {
    write("chest/1", "P1", "1.2", 5, 0);
    write("head/2", "", "1.2", 5, 0);
    ImageFolder scans = ImageFolder.of(folder).groups("patient-id");
    String message = assertThrows(DataException.class, scans::read).getMessage();
    assertTrue(message.contains(folder.resolve("head/2") + " has no group"), message);
  }

  /** 12 bits in files of 16, as scanners write them, are nearly black. */
  @Test
  void saysThatPicturesUseFewOfTheirValues() throws IOException {
    Path picture =
        Path.of("src/test/resources/io/github/convnet4j/picture/kinds/gray-16-of-12.png");
    for (String name : List.of("a/1.png", "a/2.png", "a/3.png", "b/1.png")) {
      Files.createDirectories(folder.resolve(name).getParent());
      Files.copy(picture, folder.resolve(name));
    }
    String lines = String.join("\n", ImageFolder.of(folder).read().lines());
    assertTrue(lines.contains("a" + File.separator + "1.png holds values from 0 to 4095"), lines);
    assertTrue(lines.contains("The same is true of 3 more"), lines);
    PictureFormat ranged = PictureFormat.asTheyAre().range(0, 4095);
    lines = String.join("\n", ImageFolder.of(folder).format(ranged).read().lines());
    assertFalse(lines.contains("4095"), lines);
  }

  /** Each kind of remark is counted by itself. */
  @Test
  void saysThatOnlyTheFirstOfSeveralPicturesIsRead() throws IOException {
    Path kinds = Path.of("src/test/resources/io/github/convnet4j/picture/kinds");
    for (String name : List.of("a/1.png", "a/2.tif", "a/3.tif", "b/1.png", "b/2.tif", "b/3.png")) {
      Files.createDirectories(folder.resolve(name).getParent());
      String kind = name.endsWith("tif") ? "pages.tif" : "gray-16-of-12.png";
      Files.copy(kinds.resolve(kind), folder.resolve(name));
    }
    PictureFormat small = PictureFormat.asTheyAre().size(4, 4).colour(PictureFormat.Colour.GREY);
    List<String> lines = ImageFolder.of(folder).format(small).read().lines();
    for (String part : List.of("holds values from 0 to 4095", "holds several pictures")) {
      String line = lines.stream().filter(text -> text.contains(part)).findFirst().orElseThrow();
      assertTrue(line.endsWith("The same is true of 2 more"), line);
    }
  }

  @Test
  void sortsTheSlicesOfEachSeriesByPosition() throws IOException {
    write("a", "P1", "1.5", 1, 30);
    write("b", "P1", "1.5", 2, 20);
    write("c/d", "P1", "1.5", 3, 10);
    write("e", "P2", "1.10", 1, 0);
    Files.writeString(folder.resolve("notes.txt"), "no DICOM file");
    List<DicomSeries> all = DicomSeries.in(folder);
    assertEquals(List.of("1.10", "1.5"), all.stream().map(DicomSeries::id).toList());
    assertEquals(Optional.of("P1"), all.get(1).patient());
    assertEquals(
        List.of("d", "b", "a"),
        all.get(1).files().stream().map(file -> file.getFileName().toString()).toList());
  }

  /** Without a position, the number counts. */
  @Test
  void sortsByNumberOtherwise() throws IOException {
    for (int i = 1; i <= 3; i++) {
      Files.write(
          folder.resolve("s" + i),
          DicomFiles.grey(Syntax.IMPLICIT_LITTLE, 1, 1)
              .in("P", "1", 10 - i, 0)
              .text(0x00200037, "DS", "")
              .values(i));
    }
    assertEquals(
        List.of("s3", "s2", "s1"),
        DicomSeries.in(folder).get(0).files().stream()
            .map(file -> file.getFileName().toString())
            .toList());
  }

  @Test
  void saysIfThereIsNothing() {
    String message = assertThrows(DataException.class, () -> DicomSeries.in(folder)).getMessage();
    assertTrue(message.contains(folder.toString()), message);
  }
}
