package io.github.convnet4j.files;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.NameList;
import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.HeapLimit;
import io.github.convnet4j.picture.Mask;
import io.github.convnet4j.picture.Picture;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.picture.PictureKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A folder of pictures and of masks, which hold the class of each pixel, in two subfolders:
 *
 * <pre>
 * streets/images/1.jpg
 * streets/masks/1.png
 * </pre>
 *
 * <pre>{@code
 * ExampleParts streets =
 *     MaskFolder.of(Path.of("streets")).classNames("road", "sky", "rest").unlabeled(255).read();
 * streets.lines().forEach(System.err::println); // what was read, and what was left out
 * }</pre>
 *
 * <p>A picture and its mask have the same name, apart from the extension, and the same size. Masks
 * are gray pictures or pictures with a palette, best as PNG, whose values are the numbers of
 * classes. If all masks are black and white, that is, all values are 0 or 255, white is class 1.
 * Where the {@linkplain #format format} scales the pictures, masks are scaled to the nearest pixel.
 *
 * <p>A tenth of the pictures is used for testing, and a tenth of the others for validation. The
 * choice depends only on the names of the files, so it is the same each time. Or the folders {@code
 * images} and {@code masks} are in folders named like parts of a data set ({@code train}, {@code
 * validation}, {@code test}; see {@link ImageFolder}).
 *
 * <p>Masks without a picture, and files that are not pictures, are left out, and {@link
 * ExampleParts#lines} lists them. Hidden files are ignored.
 *
 * <p>Immutable: each setting returns a new object.
 */
public final class MaskFolder {
  private static final String IMAGES = "images";
  private static final String MASKS = "masks";
  private static final int WHITE = 255;

  /** The largest number of pictures without a mask that are named. */
  private static final int NAMED = 5;

  private final Path folder;
  private final PictureFormat format;
  private final List<String> classNames;
  private final int unlabeled;
  private final boolean skipUnreadable;

  private MaskFolder(
      Path folder,
      PictureFormat format,
      List<String> classNames,
      int unlabeled,
      boolean skipUnreadable) {
    this.folder = requireNonNull(folder, "folder");
    this.format = requireNonNull(format, "format");
    this.classNames = List.copyOf(classNames);
    this.unlabeled = unlabeled;
    this.skipUnreadable = skipUnreadable;
    if (new HashSet<>(this.classNames).size() < this.classNames.size()
        || this.classNames.size() == 1
        || this.classNames.size() > WHITE + 1) {
      throw new IllegalArgumentException(
          "classNames must be different, and from 2 to 256: " + this.classNames);
    }
    if (unlabeled < -1 || unlabeled > WHITE) {
      throw new IllegalArgumentException(
          "unlabeled must be from 0 to 255, or -1 for none: " + unlabeled);
    }
    if (unlabeled >= 0 && unlabeled < this.classNames.size()) {
      throw new IllegalArgumentException(
          "unlabeled must not be the number of a class, 0 to %d: %d"
              .formatted(this.classNames.size() - 1, unlabeled));
    }
  }

  /** Returns a folder whose pictures are used {@linkplain PictureFormat#asTheyAre as they are}. */
  public static MaskFolder of(Path folder) {
    return new MaskFolder(folder, PictureFormat.asTheyAre(), List.of(), -1, false);
  }

  /** Returns whether a folder, or each of its folders for parts, holds pictures and masks. */
  public static boolean isMaskFolder(Path folder) {
    return Files.isDirectory(folder)
        && FolderLayout.of(folder).all().stream()
            .allMatch(
                part ->
                    Files.isDirectory(part.resolve(IMAGES))
                        && Files.isDirectory(part.resolve(MASKS)));
  }

  /** Returns this folder with its pictures, and masks, converted to the given format. */
  public MaskFolder format(PictureFormat newFormat) {
    return new MaskFolder(folder, newFormat, classNames, unlabeled, skipUnreadable);
  }

  /**
   * Returns this folder with names for the classes, in the order of their numbers. Without names,
   * the classes are called "0", "1" and so on, up to the largest number in the masks.
   *
   * @param names from 2 to 256, all different
   */
  public MaskFolder classNames(String... names) {
    return new MaskFolder(folder, format, List.of(names), unlabeled, skipUnreadable);
  }

  /**
   * Returns this folder with a number that stands for pixels without a label.
   *
   * @param classNumber from 0 to 255 and not that of a class; -1 for none
   */
  public MaskFolder unlabeled(int classNumber) {
    return new MaskFolder(folder, format, classNames, classNumber, skipUnreadable);
  }

  /** Returns this folder without pictures and masks that cannot be read or do not fit together. */
  public MaskFolder skipUnreadable() {
    return new MaskFolder(folder, format, classNames, unlabeled, true);
  }

  /**
   * Reads the pictures and the masks. The examples have one input, {@code [height, width,
   * channels]}, and one target, {@code [height, width]}; {@link ExampleParts#names} are the names
   * of the classes.
   *
   * @throws DataException if a picture has no mask or one of another size; if a mask has colors, or
   *     numbers that are not those of classes; if there is only one class; or if pictures cannot be
   *     read for one of the reasons that {@link ImageFolder#read} names
   */
  public ExampleParts read() {
    if (!Files.isDirectory(folder)) {
      throw new DataException(
          "%s %s: give a folder that holds the folders %s and %s"
              .formatted(
                  folder,
                  Files.exists(folder) ? "is not a folder" : "does not exist",
                  IMAGES,
                  MASKS));
    }
    FolderLayout layout = FolderLayout.of(folder);
    List<LeftOut> leftOut = new ArrayList<>();
    Map<Path, Path> masks = new HashMap<>();
    List<Path> files = new ArrayList<>();
    for (Path part : layout.all()) {
      Map<Path, Path> found = pairs(part, leftOut);
      masks.putAll(found);
      files.addAll(found.keySet());
    }
    FolderSplit split = FolderSplit.of(layout, files);
    List<Path> all = split.all();
    Masks read = new Masks(all.size(), masks);
    PictureSet pictures = PictureSet.read(all, format, skipUnreadable, read);
    List<String> notes = new ArrayList<>(layout.note().stream().toList());
    notes.addAll(LeftOut.notes(folder, leftOut));
    notes.addAll(pictures.notes());
    if (read.areBlackAndWhite()) {
      read.makeWhiteOne();
      notes.add("Masks: black and white, so white pixels (255) are class 1");
    }
    List<String> names = read.checkedNames();
    return ExampleParts.of(
        split, new MaskedImages(pictures.images(), read.values), pictures, names, "classes", notes);
  }

  /** Returns the mask of each picture of a part, in the order of the pictures' names. */
  private Map<Path, Path> pairs(Path part, List<LeftOut> leftOut) {
    Path images = part.resolve(IMAGES);
    Path masks = part.resolve(MASKS);
    for (Path needed : List.of(images, masks)) {
      if (!Files.isDirectory(needed)) {
        throw new DataException(
            "%s does not exist: put pictures into the folder %s and a mask for each of them, of the same name, into %s"
                .formatted(needed, images, masks));
      }
    }
    Map<String, Path> pictures = byName(images, leftOut);
    Map<String, Path> found = byName(masks, leftOut);
    List<String> without =
        pictures.keySet().stream().filter(name -> !found.containsKey(name)).sorted().toList();
    if (!without.isEmpty() && !skipUnreadable) {
      throw new DataException(
          "%d of the %d pictures in %s have no mask of the same name in %s; skipUnreadable() or --skip-unreadable leaves them out: %s"
              .formatted(
                  without.size(), pictures.size(), images, masks, NameList.some(without, NAMED)));
    }
    without.forEach(name -> leftOut.add(new LeftOut(pictures.remove(name), "without a mask")));
    found.forEach(
        (name, mask) -> {
          if (!pictures.containsKey(name)) {
            leftOut.add(new LeftOut(mask, "without a picture of the same name"));
          }
        });
    if (pictures.isEmpty()) {
      throw new DataException(
          "%s holds no picture with a mask: put %s files there"
              .formatted(images, PictureKind.READABLE));
    }
    Map<Path, Path> pairs = new HashMap<>();
    pictures.forEach((name, picture) -> pairs.put(picture, found.get(name)));
    return pairs;
  }

  /** Returns the pictures below a folder by their names without extension. */
  private static Map<String, Path> byName(Path folder, List<LeftOut> leftOut) {
    PictureFiles files = PictureFiles.below(folder);
    leftOut.addAll(files.others());
    Map<String, Path> byName = new HashMap<>();
    for (Path file : files.pictures()) {
      String name = FileNames.withoutExtension(FileNames.relative(folder, file));
      Path other = byName.put(name, file);
      if (other != null) {
        throw new DataException(
            "%s and %s have the same name, so masks cannot be told apart: rename one of them"
                .formatted(other, file));
      }
    }
    return byName;
  }

  /** Reads the masks into a single array. */
  private final class Masks implements PictureSet.Companion {
    private final int count;
    private final Map<Path, Path> files;
    private final Path[] firstWith = new Path[WHITE + 1];
    private byte[] values = new byte[0];

    Masks(int count, Map<Path, Path> files) {
      this.count = count;
      this.files = files;
    }

    @Override
    public int bytesPerPixel() {
      return 1;
    }

    @Override
    public void read(int index, Path picture, PictureFormat.Size size) {
      Path file = files.get(picture);
      Mask mask = Mask.read(file);
      PictureFormat.Size own = Picture.size(picture);
      if (mask.height() != own.height() || mask.width() != own.width()) {
        throw new DataException(
            "%s is %dx%d (height x width) but its picture %s is %s: give masks of the size of their pictures"
                .formatted(file, mask.height(), mask.width(), picture, own));
      }
      int pixels = size.height() * size.width();
      if (values.length == 0) {
        values =
            HeapLimit.ofProcess()
                .allocate(
                    "%d masks of %s".formatted(count, size),
                    (long) count * pixels,
                    PictureSet.SMALLER);
      }
      byte[] scaled = format.apply(mask, Math.max(0, unlabeled)).values();
      System.arraycopy(scaled, 0, values, index * pixels, pixels);
      for (byte value : scaled) {
        int number = Byte.toUnsignedInt(value);
        if (firstWith[number] == null) {
          firstWith[number] = file;
        }
      }
    }

    private int[] found() {
      return IntStream.range(0, firstWith.length).filter(i -> firstWith[i] != null).toArray();
    }

    boolean areBlackAndWhite() {
      return unlabeled != WHITE
          && (classNames.isEmpty() || classNames.size() == 2)
          && firstWith[WHITE] != null
          && IntStream.of(found()).allMatch(value -> value == 0 || value == WHITE);
    }

    void makeWhiteOne() {
      for (int i = 0; i < values.length; i++) {
        values[i] = (byte) (values[i] == 0 ? 0 : 1);
      }
      firstWith[1] = firstWith[WHITE];
      firstWith[WHITE] = null;
    }

    /** Checks that all values are numbers of classes, and returns the names of the classes. */
    List<String> checkedNames() {
      int[] numbers = IntStream.of(found()).filter(value -> value != unlabeled).toArray();
      if (!classNames.isEmpty()) {
        for (int number : numbers) {
          if (number >= classNames.size()) {
            throw new DataException(
                "%s has the value %d, but there are %d classes, 0 to %d: name all classes with classNames(…) or --class-names, or give unlabeled(%d) or --unlabeled %d"
                    .formatted(
                        firstWith[number],
                        number,
                        classNames.size(),
                        classNames.size() - 1,
                        number,
                        number));
          }
        }
        return classNames;
      }
      if (numbers.length < 2) {
        throw new DataException(
            "%s: the masks have only %s: give masks of at least two classes, background and one other"
                .formatted(
                    folder,
                    numbers.length == 0 ? "unlabeled pixels" : "pixels of class " + numbers[0]));
      }
      int largest = numbers[numbers.length - 1];
      if (largest != numbers.length - 1) {
        throw new DataException(
            "%s: the masks have the values %s, which are not 0 to %d: name all classes with classNames(…) or --class-names, or give the value of pixels without a class with unlabeled(%d) or --unlabeled %d"
                .formatted(
                    folder,
                    NameList.some(Arrays.stream(numbers).mapToObj(String::valueOf).toList(), 10),
                    numbers.length - 1,
                    largest,
                    largest));
      }
      return IntStream.rangeClosed(0, largest).mapToObj(String::valueOf).toList();
    }
  }
}
