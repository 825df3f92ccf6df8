package io.github.convnet4j.files;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.data.Groups;
import io.github.convnet4j.data.Images;
import io.github.convnet4j.files.FolderLayout.Part;
import io.github.convnet4j.files.Grouping.Taken;
import io.github.convnet4j.picture.PictureFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A folder that has a subfolder of pictures (PNG, JPEG, GIF, BMP, TIFF) for each class, named after
 * the class:
 *
 * <pre>
 * pets/cats/1.jpg
 * pets/cats/2.jpg
 * pets/dogs/1.jpg
 * </pre>
 *
 * <pre>{@code
 * DataSets pets =
 *     ImageFolder.of(Path.of("pets")).format(PictureFormat.asTheyAre().size(64, 64)).read();
 * pets.lines().forEach(System.err::println); // what was read, and what was left out
 * }</pre>
 *
 * <p>Classes are numbered in the order of their names. A tenth of the pictures is used for testing,
 * and a tenth of the others for validation. Each part has the classes in proportion. The choice
 * depends only on the names of the files, so it is the same each time.
 *
 * <p>If all subfolders are named like parts of a data set, they must hold the class folders. A
 * missing validation or test part is then taken from the training pictures. The names, in upper or
 * lower case, are:
 *
 * <ul>
 *   <li>{@code train}, {@code training};
 *   <li>{@code validation}, {@code valid}, {@code val}, {@code dev}, {@code development}, {@code
 *       eval}, {@code evaluation};
 *   <li>{@code test}, {@code testing};
 *   <li>each of them followed by {@code set}, {@code data} or {@code images}: {@code Training_Set}.
 * </ul>
 *
 * <p>Subfolders of class folders are searched too. Files that are not pictures are left out, and
 * {@link DataSets#notes} lists them. Hidden files, and those that desktops create ({@code
 * Thumbs.db}), are ignored.
 *
 * <p>Immutable: each setting returns a new object.
 */
public final class ImageFolder {
  private final Path folder;
  private final Reading reading;

  private ImageFolder(Path folder, Reading reading) {
    this.folder = requireNonNull(folder, "folder");
    this.reading = reading;
  }

  /** Returns a folder whose pictures are used {@linkplain PictureFormat#asTheyAre as they are}. */
  public static ImageFolder of(Path folder) {
    return new ImageFolder(folder, Reading.standard());
  }

  /** Returns this folder with its pictures converted to the given format. */
  public ImageFolder format(PictureFormat newFormat) {
    return new ImageFolder(folder, reading.format(newFormat));
  }

  /**
   * Returns this folder without pictures that are damaged or cannot be read for another reason. To
   * know which, pictures that stay on disk are all decoded once when the folder is read.
   */
  public ImageFolder skipUnreadable() {
    return new ImageFolder(folder, reading.skippingUnreadable());
  }

