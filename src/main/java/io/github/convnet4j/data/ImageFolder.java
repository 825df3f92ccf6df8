package io.github.convnet4j.data;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.data.FolderLayout.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A folder that has a folder of pictures (PNG, JPEG, GIF, BMP, TIFF) for each class, named as the
 * class is:
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
 * <p>Classes are numbered in the order of their names. A tenth of the pictures is for testing and
 * one for validation. They are chosen by the files' names alone, so that it is the same tenth each
 * time, and so that each part has the classes in their proportion.
 *
 * <p>If all folders in it are named as parts are, the class folders are looked for in these, and
 * only a part that is missing is taken from the training pictures. The names are, in capitals or
 * not:
 *
 * <ul>
 *   <li>{@code train}, {@code training};
 *   <li>{@code validation}, {@code valid}, {@code val}, {@code dev}, {@code development}, {@code
 *       eval}, {@code evaluation};
 *   <li>{@code test}, {@code testing};
 *   <li>each of them followed by {@code set}, {@code data} or {@code images}: {@code Training_Set}.
 * </ul>
 *
 * <p>Folders in class folders are looked through, too. Files that hold no picture are left out, and
 * {@link DataSets#notes} says which; hidden files, and those that desktops leave ({@code
 * Thumbs.db}), are passed over.
 *
 * <p>Immutable; each method gives the same with one thing changed.
 */
public final class ImageFolder {
  /** One in so many is kept for validation, and for testing, where there is no folder of it. */
  private static final int SHARE = 10;

  private final Path folder;
  private final PictureFormat format;
  private final boolean skipUnreadable;

  private ImageFolder(Path folder, PictureFormat format, boolean skipUnreadable) {
    this.folder = requireNonNull(folder, "folder");
    this.format = requireNonNull(format, "format");
    this.skipUnreadable = skipUnreadable;
  }

  /** A folder whose pictures are taken {@linkplain PictureFormat#asTheyAre as they are}. */
  public static ImageFolder of(Path folder) {
    return new ImageFolder(folder, PictureFormat.asTheyAre(), false);
  }

  /** With its pictures brought into this format. */
  public ImageFolder format(PictureFormat newFormat) {
    return new ImageFolder(folder, newFormat, skipUnreadable);
  }

  /** With pictures left out that are damaged, or cannot be read for another reason. */
  public ImageFolder skipUnreadable() {
    return new ImageFolder(folder, format, true);
  }

  /**
   * Pictures of some classes.
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
   * Reads the pictures in three parts.
   *
   * @throws DataException if there are fewer than two class folders, one of them has no picture,
   *     pictures cannot be read and are not to be left out, they are not all of one size and the
   *     format has none, they take more memory than the heap has for images, or some folders are
   *     named as parts are and others are not
   */
  public DataSets read() {
    FolderLayout layout = FolderLayout.of(folder);
    ClassFolders learning = ClassFolders.list(layout.training());
    List<String> names = learning.names();
    if (names.size() < 2) {
      throw new DataException(
          "%s holds the one class folder %s: give at least two classes, or the folder in which the class folders are"
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
    PictureSet pictures = PictureSet.read(all, names.size(), format, skipUnreadable);
    checkClasses(all, pictures, names);
    int learnt = test.size() + validation.size();
    List<String> notes = new ArrayList<>(layout.note().stream().toList());
    notes.addAll(LeftOut.notes(folder, leftOut));
    notes.addAll(pictures.notes());
    return new DataSets(
        readable(pictures.part(learnt, all.size()), Part.TRAIN),
        readable(pictures.part(test.size(), learnt), Part.VALIDATION),
        readable(pictures.part(0, test.size()), Part.TEST),
        names,
        "pictures from " + folder.toAbsolutePath().normalize(),
        notes);
  }

  /**
   * Reads all pictures as one set, class after class.
   *
   * @param classNames the classes in the order of their labels; there may be folders of some alone
   * @throws DataException as {@link #read}, or if there is a folder of another name
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
    PictureSet pictures = PictureSet.read(all, classNames.size(), format, skipUnreadable);
    checkClasses(all, pictures, classNames);
    List<String> notes = new ArrayList<>(LeftOut.notes(folder, leftOut));
    notes.addAll(pictures.notes());
    return new Pictures(pictures.part(0, all.size()).orElseThrow(), notes);
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

  /** A class must not vanish because none of its pictures can be read. */
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
            "%s: none of the %d pictures of class %s can be read: mend some of them, or delete the class"
                .formatted(folder, unread[c], classNames.get(c)));
      }
    }
  }

  private DataSet readable(Optional<DataSet> images, Part part) {
    return images.orElseThrow(
        () ->
            new DataException(
                "%s: none of the %s pictures can be read: mend some of them, or add others"
                    .formatted(folder, part.title())));
  }

  /** Takes the first tenth away, at least one. */
  private List<LabelledPicture> cut(List<LabelledPicture> from) {
    int count = Math.max(1, Math.round((float) from.size() / SHARE));
    if (from.size() - count < 1) {
      throw new DataException(
          folder + " holds too few pictures: give at least three, to train, validate and test on");
    }
    List<LabelledPicture> beginning = from.subList(0, count);
    List<LabelledPicture> taken = List.copyOf(beginning);
    beginning.clear();
    return taken;
  }
}
