package io.github.convnet4j.files;

import io.github.convnet4j.data.DataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table with a row of numbers for each picture, as {@link TargetFolder} describes it. */
final class TargetTable {
  private static final Set<String> FILE_COLUMNS =
      Set.of("file", "filename", "file_name", "image", "picture", "path");

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?");

  /** The largest number of faulty rows that are named. */
  private static final int FAULTS_NAMED = 10;

  private final Path file;
  private final Header header;
  private final boolean labels;
  private final PictureNames pictureNames;
  private final float[] values; // [pictures, targets]
  private final int[] lines; // of each picture, 0 without a row
  private final List<String> faults = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private int rows;

  private TargetTable(Path file, Header header, boolean labels, PictureNames pictureNames) {
    this.file = file;
    this.header = header;
    this.labels = labels;
    this.pictureNames = pictureNames;
    this.lines = new int[pictureNames.pictures().size()];
    this.values = new float[Math.multiplyExact(lines.length, header.targets().size())];
  }

  /**
   * Reads a table. What is wrong with its rows is only reported by {@link #check}.
   *
   * @param pictures those in the folder
   * @param columns the columns of the targets; empty for all but that of the file names
   * @param labels whether targets must be 1 or 0
   * @throws DataException if the file or its first line cannot be used
   */
  static TargetTable read(Path file, FileList pictures, List<String> columns, boolean labels) {
    try (CsvReader reader = CsvReader.open(file)) {
      Header header = Header.of(file, reader.row(), columns);
      TargetTable table = new TargetTable(file, header, labels, new PictureNames(pictures));
      for (Optional<CsvReader.Row> row = reader.row(); row.isPresent(); row = reader.row()) {
        table.add(row.get());
      }
      if (table.rows == 0) {
        throw new DataException(file + " has no rows below the names of its columns: add some");
      }
      return table;
    }
  }

  private void add(CsvReader.Row row) {
    rows++;
    if (row.fields().size() != header.columns()) {
      faults.add(
          "line %d has %d fields, but line 1 names %d columns"
              .formatted(row.line(), row.fields().size(), header.columns()));
      return;
    }
    String name = row.fields().get(header.fileColumn());
    OptionalInt found = pictureNames.find(name);
    if (found.isEmpty()) {
      missing.add("line %d names a picture that is not there: \"%s\"".formatted(row.line(), name));
      return;
    }
    int picture = found.getAsInt();
    if (lines[picture] > 0) {
      faults.add(
          "line %d names a picture that line %d names too: %s"
              .formatted(row.line(), lines[picture], name));
      return;
    }
    lines[picture] = row.line();
    int n = header.targets().size();
    for (int i = 0; i < n; i++) {
      String text = row.fields().get(header.targets().get(i)).strip();
      Optional<Float> number = number(text);
      if (number.isEmpty()) {
        faults.add(
            "line %d: %s must be %s: \"%s\""
                .formatted(
                    row.line(), header.names().get(i), labels ? "0 or 1" : "a number", text));
        return;
      }
      values[picture * n + i] = number.get();
    }
  }

  /** Whether a text is a number in decimal notation. */
  static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  private Optional<Float> number(String text) {
    if (!isNumber(text)) {
      return Optional.empty();
    }
    float number = Float.parseFloat(text);
    return Float.isFinite(number) && (!labels || number == 0 || number == 1)
        ? Optional.of(number)
        : Optional.empty();
  }

  /**
   * Reports all rows that cannot be used.
   *
   * @param skipMissing whether rows whose picture is missing are left out
   * @throws DataException if there are any
   */
  void check(boolean skipMissing) {
    List<String> all = new ArrayList<>(faults);
    if (!skipMissing) {
      all.addAll(missing);
    }
    if (all.size() == 1) {
      throw new DataException("%s, %s%s".formatted(file, all.get(0), remedy(skipMissing)));
    }
    if (!all.isEmpty()) {
      String named =
          all.stream()
              .limit(FAULTS_NAMED)
              .map(fault -> System.lineSeparator() + "  " + fault)
              .collect(Collectors.joining());
      int more = all.size() - FAULTS_NAMED;
      throw new DataException(
          "%s: %d of %d rows cannot be used%s:%s%s"
              .formatted(
                  file,
                  all.size(),
                  rows,
                  remedy(skipMissing),
                  named,
                  more > 0 ? "%n  and %d more".formatted(more) : ""));
    }
    if (IntStream.of(lines).allMatch(line -> line == 0)) {
      throw new DataException(
          "%s names none of the pictures in %s: give file names relative to that folder"
              .formatted(file, pictureNames.pictures().folder()));
    }
  }

  private String remedy(boolean skipMissing) {
    if (!faults.isEmpty()) {
      return faults.stream().anyMatch(fault -> fault.contains(" must be "))
          ? "; columns(…) or --columns chooses the columns to read"
          : "";
    }
    return skipMissing ? "" : "; skipUnreadable() or --skip-unreadable leaves such rows out";
  }

