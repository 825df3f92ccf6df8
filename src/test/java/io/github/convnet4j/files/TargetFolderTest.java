package io.github.convnet4j.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.ExampleBatch;
import io.github.convnet4j.data.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetFolderTest {
  @TempDir private Path folder;

  /** Each picture has one pixel, whose shade is the first target; the second is its double. */
  @Test
  void readsATargetForEachPicture() throws IOException {
    StringBuilder rows = new StringBuilder("file,shade,double\n");
    for (int i = 0; i < 30; i++) {
      picture("below/%02d.png".formatted(i), i);
      rows.append("below/%02d.png,%d,%d\n".formatted(i, i, 2 * i));
    }
    table(rows.toString());
    ExampleParts parts = TargetFolder.of(folder).read();
    assertEquals(List.of("shade", "double"), parts.names());
    assertEquals(
        "pictures from %s (train 24, validation 3, test 3), 2 targets: shade, double"
            .formatted(folder),
        parts.lines().get(0));
    assertEquals(1, parts.lines().size());
    Set<Integer> seen = new HashSet<>();
    for (Source part : List.of(parts.train(), parts.validation(), parts.test())) {
      for (int i = 0; i < part.size(); i++) {
        ExampleBatch example = example(part, i);
        int shade = Math.round(255 * example.input()[0]);
        assertArrayEquals(new float[] {shade, 2 * shade}, example.target());
        assertTrue(seen.add(shade));
      }
    }
    assertEquals(30, seen.size());
  }

  @Test
  void theSplitDoesNotDependOnTheOrderOfTheRows() throws IOException {
    List<String> rows =
        IntStream.range(0, 20)
            .mapToObj(
                i -> {
                  picture(i + ".png", i);
                  return "%d.png,%d".formatted(i, i);
                })
            .toList();
    table("file,x\n" + String.join("\n", rows));
    ExampleParts first = TargetFolder.of(folder).read();
    table("file,x\n" + String.join("\n", rows.stream().sorted().toList()));
    ExampleParts second = TargetFolder.of(folder).read();
    assertArrayEquals(targets(first.test()), targets(second.test()));
    assertArrayEquals(targets(first.train()), targets(second.train()));
  }

  @Test
  void anotherShareForValidationLeavesTheTestPicturesAlone() throws IOException {
    numbered(20);
    ExampleParts parts = TargetFolder.of(folder).read();
    ExampleParts other = parts.validationShare(0.5);
    assertArrayEquals(targets(parts.test()), targets(other.test()));
    assertEquals(9, other.validation().size());
    assertEquals(9, other.train().size());
    assertArrayEquals(targets(parts.trainAndValidation()), targets(other.trainAndValidation()));
    assertEquals(20, parts.all().size());
  }

  @Test
  void usesFoldersOfPartsAsTheyAre() throws IOException {
    picture("train/a.png", 1);
    picture("train/b.png", 2);
    picture("val/a.png", 3);
    picture("test/a.png", 4);
    table("file,x\ntrain/a.png,1\ntrain/b.png,2\nval/a.png,3\ntest/a.png,4\n");
    ExampleParts parts = TargetFolder.of(folder).read();
    assertArrayEquals(new float[] {4}, targets(parts.test()));
    assertArrayEquals(new float[] {3}, targets(parts.validation()));
    assertEquals(2, parts.train().size());
    assertTrue(parts.lines().get(1).startsWith("Parts: training pictures from train, "));
  }

  @ParameterizedTest
  @CsvSource({
    "'file,x', 'a.png,5'",
    "'x,image', '5,a.png'",
    "'name,x', './a.png,5'",
    "'id,x', 'a,5'",
    "',Filename,x', '0,a.png,5'",
    "'\"x\",\"File\"', '\"5\",\"a.png\"'",
  })
  void findsTheColumnOfTheFileNames(String header, String row) throws IOException {
    picture("a.png", 0);
    Path elsewhere = Files.createDirectories(folder.resolve("../tables-" + folder.getFileName()));
    Path table = Files.writeString(elsewhere.resolve("t.csv"), header + "\n" + row + "\n");
    ExampleParts parts = TargetFolder.of(folder, table).read();
    assertEquals(List.of("x"), parts.names());
    assertArrayEquals(new float[] {5}, targets(parts.all()));
  }

  @Test
  void chosenColumnsAreReadInTheirOrder() throws IOException {
    picture("a.png", 0);
    table("file,comment,x,y\na.png,dark,1,2.5e1\n");
    ExampleParts parts = TargetFolder.of(folder).columns("y", "x").read();
    assertEquals(List.of("y", "x"), parts.names());
    assertArrayEquals(new float[] {25, 1}, targets(parts.all()));
    String message = message(TargetFolder.of(folder).columns("z"));
    assertTrue(message.contains("column z") && message.contains("comment, x, y"), message);
  }

  @Test
  void leavesOutPicturesWithoutARowAndSaysSo() throws IOException {
    numbered(3);
    picture("new.png", 9);
    Files.writeString(folder.resolve("notes.txt"), "a text");
    assertEquals(
        List.of(
            "Left out: 1 file without a row in targets.csv: new.png",
            "Left out: 1 file without a picture: notes.txt"),
        TargetFolder.of(folder).read().lines().stream().skip(1).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "'1.png,3,5', line 2, 3 fields",
    "'1.png,\"3,5\"', line 2, '\"3,5\"'",
    "'1.png,', line 2, '\"\"'",
    "'1.png,NaN', line 2, NaN",
    "'1.png,1e99', line 2, 1e99",
    "'0.png,1\n1.png,2\n0.png,3', line 4, line 2",
    "'0.png,1\nmissing.png,2', line 3, missing.png",
  })
  void namesTheLineOfAFault(String rows, String line, String what) throws IOException {
    numbered(2);
    table("file,x\n" + rows + "\n");
    String message = message(TargetFolder.of(folder));
    assertTrue(message.startsWith(folder.resolve("targets.csv") + ", " + line), message);
    assertTrue(message.contains(what), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void reportsAllFaultsAtOnce() throws IOException {
    numbered(15);
    StringBuilder rows = new StringBuilder("file,x\n");
    for (int i = 0; i < 14; i++) {
      rows.append(i).append(".png,many\n");
    }
    table(rows + "14.png,1\n");
    List<String> message = message(TargetFolder.of(folder)).lines().toList();
    assertTrue(message.get(0).contains("14 of 15 rows"), message.get(0));
    assertTrue(message.get(1).startsWith("  line 2: x must be a number"), message.get(1));
    assertEquals("  and 4 more", message.get(11));
    assertEquals(12, message.size());
  }

  @Test
  void leavesOutRowsWithoutAPictureIfAskedTo() throws IOException {
    numbered(4);
    Files.delete(folder.resolve("2.png"));
    Files.writeString(folder.resolve("3.png"), "damaged");
    String message = message(TargetFolder.of(folder));
    assertTrue(message.contains("line 4") && message.contains("--skip-unreadable"), message);
    ExampleParts parts = TargetFolder.of(folder).skipUnreadable().read();
    assertEquals(2, parts.all().size());
    String lines = parts.lines().toString();
    assertTrue(lines.contains("1 row of targets.csv") && lines.contains("line 4"), lines);
    assertTrue(lines.contains("Left out: " + folder.resolve("3.png")), lines);
  }

  @Test
  void labelsAreZeroOrOne() throws IOException {
    numbered(3);
    assertFalse(message(TargetFolder.of(folder).labels()).isEmpty());
    table("file,red\n0.png,0\n1.png,1\n2.png,1.0\n");
    assertEquals(3, TargetFolder.of(folder).labels().read().all().size());
    table("file,red\n0.png,0\n1.png,0.5\n");
    String message = message(TargetFolder.of(folder).labels());
    assertTrue(message.contains("line 3: red must be 0 or 1: \"0.5\""), message);
  }

  @ParameterizedTest
  @CsvSource({
    "'', is empty",
    "'file,x', has no rows",
    "'0.png,1\n1.png,2', line 1",
    "'file,x,x\n0.png,1,2', the same name",
    "'file;x\n0.png;1', semicolons",
    "'file\n0.png', only one column",
  })
  void refusesATableWithoutNamesOrRows(String text, String problem) throws IOException {
    numbered(2);
    table(text);
    String message = message(TargetFolder.of(folder));
    assertTrue(message.startsWith(folder.resolve("targets.csv").toString()), message);
    assertTrue(message.contains(problem), message);
  }

  @Test
  void refusesMissingFoldersAndTables() throws IOException {
    Path nowhere = folder.resolve("nowhere");
    assertTrue(message(TargetFolder.of(nowhere)).startsWith(nowhere + " does not exist"));
    picture("a.png", 0);
    String message = message(TargetFolder.of(folder));
    assertTrue(message.startsWith(folder.resolve("targets.csv") + " does not exist"), message);
    assertFalse(TargetFolder.hasTable(folder));
  }

  @Test
  void aFewPicturesCanOnlyBeUsedAsAWhole() throws IOException {
    numbered(2);
    ExampleParts parts = TargetFolder.of(folder).read();
    assertEquals(2, parts.all().size());
    String message = assertThrows(DataException.class, parts::validation).getMessage();
    assertTrue(message.startsWith(folder.toString()) && message.contains("three"), message);
  }

  /** Writes pictures 0.png, 1.png, … with their numbers as targets. */
  private void numbered(int count) throws IOException {
    StringBuilder rows = new StringBuilder("file,x\n");
    for (int i = 0; i < count; i++) {
      picture(i + ".png", i);
      rows.append("%d.png,%d\n".formatted(i, i));
    }
    table(rows.toString());
  }

  private void picture(String name, int shade) {
    TinyPictures.grey(folder.resolve(name), 1, 1, shade);
  }

  private void table(String text) throws IOException {
    Files.writeString(folder.resolve("targets.csv"), text);
  }

  private static ExampleBatch example(Source source, int index) {
    ExampleBatch batch = source.newBatch(1);
    source.fill(new int[] {index}, batch);
    return batch;
  }

  private static float[] targets(Source source) {
    ExampleBatch batch = source.newBatch(source.size());
    source.fill(IntStream.range(0, source.size()).toArray(), batch);
    return batch.target();
  }

  private static String message(TargetFolder targets) {
    return assertThrows(DataException.class, targets::read).getMessage();
  }
}
