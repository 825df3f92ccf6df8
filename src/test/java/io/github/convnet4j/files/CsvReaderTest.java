package io.github.convnet4j.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.files.CsvReader.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvReaderTest {
  @Test
  void readsQuotedFieldsAndKeepsCountOfLines() throws IOException {
    assertEquals(
        List.of(
            new Row(1, List.of("file", "a, b", "say \"yes\"")),
            new Row(2, List.of("two\nlines", "", "3")),
            new Row(5, List.of("last", "x y", ""))),
        read("\ufefffile,\"a, b\",\"say \"\"yes\"\"\"\r\n\"two\nlines\",,3\n\nlast,  x y , "));
  }

  @ParameterizedTest
  @CsvSource({"'\n'", "'\r\n'", "'\r'"})
  void acceptsTheLineEndsOfAllSystems(String end) throws IOException {
    assertEquals(
        List.of(new Row(1, List.of("a", "b")), new Row(2, List.of("1", "2"))),
        read("a,b" + end + "1,2" + end));
  }

  /** Whatever is quoted comes back as it was. */
  @Property(tries = 200)
  void readsBackWhatIsQuoted(@ForAll @NotEmpty List<@Size(min = 2, max = 4) List<String>> rows)
      throws IOException {
    StringBuilder text = new StringBuilder();
    List<List<String>> expected = new ArrayList<>();
    for (List<String> row : rows) {
      List<String> fields =
          row.stream().map(field -> field.replaceAll("[\\p{Cs}\\p{Cn}]", "?")).toList();
      expected.add(fields);
      text.append(
              String.join(
                  ",",
                  fields.stream().map(field -> '"' + field.replace("\"", "\"\"") + '"').toList()))
          .append("\r\n");
    }
    assertEquals(expected, read(text.toString()).stream().map(Row::fields).toList());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '^',
      value = {"^a,b\n\"open,1\n2^, line 2", "^a\n\"b\"c,1^, line 2"})
  void namesTheLineOfAMisplacedQuotationMark(String text, String line) {
    String message = assertThrows(DataException.class, () -> read(text)).getMessage();
    assertTrue(message.contains(line.strip() + ": "), message);
  }

  @Test
  void refusesTextInAnotherCharacterSet() throws IOException {
    Path file = Files.createTempFile("latin1", ".csv");
    Files.write(file, "größe,1\n".getBytes(StandardCharsets.ISO_8859_1));
    String message = assertThrows(DataException.class, () -> rows(file)).getMessage();
    assertTrue(message.startsWith(file.toString()) && message.contains("UTF-8"), message);
  }

  @Test
  void noticesThatTheFileHasChangedSinceItWasOpened(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("table.csv"), "a,1\nb,2\n");
    try (CsvReader reader = CsvReader.open(file)) {
      assertEquals(List.of("a", "1"), reader.row().orElseThrow().fields());
      Files.writeString(file, "c,3\nd,4\n");
      Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() + 5000));
      assertEquals(List.of("b", "2"), reader.row().orElseThrow().fields());
      String message = assertThrows(DataException.class, reader::row).getMessage();
      assertTrue(message.startsWith(file.toString()), message);
    }
  }

  private static List<Row> read(String text) throws IOException {
    Path file = Files.createTempFile("table", ".csv");
    try {
      return rows(Files.writeString(file, text));
    } finally {
      Files.delete(file);
    }
  }

  private static List<Row> rows(Path file) {
    try (CsvReader reader = CsvReader.open(file)) {
      List<Row> rows = new ArrayList<>();
      for (Optional<Row> row = reader.row(); row.isPresent(); row = reader.row()) {
        rows.add(row.get());
      }
      return rows;
    }
  }
}