  /** Returns the names of the targets. */
  List<String> names() {
    return header.names();
  }

  /** Returns the pictures that have a row, by name. */
  int[] pictures() {
    return IntStream.range(0, lines.length).filter(this::has).toArray();
  }

  boolean has(int picture) {
    return lines[picture] > 0;
  }

  /** Returns the targets of some pictures, {@code [pictures, targets]}. */
  float[] values(int[] pictures) {
    int n = header.targets().size();
    float[] some = new float[Math.multiplyExact(pictures.length, n)];
    for (int i = 0; i < pictures.length; i++) {
      System.arraycopy(values, pictures[i] * n, some, i * n, n);
    }
    return some;
  }

  /** Returns what was left out. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (header.unnamed() > 0) {
      notes.add(
          "Left out: %d %s of %s without a name"
              .formatted(
                  header.unnamed(),
                  header.unnamed() == 1 ? "column" : "columns",
                  file.getFileName()));
    }
    if (!missing.isEmpty()) {
      notes.add(
          "Left out: %d %s of %s without a picture: %s"
              .formatted(
                  missing.size(),
                  missing.size() == 1 ? "row" : "rows",
                  file.getFileName(),
                  missing.get(0)));
    }
    return notes;
  }

  /**
   * The first line.
   *
   * @param columns how many there are
   * @param fileColumn the index of the column with the names of the files
   * @param targets the indices of the columns with the targets
   * @param names the names of these columns
   * @param unnamed how many columns have no name
   */
  private record Header(
      int columns, int fileColumn, List<Integer> targets, List<String> names, int unnamed) {
    static Header of(Path file, Optional<CsvReader.Row> row, List<String> chosen) {
      if (row.isEmpty()) {
        throw new DataException(
            file + " is empty: give a table whose first line names its columns");
      }
      List<String> all = row.get().fields();
      List<String> named = all.stream().filter(name -> !name.isEmpty()).toList();
      if (named.stream().distinct().count() < named.size()) {
        throw new DataException(
            "%s has two columns of the same name: %s".formatted(file, String.join(", ", named)));
      }
      checkSeparator(file, all);
      int fileColumn =
          all.indexOf(
              named.stream()
                  .filter(name -> FILE_COLUMNS.contains(name.toLowerCase(Locale.ROOT)))
                  .findFirst()
                  .orElseGet(() -> named.isEmpty() ? "" : named.get(0)));
      List<String> others = named.stream().filter(name -> all.indexOf(name) != fileColumn).toList();
      if (!others.isEmpty() && others.stream().allMatch(name -> NUMBER.matcher(name).matches())) {
        throw new DataException(
            "%s, line 1 must name the columns, for example file,width,height: it has numbers, %s"
                .formatted(file, String.join(", ", all)));
      }
      for (String name : chosen) {
        if (!others.contains(name)) {
          throw new DataException(
              "%s has no column %s: its columns are %s besides %s, which names the files"
                  .formatted(file, name, String.join(", ", others), all.get(fileColumn)));
        }
      }
      List<String> names = chosen.isEmpty() ? others : chosen;
      if (names.isEmpty()) {
        throw new DataException(
            "%s has only one column, %s: add a column for each number to predict"
                .formatted(file, String.join(", ", named)));
      }
      return new Header(
          all.size(),
          fileColumn,
          names.stream().map(all::indexOf).toList(),
          names,
          all.size() - named.size());
    }

    private static void checkSeparator(Path file, List<String> all) {
      if (all.size() == 1) {
        for (String separator : List.of(";", "\t")) {
          if (all.get(0).contains(separator)) {
            throw new DataException(
                "%s has columns separated by %s: save it with commas"
                    .formatted(file, separator.equals("\t") ? "tabs" : "semicolons"));
          }
        }
      }
    }
  }

  /**
   * Finds pictures by their names, with or without extension.
   *
   * @param pictures sorted by name
   */
  private record PictureNames(FileList pictures) {
    OptionalInt find(String written) {
      String name = written.strip().replace('\\', '/').replaceFirst("^(?:\\./)+", "");
      int exact = pictures.firstFrom(name, 0, pictures.size());
      if (exact < pictures.size() && pictures.name(exact).equals(name)) {
        return OptionalInt.of(exact);
      }
      int[] similar =
          IntStream.range(pictures.firstFrom(name + ".", 0, pictures.size()), pictures.size())
              .takeWhile(i -> pictures.name(i).startsWith(name + "."))
              .filter(i -> FileNames.withoutExtension(pictures.name(i)).equals(name))
              .limit(2)
              .toArray();
      return similar.length == 1 ? OptionalInt.of(similar[0]) : OptionalInt.empty();
    }
  }
}
