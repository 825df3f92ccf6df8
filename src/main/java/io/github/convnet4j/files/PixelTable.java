package io.github.convnet4j.files;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.FileStamp;
import io.github.convnet4j.check.NameList;
import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.data.HeapLimit;
import io.github.convnet4j.files.FolderLayout.Part;
import io.github.convnet4j.picture.PictureFormat.Range;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;

/**
 * A table with a row for each image: its label and the values of its pixels, as in Kaggle's MNIST.
 * The file may be compressed with gzip.
 *
 * <pre>
 * label,pixel0,pixel1,…,pixel783
 * 1,0,0,…,0
 * </pre>
 *
 * <pre>{@code
 * DataSets digits = PixelTable.of(Path.of("train.csv")).read();
 * }</pre>
 *
 * <p>What is not said is found out: the separator (comma, semicolon or tab), whether there is a
 * header, whether the label is the first or the last column, and the shape of square images, gray
 * or RGB. Labels are numbers from 0, or names, which are then the classes in their order. A column
 * of row numbers ({@code id}, {@code index}, or without a name) is ignored. A tenth of each class
 * is used for testing, and a tenth of the others for validation.
 *
 * <p>Pixels are from 0 to 255, from 0 to 1, or whole numbers from 0 to 16; {@link #range} is for
 * others.
 */
public final class PixelTable {
  private static final Set<String> LABEL_NAMES = Set.of("label", "labels", "class", "target", "y");
  private static final Set<String> ROW_NUMBERS = Set.of("", "id", "index", "unnamed: 0");
  private static final int NAMED = 10;

  private final Path file;
  private final LabelColumn label;
  private final Optional<Shape> image;
  private final Optional<Range> range;
  private final List<String> classNames;

  private PixelTable(
      Path file,
      LabelColumn label,
      Optional<Shape> image,
      Optional<Range> range,
      List<String> classNames) {
    this.file = file;
    this.label = label;
    this.image = image;
    this.range = range;
    this.classNames = classNames;
  }

  /**
   * Which column holds the labels.
   *
   * @param place where it is
   * @param name its name in the header, if it is chosen by name
   */
  private record LabelColumn(Place place, String name) {
    private enum Place {
      UNKNOWN,
      FIRST,
      LAST,
      NAMED
    }
  }

