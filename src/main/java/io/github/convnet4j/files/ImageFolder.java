package io.github.convnet4j.files;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.files.FolderLayout.Part;
import io.github.convnet4j.picture.PictureFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
  private final PictureFormat format;
  private final boolean skipUnreadable;

  private ImageFolder(Path folder, PictureFormat format, boolean skipUnreadable) {
    this.folder = requireNonNull(folder, "folder");
    this.format = requireNonNull(format, "format");
    this.skipUnreadable = skipUnreadable;
  }

  /** Returns a folder whose pictures are used {@linkplain PictureFormat#asTheyAre as they are}. */
  public static ImageFolder of(Path folder) {
    return new ImageFolder(folder, PictureFormat.asTheyAre(), false);
  }

  /** Returns this folder with its pictures converted to the given format. */
  public ImageFolder format(PictureFormat newFormat) {
    return new ImageFolder(folder, newFormat, skipUnreadable);
  }

  /** Returns this folder without pictures that are damaged or cannot be read for another reason. */
  public ImageFolder skipUnreadable() {
    return new ImageFolder(folder, format, true);
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
    ClassFolders learning = ClassFolders.list(layout.training());
    List<String> names = learning.names();
    if (names.size() < 2) {
      throw new DataException(
          "%s holds only one class folder, %s: give at least two classes, or the folder that holds the class folders"
              .formatted(learning.folder(), names.get(0)));
    }
    List<LeftOut> leftOut = new ArrayList<>(learning.leftOut());
    List<LabelledPicture> train = new ArrayList<>(learning.spread(names));
    List<LabelledPicture> test =
        part(layout, Part.TEST, names, leftOut).orElseGet(() -> cut(train));
    List<LabelledPicture> validation =
        part(layout, Part.VALIDATION, names, leftOut).orElseGet(() -> cut(train));

    List<LabelledPicture> all = new ArrayList<>(test);
    all.addAll(validation);
    all.addAll(train);
    PictureSet pictures = read(all);
    checkClasses(all, pictures, names);
    DataSet images = dataSet(pictures, all, names);
    int learnt = test.size() + validation.size();
    List<String> notes = new ArrayList<>(layout.note().stream().toList());
    notes.addAll(LeftOut.notes(folder, leftOut));
    notes.addAll(pictures.notes());
    return new DataSets(
        select(images, pictures.readable(learnt, all.size()), Part.TRAIN),
        select(images, pictures.readable(test.size(), learnt), Part.VALIDATION),
        select(images, pictures.readable(0, test.size()), Part.TEST),
        names,
        "pictures from " + folder.toAbsolutePath().normalize(),
        notes);
  }

  /**
   * Reads all pictures as one set, class by class.
   *
   * @param classNames the classes in the order of their labels; some of them may have no folder
   * @throws DataException like {@link #read}, or if a folder has another name
   */
  public Pictures readAll(List<String> classNames) {
    FolderLayout layout = FolderLayout.of(folder);
    List<LabelledPicture> all = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    for (Path part : layout.all()) {
      ClassFolders folders = ClassFolders.list(part);
      all.addAll(folders.pictures(classNames));
      leftOut.addAll(folders.leftOut());
    }
    PictureSet pictures = read(all);
    checkClasses(all, pictures, classNames);
    List<String> notes = new ArrayList<>(LeftOut.notes(folder, leftOut));
    notes.addAll(pictures.notes());
    return new Pictures(
        dataSet(pictures, all, classNames).select(pictures.readable(0, all.size())), notes);
  }

  private PictureSet read(List<LabelledPicture> all) {
    return PictureSet.read(
        all.stream().map(LabelledPicture::file).toList(), format, skipUnreadable);
  }

  private static DataSet dataSet(
      PictureSet pictures, List<LabelledPicture> all, List<String> classNames) {
    int[] labels = all.stream().mapToInt(LabelledPicture::label).toArray();
    return DataSet.of(pictures.images(), labels, classNames.size());
  }

  private static Optional<List<LabelledPicture>> part(
      FolderLayout layout, Part part, List<String> classNames, List<LeftOut> leftOut) {
    return layout
        .part(part)
        .map(
            path -> {
              ClassFolders folders = ClassFolders.list(path);
              leftOut.addAll(folders.leftOut());
              return folders.pictures(classNames);
            });
  }

  /** Checks that no class disappears because none of its pictures can be read. */
  private void checkClasses(
      List<LabelledPicture> all, PictureSet pictures, List<String> classNames) {
    int[] read = new int[classNames.size()];
    int[] unread = new int[classNames.size()];
    for (int i = 0; i < all.size(); i++) {
      (pictures.faults().containsKey(i) ? unread : read)[all.get(i).label()]++;
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

  /** Removes and returns the first tenth, at least one picture. */
  private List<LabelledPicture> cut(List<LabelledPicture> from) {
    List<LabelledPicture> taken = NameSplit.takeTenth(from);
    if (taken.isEmpty()) {
      throw new DataException(
          folder + " holds too few pictures: give at least three, to train, validate and test on");
    }
    return taken;
  }
}
