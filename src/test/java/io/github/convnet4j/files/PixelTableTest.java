package io.github.convnet4j.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

class PixelTableTest {
  @TempDir private Path folder;

  /** The same three images in the forms that people have. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "label,pixel0,pixel1,pixel2,pixel3\n1,0,20,30,0\n0,0,2,3,0\n1,0,200,255,0\n",
        "\ufefflabel,0,1,2,3\n1,0,20,30,0\n0,0,2,3,0\n1,0,200,255,0",
        "0;20;30;0;1\r\n0;2;3;0;0\r\n0;200;255;0;1\r\n",
        "1\t0\t20\t30\t0\n0\t0\t2\t3\t0\n1\t0\t200\t255\t0\n",
        "\"a\",\"b\",\"c\",\"d\",\"Class\"\n0,20,30,0,1\n0,2,3,0,0\n0,200,255,0,1\n",
        ",label,p0,p1,p2,p3\n0,1,0,20,30,0\n1,0,0,2,3,0\n2,1,0,200,255,0\n",
        "y,a,b,c,d\n1.0,0,20.0,3e1,0\n0.0,0,2,3,0\n1.0,0,200,255,0\n"
      })
  void readsTheUsualForms(String text) throws IOException {
    DataSet all = table(text).readAll();
    assertArrayEquals(new int[] {1, 0, 1}, all.labels());
    assertArrayEquals(new byte[] {0, 20, 30, 0}, all.image(0));
    assertArrayEquals(new byte[] {0, (byte) 200, (byte) 255, 0}, all.image(2));
    assertEquals(List.of(Shape.of(2, 2, 1)), all.inputShapes());
  }

  @Test
  void readsGzip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write("label,a\n0,1\n1,255\n".getBytes(StandardCharsets.UTF_8));
    }
    Path file = Files.write(folder.resolve("table.csv.gz"), bytes.toByteArray());
    assertArrayEquals(new int[] {0, 1}, PixelTable.of(file).readAll().labels());
    Files.write(file, java.util.Arrays.copyOf(bytes.toByteArray(), bytes.size() - 9));
    assertTrue(refused(PixelTable.of(file)).contains("table.csv.gz"));
  }

  @Test
  void takesWordsAsClasses() throws IOException {
    DataSets sets =
        table("dog,9\ncat,8\ncat,7\ndog,6\ncat,5\ndog,4\nowl,3\nowl,2\nowl,255\n").read();
    assertEquals(List.of("cat", "dog", "owl"), sets.classNames());
    PixelTable other = table("dog,9\n").classNames("cat", "dog", "owl");
    assertArrayEquals(new int[] {1}, other.readAll().labels());
    String message = refused(table("cow,9\n").classNames("cat", "dog"));
    assertTrue(message.contains("cow") && message.contains("cat, dog"), message);
  }

  @Test
  void takesTheColumnThatIsChosen() throws IOException {
    String text = "a,b,c\n1,20,3\n0,10,4\n";
    assertArrayEquals(
        new int[] {1, 0}, table(text).labelFirst().image(Shape.of(1, 2, 1)).readAll().labels());
    assertArrayEquals(
        new int[] {3, 4}, table(text).labelLast().image(Shape.of(2, 1, 1)).readAll().labels());
    assertArrayEquals(
        new int[] {20, 10}, table(text).label("b").image(Shape.of(2, 1, 1)).readAll().labels());
    assertTrue(refused(table(text)).contains("--label-column"));
    assertTrue(refused(table(text).label("d")).contains("column d"));
  }

  /** Sixteen levels of ink, and floats. */
  @Test
  void recognizesTheRange() throws IOException {
    DataSets sets = table("label,a\n0,0\n1,16\n0,8\n1,12\n").read();
    assertTrue(sets.notes().toString().contains("0 to 16"), sets.notes().toString());
    assertEquals(0.5f, table("label,a\n0,8\n1,16\n").readAll().imageFloats(0)[0]);
    assertEquals(0.25f, table("label,a\n0,0.25\n1,1\n").readAll().imageFloats(0)[0]);
    assertTrue(refused(table("label,a\n0,300\n1,1\n")).contains("--range"));
    assertEquals(0.75f, table("label,a\n0,300\n1,1\n").range(0, 400).readAll().imageFloats(0)[0]);
  }

  @ParameterizedTest
  @CsvSource({
    "'label,a\n0,1\n1,x\n', 'line 3', '\"x\"'",
    "'label,a\n0,1\n1\n', 'line 3', '1 fields'",
    "'label,a\n0,1\n,2\n', 'line 3', 'label'",
    "'label,a,b\n0,1,1\n1,2,1\n', '2 columns', '--image-shape'",
    "'label,a\n', 'rows', 'table.csv'",
    "'5\n6\n', 'one column', 'table.csv'",
    "'label,a\n3,1\n3,2\n', 'label 3', 'two classes'",
    "'label,a\n0,1\n-1,2\n', '-1', 'image 1'",
    "'label,a\n0,nan\n1,2\n', 'nan', 'column a'"
  })
  void saysWhatIsWrong(String text, String first, String second) throws IOException {
    String message = refused(table(text));
    assertTrue(message.contains(first) && message.contains(second), message);
  }

  /** The real table of UCI's digits: 1,797 rows of 64 pixels from 0 to 16, the label last. */
  @Test
  void readsUcisDigits() {
    Path file =
        Path.of(
            System.getenv().getOrDefault(DataLocator.DATA_VARIABLE, "."),
            "uci-digits",
            "digits.csv.gz");
    assumeTrue(Files.exists(file), "needs uci-digits in the folder CONVNET4J_DATA");
    DataSet all = PixelTable.of(file).readAll();
    DataSets bundled = BundledDigits.read();
    assertEquals(1797, all.size());
    assertEquals(List.of(Shape.of(8, 8, 1)), all.inputShapes());
    assertEquals(bundled.validation().label(5), all.label(5));
    assertEquals(bundled.test().label(256), all.label(1796));
  }

  private PixelTable table(String text) throws IOException {
    return PixelTable.of(Files.writeString(folder.resolve("table.csv"), text));
  }

  private static String refused(PixelTable table) {
    return assertThrows(DataException.class, table::read).getMessage();
  }
}
