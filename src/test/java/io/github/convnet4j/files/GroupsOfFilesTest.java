package io.github.convnet4j.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.data.Groups;
import io.github.convnet4j.data.Source;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of folders whose names say which of them belong together. */
class GroupsOfFilesTest {
  private static final String PATIENT = "p(\\d+)_";

  @TempDir private Path folder;

  private void picture(String name, int shade) {
    BufferedImage picture = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
    picture.getRaster().setPixel(0, 0, new int[] {shade});
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      ImageIO.write(picture, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** 20 patients with 4 slices each, of which one is ill; half of the patients have one more. */
  private void slices(String below) {
    for (int patient = 0; patient < 20; patient++) {
      for (int slice = 0; slice < 4 + patient % 2; slice++) {
        picture(
            "%s%s/p%d_%d.png".formatted(below, slice == 0 ? "ill" : "well", patient, slice), slice);
      }
    }
  }

  private static Set<String> patients(Source part) {
    Groups groups = part.groups().orElseThrow();
    assertEquals(part.size(), groups.size());
    for (int i = 0; i < part.size(); i++) {
      assertTrue(part.name(i).contains("/p" + groups.name(i) + "_"), part.name(i));
    }
    return new TreeSet<>(groups.names());
  }

  private static void assertApart(List<? extends Source> parts, int patients) {
    Set<String> all = new HashSet<>();
    int sum = 0;
    for (Source part : parts) {
      Set<String> own = patients(part);
      sum += own.size();
      all.addAll(own);
    }
    assertEquals(patients, all.size());
    assertEquals(patients, sum);
  }

  @Test
  void noPatientIsInTwoParts() {
    slices("");
    DataSets data = ImageFolder.of(folder).groups(PATIENT).read();
    assertApart(List.of(data.train(), data.validation(), data.test()), 20);
    // A tenth of 90 is 9: two patients, one of them with 5 slices. Each has one ill slice.
    assertEquals(9, data.test().size());
    assertEquals(2, data.test().imagesPerClass()[0]);
    assertTrue(
        data.notes().contains("Groups: 20 (train 16, validation 2, test 2)"),
        data.notes()::toString);
    DataSets again =
        ImageFolder.of(folder)
            .groups(name -> name.substring(name.indexOf('p') + 1, name.indexOf('_')))
            .read();
    assertEquals(patients(data.test()), patients(again.test()));
    DataSets shared = data.validationShare(0.25);
    assertApart(List.of(shared.train(), shared.validation(), shared.test()), 20);
    assertApart(List.of(DataSet.concat(data.validation(), data.train()), data.test()), 20);
  }

  @Test
  void tablesAndMasksAreSplitByPatientsToo() throws IOException {
    List<String> rows = new ArrayList<>(List.of("file,age"));
    for (int i = 0; i < 40; i++) {
      String name = "p%d_%d.png".formatted(i / 4, i % 4);
      picture("table/" + name, i);
      picture("masked/images/" + name, i);
      picture("masked/masks/" + name, i % 2);
      rows.add(name + "," + i);
    }
    Files.write(folder.resolve("table/targets.csv"), rows);
    for (ExampleParts parts :
        List.of(
            TargetFolder.of(folder.resolve("table")).groups("^p(\\d+)_").read(),
            MaskFolder.of(folder.resolve("masked")).groups("p(\\d+)_").read())) {
      assertEquals(4, parts.test().size());
      for (ExampleParts split : List.of(parts, parts.validationShare(0.4))) {
        Set<String> names = new HashSet<>();
        for (Source part : List.of(split.train(), split.validation(), split.test())) {
          List<String> own = part.groups().orElseThrow().names();
          own.forEach(name -> assertTrue(names.add(name), name));
        }
        assertEquals(10, names.size());
      }
      assertTrue(parts.lines().contains("Groups: 10 (train 8, validation 1, test 1)"));
      assertEquals(16, parts.validationShare(0.4).validation().size());
    }
  }

  @Test
  void foldersOfPartsDecideAndSharedPatientsAreNamed() {
    slices("train/");
    picture("test/ill/p3_9.png", 1);
    picture("test/well/p77_1.png", 1);
    DataSets data = ImageFolder.of(folder).groups(PATIENT).read();
    assertEquals(2, data.test().size());
    assertTrue(
        data.notes().stream()
            .anyMatch(note -> note.contains("training and the test") && note.endsWith(": 3")),
        data.notes()::toString);
  }

  @Test
  void mistakesAreNamed() {
    slices("");
    ImageFolder pictures = ImageFolder.of(folder);
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> pictures.groups("p(\\d+"))
            .getMessage()
            .contains("p(\\d+"));
    assertTrue(message(pictures.groups("q(\\d+)")).contains("ill/p0_0.png"));
    assertTrue(message(pictures.groups("png")).contains("groups"));
  }

  private static String message(ImageFolder pictures) {
    return assertThrows(DataException.class, pictures::read).getMessage();
  }
}
