package io.github.convnet4j.files;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.Missing;
import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.Images;
import io.github.convnet4j.data.TargetSet;
import io.github.convnet4j.picture.PictureFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A folder of pictures (PNG, JPEG, GIF, BMP, TIFF), and a table of numbers for each of them in a
 * CSV file:
 *
 * <pre>
 * file,width,height
 * 1.png,3.5,12
 * below/2.png,4,11.25
 * </pre>
 *
 * <pre>{@code
 * ExampleParts boxes = TargetFolder.of(Path.of("boxes"), Path.of("boxes.csv")).read();
 * boxes.lines().forEach(System.err::println); // what was read, and what was left out
 * Regression task = Tasks.regression(boxes.names().toArray(String[]::new));
 * }</pre>
 *
 * <p>The first line names the columns. The files are named, relative to the folder and with or
 * without an extension, in the column called {@code file}, {@code filename}, {@code image}, {@code
 * picture} or {@code path}, otherwise in the first one. All other columns are targets, unless
 * {@link #columns} chooses some. A column without a name, as pandas writes for its index, is
 * ignored. The file is in UTF-8 and follows RFC 4180.
 *
 * <p>A tenth of the pictures is used for testing, and a tenth of the others for validation. The
 * choice depends only on the names of the files, so it is the same each time. If all subfolders are
 * named like parts of a data set ({@code train}, {@code validation}, {@code test}; see {@link
 * ImageFolder}), the pictures in them are those parts.
 *
 * <p>Pictures without a row, and files that are not pictures, are left out, and {@link
 * ExampleParts#lines} lists them. Hidden files are ignored.
 *
 * <p>Immutable: each setting returns a new object.
 */
public final class TargetFolder {
  /** The name of a table in the folder of its pictures. */
  private static final String TABLE = "targets.csv";

  private final Path folder;
  private final Path table;
  private final Reading reading;
  private final List<String> columns;
  private final boolean labels;

  private TargetFolder(
      Path folder, Path table, Reading reading, List<String> columns, boolean labels) {
    this.folder = requireNonNull(folder, "folder");
    this.table = requireNonNull(table, "table");
    this.reading = reading;
    this.columns = List.copyOf(columns);
    this.labels = labels;
  }

  /** Returns a folder whose table is the file {@code targets.csv} in it. */
  public static TargetFolder of(Path folder) {
    return of(folder, folder.resolve(TABLE));
  }

  /**
   * Returns a folder whose pictures are used {@linkplain PictureFormat#asTheyAre as they are}.
   *
   * @param table the CSV file
   */
  public static TargetFolder of(Path folder, Path table) {
    return new TargetFolder(folder, table, Reading.standard(), List.of(), false);
  }

  /** Returns whether a folder has a table of the name that {@link #of(Path)} reads. */
  public static boolean hasTable(Path folder) {
    return Files.isRegularFile(folder.resolve(TABLE));
  }

  /** Returns this folder with its pictures converted to the given format. */
  public TargetFolder format(PictureFormat newFormat) {
    return new TargetFolder(folder, table, reading.format(newFormat), columns, labels);
  }

  /** Returns this folder with these columns as targets, in this order; none for all. */
  public TargetFolder columns(String... names) {
    return new TargetFolder(folder, table, reading, List.of(names), labels);
  }

  /** Returns this folder with targets that must be 1 or 0: whether a picture has a label. */
  public TargetFolder labels() {
    return new TargetFolder(folder, table, reading, columns, true);
  }

  /**
   * Returns this folder without pictures that are damaged or cannot be read for another reason, and
   * without rows whose picture is missing.
   */
  public TargetFolder skipUnreadable() {
    return new TargetFolder(folder, table, reading.skippingUnreadable(), columns, labels);
  }

  /** Returns this folder with its pictures kept in memory, on disk, or in a cache. */
  public TargetFolder storage(Storage newStorage) {
    return new TargetFolder(folder, table, reading.storage(newStorage), columns, labels);
  }

  /**
   * Returns this folder with pictures in groups, such as all slices of one patient: all pictures of
   * a group are in the same part, and stay together if the parts are split again.
   *
   * @param regex a regular expression that is looked for in the name of each file, relative to the
   *     folder and with slashes, for example {@code patient(\\d+)}: pictures belong together if its
   *     capturing groups match the same text, or the whole expression if it has none. Or {@code
   *     patient-id}: DICOM files belong together if they name the same patient (PatientID)
   * @throws IllegalArgumentException if it is not a regular expression
   */
  public TargetFolder groups(String regex) {
    return new TargetFolder(
        folder, table, reading.grouping(Grouping.matching(regex)), columns, labels);
  }

  /**
   * Returns this folder with pictures in groups; see {@link #groups(String)}.
   *
   * @param ofName returns the group of a picture by the name of its file, relative to the folder
   *     and with slashes
   */
  public TargetFolder groups(UnaryOperator<String> ofName) {
    return new TargetFolder(
        folder, table, reading.grouping(Grouping.byName(ofName)), columns, labels);
  }

  /** Returns this folder with a listener that is told about the progress of reading. */
  public TargetFolder listener(DataListener newListener) {
    return new TargetFolder(folder, table, reading.listener(newListener), columns, labels);
  }

  /**
   * Reads the table and the pictures. The examples are a {@link TargetSet}, and {@link
   * ExampleParts#names} are the names of the columns.
   *
   * @throws DataException if the table is not as described, a picture is named twice or missing, a
   *     target is not a number, or the pictures cannot be read for one of the reasons that {@link
   *     ImageFolder#read} names
   */
  public ExampleParts read() {
    if (!Files.isDirectory(folder)) {
      throw new DataException(Missing.folder(folder, "give a folder of pictures"));
    }
    FolderLayout layout = FolderLayout.of(folder);
    LeftOut others = new LeftOut(folder);
    FileList all = new FileList(folder);
    Path own = table.toAbsolutePath().normalize();
    PictureFiles.addAll(
        all,
        folder,
        file -> file.toAbsolutePath().normalize().equals(own),
        others,
        reading.listener());
    TargetTable targets = TargetTable.read(table, all, columns, labels);
    targets.check(reading.skipUnreadable());
    int[] chosen =
        IntStream.of(targets.pictures()).filter(i -> layout.holds(all.name(i))).toArray();
    FileList files = all.select(chosen);
    FolderSplit split = FolderSplit.of(layout, files, reading.grouping());
    List<String> notes = new ArrayList<>(layout.note().stream().toList());
    notes.addAll(split.notes());
    notes.addAll(targets.notes());
    notes.addAll(leftOut(all, others, targets, layout).notes());

    PictureReader reader = new PictureReader(files, reading, split.train().length, 0);
    Images pictures = reader.pictures();
    reader.faults().check(reading.skipUnreadable());
    notes.addAll(reader.notes());
    int n = targets.names().size();
    return ExampleParts.of(
        split,
        TargetSet.of(pictures, targets.values(chosen), n),
        reader,
        targets.names(),
        n == 1 ? "target" : "targets",
        notes);
  }

  private LeftOut leftOut(FileList all, LeftOut others, TargetTable targets, FolderLayout layout) {
    LeftOut leftOut = new LeftOut(folder);
    for (int i = 0; i < all.size(); i++) {
      if (!targets.has(i)) {
        leftOut.add(all.name(i), "without a row in " + table.getFileName());
      } else if (!layout.holds(all.name(i))) {
        leftOut.add(all.name(i), "outside the folders of the parts");
      }
    }
    leftOut.addAll(others);
    return leftOut;
  }
}