  /** Returns a table of square images. */
  public static PixelTable of(Path file) {
    return new PixelTable(
        requireNonNull(file, "file"),
        new LabelColumn(LabelColumn.Place.UNKNOWN, ""),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** Returns the same table, whose labels are in the first column. */
  public PixelTable labelFirst() {
    return with(new LabelColumn(LabelColumn.Place.FIRST, ""));
  }

  /** Returns the same table, whose labels are in the last column. */
  public PixelTable labelLast() {
    return with(new LabelColumn(LabelColumn.Place.LAST, ""));
  }

  /** Returns the same table, whose labels are in the column that the header calls so. */
  public PixelTable label(String column) {
    return with(new LabelColumn(LabelColumn.Place.NAMED, requireNonNull(column, "column")));
  }

  private PixelTable with(LabelColumn newLabel) {
    return new PixelTable(file, newLabel, image, range, classNames);
  }

  /**
   * Returns the same table, whose images have the given shape.
   *
   * @param shape {@code [height, width, channels]}; the values of a pixel are next to each other
   */
  public PixelTable image(Shape shape) {
    if (shape.numDimensions() != 3 || shape.hasUnknownDimension() || shape.size() < 1) {
      throw new IllegalArgumentException("shape must be [height, width, channels]: " + shape);
    }
    return new PixelTable(file, label, Optional.of(shape), range, classNames);
  }

  /**
   * Returns the same table with the given values as black and white, 0 and 1 for the network.
   * Values outside are not clipped.
   */
  public PixelTable range(double black, double white) {
    return new PixelTable(file, label, image, Optional.of(new Range(black, white)), classNames);
  }

  /**
   * Returns the same table with the given classes, which not all need to occur. Labels are their
   * names, or their places from 0.
   */
  public PixelTable classNames(String... names) {
    return new PixelTable(file, label, image, range, List.of(names));
  }

  /**
   * Reads the table.
   *
   * @throws DataException if the file cannot be read, a field is not a number, it is not clear
   *     which column holds the labels or what shape the images have, or they do not fit into the
   *     heap
   */
  public DataSets read() {
    Labelled all = labelled();
    return all.arrays().dataSets(Map.of(Part.TRAIN, all.labels()), all.names());
  }

  /**
   * Reads the table as one set.
   *
   * @throws DataException as {@link #read}
   */
  public DataSet readAll() {
    Labelled all = labelled();
    return all.arrays().all(Map.of(Part.TRAIN, all.labels()), all.names());
  }

  /**
   * The content of the table.
   *
   * @param names of the classes; empty if they are just numbers
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Labelled(ImageArrays arrays, int[] labels, List<String> names) {}

  private Labelled labelled() {
    char separator = CsvReader.separator(file);
    FileStamp stamp = CsvReader.stamp(file);
    Columns columns = columns(separator);
    Rows rows = new Rows(file, columns);
    try (CsvReader reader = CsvReader.open(file, separator)) {
      if (columns.header()) {
        reader.row();
      }
      for (Optional<CsvReader.Row> row = reader.row(); row.isPresent(); row = reader.row()) {
        rows.add(row.get());
      }
    }
    CsvReader.check(stamp);
    if (rows.labels.isEmpty()) {
      throw new DataException(file + " has no rows of pixels: add some");
    }
    ImageArrays arrays =
        new ImageArrays(
            file,
            shape(columns.pixels().size()),
            Map.of(Part.TRAIN, rows.pixels()),
            range,
            columns.notes(file));
    List<OptionalInt> numbers = rows.labels.stream().map(PixelTable::wholeNumber).toList();
    if (numbers.stream().allMatch(OptionalInt::isPresent)) {
      return new Labelled(
          arrays, numbers.stream().mapToInt(OptionalInt::getAsInt).toArray(), classNames);
    }
    List<String> names =
        classNames.isEmpty() ? List.copyOf(new TreeSet<>(rows.labels)) : classNames;
    return new Labelled(arrays, places(rows.labels, names), names);
  }

  /** Returns the place of each label among the names. */
  private int[] places(List<String> labels, List<String> names) {
    Map<String, Integer> places =
        IntStream.range(0, names.size())
            .boxed()
            .collect(Collectors.toMap(names::get, place -> place));
    for (String each : labels) {
      if (!places.containsKey(each)) {
        throw new DataException(
            "%s: label \"%s\" is not one of the classes %s: correct it, or remove the row"
                .formatted(file, each, NameList.some(names, NAMED)));
      }
    }
    return labels.stream().mapToInt(places::get).toArray();
  }

  private Shape shape(int pixels) {
    if (image.isPresent()) {
      if (image.get().size() != pixels) {
        throw new DataException(
            "%s has %d columns of pixels, but an image of %s has %d: give another shape, or another column of labels"
                .formatted(file, pixels, image.get(), image.get().size()));
      }
      return image.get();
    }
    return SquareImage.of(pixels)
        .orElseThrow(
            () ->
                new DataException(
                    "%s has %d columns of pixels, which are not a square image, gray or RGB: say the shape with image(Shape.of(height, width, channels)), on the command line --image-shape HxW"
                        .formatted(file, pixels)));
  }

  private static OptionalInt wholeNumber(String text) {
    OptionalInt plain = Cells.digits(text);
    if (plain.isPresent()) {
      return plain;
    }
    Optional<Float> number = Cells.number(text);
    return number.isPresent() && number.get() == Math.rint(number.get())
        ? OptionalInt.of(number.get().intValue())
        : OptionalInt.empty();
  }

  /**
   * What the columns hold.
   *
   * @param header whether the first row names them
   * @param names in the header, or the numbers of the columns from 1
   * @param label the column of labels, from 0
   * @param pixels the columns of pixels, from 0
   */
  private record Columns(boolean header, List<String> names, int label, List<Integer> pixels) {
    List<String> notes(Path file) {
      List<String> ignored =
          IntStream.range(0, names.size())
              .filter(column -> column != label && !pixels.contains(column))
              .mapToObj(column -> "\"" + names.get(column) + "\"")
              .toList();
      return ignored.isEmpty()
          ? List.of()
          : List.of(
              "Left out: the column %s of %s, which numbers the rows"
                  .formatted(String.join(", ", ignored), file.getFileName()));
    }
  }

  private Columns columns(char separator) {
    List<String> first;
    Optional<CsvReader.Row> second;
    try (CsvReader reader = CsvReader.open(file, separator)) {
      first =
          reader.row().orElseThrow(() -> new DataException(file + " is empty: add rows")).fields();
      second = reader.row();
    }
    if (first.size() < 2) {
      throw new DataException(
          "%s has one column: give a table with a label and pixels in each row, separated by commas, semicolons or tabs"
              .formatted(file));
    }
    boolean header = isHeader(first);
    List<String> names =
        header ? first : IntStream.rangeClosed(1, first.size()).mapToObj(String::valueOf).toList();
    int labels =
        switch (label.place()) {
          case FIRST -> 0;
          case LAST -> names.size() - 1;
          case NAMED -> named(header, names);
          case UNKNOWN ->
              find(header, names, header ? second.map(CsvReader.Row::fields).orElse(first) : first)
                  .orElseGet(() -> firstOrLast(separator, header, names.size()));
        };
    List<Integer> pixels =
        IntStream.range(0, names.size())
            .filter(
                column ->
                    column != labels
                        && !(header && ROW_NUMBERS.contains(lowerCase(names.get(column)))))
            .boxed()
            .toList();
    if (pixels.isEmpty()) {
      throw new DataException(file + " has no columns of pixels: add some");
    }
    return new Columns(header, names, labels, pixels);
  }

  private static String lowerCase(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }

  /** Whether a row names the columns. A single text in a row of numbers may be a label. */
  private static boolean isHeader(List<String> row) {
    long texts = row.stream().filter(field -> Cells.number(field).isEmpty()).count();
    return 2 * texts > row.size()
        || row.stream().anyMatch(field -> LABEL_NAMES.contains(lowerCase(field)));
  }

  private int named(boolean header, List<String> names) {
    int column = header ? names.indexOf(label.name()) : -1;
    if (column < 0) {
      throw new DataException(
          "%s has no column %s: %s"
              .formatted(
                  file,
                  label.name(),
                  header
                      ? "it has " + NameList.some(names, NAMED)
                      : "its first line names no columns; the labels can be first or last"));
    }
    return column;
  }

  /** Finds the labels by the name of their column, or because they are not numbers. */
  private OptionalInt find(boolean header, List<String> names, List<String> values) {
    if (header) {
      OptionalInt named =
          IntStream.range(0, names.size())
              .filter(column -> LABEL_NAMES.contains(lowerCase(names.get(column))))
              .findFirst();
      if (named.isPresent()) {
        return named;
      }
    }
    int[] texts =
        IntStream.range(0, values.size())
            .filter(column -> Cells.number(values.get(column)).isEmpty())
            .toArray();
    return texts.length == 1 ? OptionalInt.of(texts[0]) : OptionalInt.empty();
  }

  /** Decides by the values: a column in which all are equal does not hold labels. */
  private int firstOrLast(char separator, boolean header, int columns) {
    Set<String> first = new TreeSet<>();
    Set<String> last = new TreeSet<>();
    try (CsvReader reader = CsvReader.open(file, separator)) {
      if (header) {
        reader.row();
      }
      for (Optional<CsvReader.Row> row = reader.row();
          row.isPresent() && (first.size() < 2 || last.size() < 2);
          row = reader.row()) {
        first.add(row.get().fields().get(0));
        last.add(row.get().fields().get(row.get().fields().size() - 1));
      }
    }
    if (first.size() > 1 == last.size() > 1) {
      throw new DataException(
          "%s: it is not clear whether the first or the last column holds the labels: say so with labelFirst(), labelLast() or label(name), on the command line --label-column first, last or NAME"
              .formatted(file));
    }
    return first.size() > 1 ? 0 : columns - 1;
  }

  /** The rows read so far. */
  private static final class Rows {
    private final Path file;
    private final Columns columns;
    private final List<String> labels = new ArrayList<>();
    private final Map<String, String> distinct = new HashMap<>(); // saves memory
    private final Cells cells;

    Rows(Path file, Columns columns) {
      this.file = file;
      this.columns = columns;
      this.cells = new Cells(file);
    }

    void add(CsvReader.Row row) {
      List<String> fields = row.fields();
      if (fields.size() != columns.names().size()) {
        throw new DataException(
            "%s, line %d: has %d fields, but the first line has %d: repair or remove it"
                .formatted(file, row.line(), fields.size(), columns.names().size()));
      }
      String text = fields.get(columns.label()).strip();
      if (text.isEmpty()) {
        throw new DataException(
            "%s, line %d: the label is missing: add it, or remove the line"
                .formatted(file, row.line()));
      }
      labels.add(distinct.computeIfAbsent(text, same -> same));
      for (int column : columns.pixels()) {
        if (!cells.add(fields.get(column))) {
          throw new DataException(
              "%s, line %d: column %s must be a number: \"%s\""
                  .formatted(file, row.line(), columns.names().get(column), fields.get(column)));
        }
      }
    }

    RawPixels pixels() {
      return cells.pixels();
    }
  }

  /** Numbers, kept as bytes as long as all of them are bytes. */
  private static final class Cells {
    private static final int FIRST_ROOM = 1 << 16;
    private static final int BYTE = 256;

    private final Path file;
    private byte[] bytes = new byte[FIRST_ROOM];
    private float[] floats = new float[0];
    private boolean areBytes = true;
    private int size;

    Cells(Path file) {
      this.file = file;
    }

    /** Returns the number that at most nine digits stand for. */
    static OptionalInt digits(String text) {
      if (text.isEmpty() || text.length() > 9) {
        return OptionalInt.empty();
      }
      int value = 0;
      for (int i = 0; i < text.length(); i++) {
        int digit = text.charAt(i) - '0';
        if (digit < 0 || digit > 9) {
          return OptionalInt.empty();
        }
        value = 10 * value + digit;
      }
      return OptionalInt.of(value);
    }

    /** Returns a finite number in decimal notation. */
    static Optional<Float> number(String text) {
      return TargetTable.isNumber(text) && Float.isFinite(Float.parseFloat(text))
          ? Optional.of(Float.parseFloat(text))
          : Optional.empty();
    }

    /** Adds a number, and returns whether it is one. */
    boolean add(String text) {
      OptionalInt whole = digits(text);
      if (whole.isPresent() && whole.getAsInt() < BYTE && areBytes) {
        makeRoom();
        bytes[size++] = (byte) whole.getAsInt();
        return true;
      }
      Optional<Float> value = number(text.strip());
      if (value.isPresent()) {
        toFloats();
        makeRoom();
        floats[size++] = value.get();
      }
      return value.isPresent();
    }

    private void toFloats() {
      if (areBytes) {
        floats = room(size);
        for (int i = 0; i < size; i++) {
          floats[i] = bytes[i] & 0xff;
        }
        bytes = new byte[0];
        areBytes = false;
      }
    }

    private void makeRoom() {
      int room = areBytes ? bytes.length : floats.length;
      if (size < room) {
        return;
      }
      long more = Math.max(FIRST_ROOM, size + (long) size / 2);
      if (areBytes) {
        byte[] larger = HeapLimit.ofProcess().allocate(what(), more, "give fewer rows");
        System.arraycopy(bytes, 0, larger, 0, size);
        bytes = larger;
      } else {
        float[] larger = room(more);
        System.arraycopy(floats, 0, larger, 0, size);
        floats = larger;
      }
    }

    private float[] room(long values) {
      HeapLimit.ofProcess().check(what(), Float.BYTES * values, "give fewer rows");
      return new float[Math.toIntExact(Math.max(FIRST_ROOM, values))];
    }

    private String what() {
      return "%s: the pixels of its rows".formatted(file);
    }

    RawPixels pixels() {
      return areBytes
          ? new RawPixels.OfBytes(Arrays.copyOf(bytes, size))
          : new RawPixels.OfFloats(Arrays.copyOf(floats, size));
    }
  }

  /** Returns the file. */
  @Override
  public String toString() {
    return "PixelTable[%s]".formatted(file);
  }
}