  /** Returns this folder with its pictures kept in memory, on disk, or in a cache. */
  public ImageFolder storage(Storage newStorage) {
    return new ImageFolder(folder, reading.storage(newStorage));
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
  public ImageFolder groups(String regex) {
    return new ImageFolder(folder, reading.grouping(Grouping.matching(regex)));
  }

  /**
   * Returns this folder with pictures in groups; see {@link #groups(String)}.
   *
   * @param ofName returns the group of a picture by the name of its file, relative to the folder
   *     and with slashes
   */
  public ImageFolder groups(UnaryOperator<String> ofName) {
    return new ImageFolder(folder, reading.grouping(Grouping.byName(ofName)));
  }

  /** Returns this folder with a listener that is told about the progress of reading. */
  public ImageFolder listener(DataListener newListener) {
    return new ImageFolder(folder, reading.listener(newListener));
  }

  /**
   * Labeled pictures.
   *
   * @param images at least one
   * @param notes what was left out, a sentence each
   */
  public record Pictures(DataSet images, List<String> notes) {
    /** Copies the notes. */
    public Pictures {
      requireNonNull(images, "images");
      notes = List.copyOf(notes);
    }
  }

  /**
   * Reads the pictures as training, validation and test data.
   *
   * @throws DataException if there are fewer than two class folders; if one of them has no picture;
   *     if a picture cannot be read and {@link #skipUnreadable} is not set; if the pictures have
   *     different sizes and the format has none; if they do not fit into the heap; or if some
   *     subfolders are named like parts and others are not
   */
  public DataSets read() {
    FolderLayout layout = FolderLayout.of(folder);
    FileList files = new FileList(folder);
    LeftOut leftOut = new LeftOut(folder);
    ClassFolders learning = list(layout.training(), files, leftOut);
    List<String> names = learning.names();
    if (names.size() < 2) {
      throw new DataException(
          "%s holds only one class folder, %s: give at least two classes, or the folder that holds the class folders"
              .formatted(learning.folder(), names.get(0)));
    }
    Optional<ClassFolders> tests = layout.part(Part.TEST).map(path -> list(path, files, leftOut));
    Optional<ClassFolders> validations =
        layout.part(Part.VALIDATION).map(path -> list(path, files, leftOut));
    int[] labels = new int[files.size()];
    Stream.of(Optional.of(learning), tests, validations)
        .flatMap(Optional::stream)
        .forEach(folders -> folders.label(labels, names));
    Optional<Groups> groups = reading.grouping().map(grouping -> grouping.of(files));
    Taken forTest = take(tests, learning.spread(), groups, labels, files);
    Taken forValidation = take(validations, forTest.rest(), groups, labels, files);
    int[] test = forTest.taken();
    int[] validation = forValidation.taken();
    int[] train = forValidation.rest();

    PictureReader reader = new PictureReader(files, reading, train.length, 0);
    DataSet ungrouped = read(reader, labels, names);
    DataSet images = groups.map(ungrouped::grouped).orElse(ungrouped);
    List<String> notes = new ArrayList<>(layout.note().stream().toList());
    groups.ifPresent(all -> notes.addAll(Grouping.notes(all, train, validation, test)));
    notes.addAll(leftOut.notes());
    notes.addAll(reader.notes());
    return new DataSets(
        select(images, reader.readable(train), Part.TRAIN),
        select(images, reader.readable(validation), Part.VALIDATION),
        select(images, reader.readable(test), Part.TEST),
        names,
        "pictures from " + folder.toAbsolutePath().normalize(),
        notes);
  }

  /** Takes the pictures for a part: those of its folder, or a tenth of the others. */
  private Taken take(
      Optional<ClassFolders> own,
      int[] others,
      Optional<Groups> groups,
      int[] labels,
      FileList files) {
    if (own.isPresent()) {
      return new Taken(own.get().pictures(), others);
    }
    int tenth = tenth(others.length);
    return groups
        .map(all -> Grouping.takeTenth(all, labels, others, files))
        .orElseGet(
            () ->
                new Taken(
                    Arrays.copyOf(others, tenth),
                    Arrays.copyOfRange(others, tenth, others.length)));
  }

  private ClassFolders list(Path part, FileList files, LeftOut leftOut) {
    return ClassFolders.list(part, files, leftOut, reading.listener());
  }

  /**
   * Reads all pictures as one set, class by class.
   *
   * @param classNames the classes in the order of their labels; some of them may have no folder
   * @throws DataException like {@link #read}, or if a folder has another name
   */
  public Pictures readAll(List<String> classNames) {
    FolderLayout layout = FolderLayout.of(folder);
    FileList files = new FileList(folder);
    LeftOut leftOut = new LeftOut(folder);
    List<ClassFolders> parts =
        layout.all().stream().map(part -> list(part, files, leftOut)).toList();
    int[] labels = new int[files.size()];
    parts.forEach(folders -> folders.label(labels, classNames));
    PictureReader reader = new PictureReader(files, reading, 0, 0);
    DataSet images = read(reader, labels, classNames);
    List<String> notes = new ArrayList<>(leftOut.notes());
    notes.addAll(reader.notes());
    int[] all = IntStream.range(0, files.size()).toArray();
    return new Pictures(images.select(reader.readable(all)), notes);
  }

  private DataSet read(PictureReader reader, int[] labels, List<String> classNames) {
    Images images = reader.pictures();
    reader.faults().check(reading.skipUnreadable());
    checkClasses(labels, reader.faults(), classNames);
    return DataSet.of(images, labels, classNames.size());
  }

  /** Checks that no class disappears because none of its pictures can be read. */
  private void checkClasses(int[] labels, FaultyFiles faults, List<String> classNames) {
    int[] read = new int[classNames.size()];
    int[] unread = new int[classNames.size()];
    for (int i = 0; i < labels.length; i++) {
      (faults.has(i) ? unread : read)[labels[i]]++;
    }
    for (int c = 0; c < read.length; c++) {
      if (unread[c] > 0 && read[c] == 0) {
        throw new DataException(
            "%s: none of the %d pictures of class %s can be read: repair some of them, or delete the class"
                .formatted(folder, unread[c], classNames.get(c)));
      }
    }
  }

  private DataSet select(DataSet images, int[] readable, Part part) {
    if (readable.length == 0) {
      throw new DataException(
          "%s: none of the %s pictures can be read: repair some of them, or add others"
              .formatted(folder, part.title()));
    }
    return images.select(readable);
  }

  /** Returns how many pictures are a tenth, at least one. */
  private int tenth(int pictures) {
    int tenth = NameSplit.tenth(pictures);
    if (tenth == 0) {
      throw new DataException(
          folder + " holds too few pictures: give at least three, to train, validate and test on");
    }
    return tenth;
  }
}
