package io.github.convnet4j.files;

import io.github.convnet4j.check.FileStamp;
import io.github.convnet4j.check.IoReason;
import io.github.convnet4j.check.Missing;
import io.github.convnet4j.data.DataException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads comma-separated values (RFC 4180) in UTF-8, row by row, also with other separators, and
 * from files that are compressed with gzip. Fields may be quoted, and then contain commas, line
 * ends and doubled quotation marks. Spaces around a field are removed unless it is quoted. Empty
 * lines and a byte order mark are skipped.
 */
final class CsvReader implements AutoCloseable {
  private static final int END = -1;
  private static final int BYTE_ORDER_MARK = 0xfeff;
  private static final int BUFFER = 1 << 16;
  private static final String SEPARATORS = ",;\t";

  private final Path file;
  private final FileStamp stamp;
  private final BufferedReader in;
  private final char separator;
  private int line = 1;
  private int next;

  /**
   * A row.
   *
   * @param line the number of its first line, from 1
   */
  record Row(int line, List<String> fields) {}

  private CsvReader(Path file, FileStamp stamp, BufferedReader in, char separator) {
    this.file = file;
    this.stamp = stamp;
    this.in = in;
    this.separator = separator;
  }

  /**
   * Opens a file.
   *
   * @throws DataException if it cannot be read
   */
  static CsvReader open(Path file) {
    return open(file, ',');
  }

  /** Opens a file whose fields are separated by the given character. */
  static CsvReader open(Path file, char separator) {
    if (!Files.exists(file)) {
      throw new DataException(Missing.sentence(file, "give a table in a CSV file"));
    }
    if (!Files.isRegularFile(file)) {
      throw new DataException(file + " is not a file: give a table in a CSV file");
    }
    try {
      CsvReader reader = new CsvReader(file, FileStamp.beforeReading(file), text(file), separator);
      reader.advance();
      if (reader.next == BYTE_ORDER_MARK) {
        reader.advance();
      }
      return reader;
    } catch (IOException e) {
      throw fault(file, e);
    }
  }

  /** Returns the stamp of a file that is read several times. */
  static FileStamp stamp(Path file) {
    try {
      return FileStamp.beforeReading(file);
    } catch (IOException e) {
      throw fault(file, e);
    }
  }

  /**
   * Checks that a file is unchanged.
   *
   * @throws DataException if it is not
   */
  static void check(FileStamp stamp) {
    try {
      stamp.check();
    } catch (IOException e) {
      throw fault(stamp.file(), e);
    }
  }

  private static BufferedReader text(Path file) throws IOException {
    BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return new BufferedReader(
        new InputStreamReader(
            gzip ? new GZIPInputStream(in, BUFFER) : in,
            // Unlike a charset alone, a decoder reports bytes that are not UTF-8.
            StandardCharsets.UTF_8.newDecoder()));
  }

  /**
   * Returns the separator that is most frequent in the first line, among comma, semicolon and tab.
   *
   * @throws DataException if the file cannot be read
   */
  static char separator(Path file) {
    try (CsvReader reader = open(file)) {
      int[] counts = new int[SEPARATORS.length()];
      for (; reader.next != '\n' && reader.next != '\r' && reader.next != END; reader.advance()) {
        int index = SEPARATORS.indexOf(reader.next);
        if (index >= 0) {
          counts[index]++;
        }
      }
      int most = 0;
      for (int i = 1; i < counts.length; i++) {
        most = counts[i] > counts[most] ? i : most;
      }
      return SEPARATORS.charAt(most);
    } catch (IOException e) {
      throw fault(file, e);
    }
  }

  private static DataException fault(Path file, IOException e) {
    if (e instanceof ZipException || e instanceof EOFException) {
      return new DataException(
          "%s is a damaged gzip file (%s): get it again".formatted(file, e.getMessage()), e);
    }
    return e instanceof CharacterCodingException
        ? new DataException("%s is not UTF-8 text: save it as CSV in UTF-8".formatted(file), e)
        : new DataException("%s cannot be read: %s".formatted(file, IoReason.of(e)), e);
  }

  /**
   * Returns the next row that is not empty; nothing at the end of the file.
   *
   * @throws DataException if quotation marks are not as in RFC 4180, the file cannot be read, or it
   *     has changed since it was opened
   */
  Optional<Row> row() {
    try {
      while (next != END) {
        Row row = nextRow();
        if (row.fields().size() > 1 || !row.fields().get(0).isEmpty()) {
          return Optional.of(row);
        }
      }
      check(stamp);
      return Optional.empty();
    } catch (IOException e) {
      throw fault(file, e);
    }
  }

  private Row nextRow() throws IOException {
    int first = line;
    List<String> fields = new ArrayList<>();
    fields.add(field());
    while (next == separator) {
      advance();
      fields.add(field());
    }
    endLine();
    return new Row(first, fields);
  }

  private String field() throws IOException {
    StringBuilder text = new StringBuilder();
    while (next == ' ') {
      advance();
    }
    if (next == '"') {
      return quoted();
    }
    while (!endsField()) {
      text.append((char) next);
      advance();
    }
    return text.toString().strip();
  }

  private String quoted() throws IOException {
    int first = line;
    StringBuilder text = new StringBuilder();
    advance();
    while (true) {
      if (next == END) {
        throw fault(first, "a quotation mark is not closed");
      }
      if (next == '"') {
        advance();
        if (next != '"') {
          break;
        }
      }
      if (next == '\n') {
        line++;
      }
      text.append((char) next);
      advance();
    }
    while (next == ' ') {
      advance();
    }
    if (!endsField()) {
      throw fault(line, "text follows a quoted field; write quotation marks in a field twice");
    }
    return text.toString();
  }

  private boolean endsField() {
    return next == separator || next == '\n' || next == '\r' || next == END;
  }

  private void endLine() throws IOException {
    if (next == '\r') {
      advance();
      if (next == '\n') {
        advance();
      }
    } else if (next == '\n') {
      advance();
    }
    line++;
  }

  private void advance() throws IOException {
    next = in.read();
  }

  private DataException fault(int number, String what) {
    return new DataException("%s, line %d: %s".formatted(file, number, what));
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw fault(file, e);
    }
  }
}
