package io.github.convnet4j.files;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.Missing;
import io.github.convnet4j.check.NameList;
import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.Images;
import io.github.convnet4j.data.Pixels;
import io.github.convnet4j.picture.Mask;
import io.github.convnet4j.picture.Picture;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.picture.PictureKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.UnaryOperator;
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
  private final Reading reading;
  private final List<String> classNames;
  private final int unlabeled;

  private MaskFolder(Path folder, Reading reading, List<String> classNames, int unlabeled) {
    this.folder = requireNonNull(folder, "folder");
    this.reading = reading;
    this.classNames = List.copyOf(classNames);
    this.unlabeled = unlabeled;
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
    return new MaskFolder(folder, Reading.standard(), List.of(), -1);
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
    return new MaskFolder(folder, reading.format(newFormat), classNames, unlabeled);
  }

  /**
   * Returns this folder with names for the classes, in the order of their numbers. Without names,
   * the classes are called "0", "1" and so on, up to the largest number in the masks.
   *
   * @param names from 2 to 256, all different
   */
  public MaskFolder classNames(String... names) {
    return new MaskFolder(folder, reading, List.of(names), unlabeled);
  }

  /**
   * Returns this folder with a number that stands for pixels without a label.
   *
   * @param classNumber from 0 to 255 and not that of a class; -1 for none
   */
  public MaskFolder unlabeled(int classNumber) {
    return new MaskFolder(folder, reading, classNames, classNumber);
  }

  /** Returns this folder without pictures and masks that cannot be read or do not fit together. */
  public MaskFolder skipUnreadable() {
    return new MaskFolder(folder, reading.skippingUnreadable(), classNames, unlabeled);
  }

  /**
   * Returns this folder with its pictures and masks kept in memory, on disk, or in a cache. Masks
   * that stay on disk are decoded once when the folder is read, to check their values.
   */
  public MaskFolder storage(Storage newStorage) {
    return new MaskFolder(folder, reading.storage(newStorage), classNames, unlabeled);
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
  public MaskFolder groups(String regex) {
    return new MaskFolder(
        folder, reading.grouping(Grouping.matching(regex)), classNames, unlabeled);
  }

  /**
   * Returns this folder with pictures in groups; see {@link #groups(String)}.
   *
   * @param ofName returns the group of a picture by the name of its file, relative to the folder
   *     and with slashes
   */
  public MaskFolder groups(UnaryOperator<String> ofName) {
    return new MaskFolder(folder, reading.grouping(Grouping.byName(ofName)), classNames, unlabeled);
  }

  /** Returns this folder with a listener that is told about the progress of reading. */
  public MaskFolder listener(DataListener newListener) {
    return new MaskFolder(folder, reading.listener(newListener), classNames, unlabeled);
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
          Missing.folder(
              folder, "give a folder that holds the folders %s and %s".formatted(IMAGES, MASKS)));
    }
    FolderLayout layout = FolderLayout.of(folder);
    LeftOut leftOut = new LeftOut(folder);
    FileList images = new FileList(folder);
    FileList masks = new FileList(folder);
    for (Path part : layout.all()) {
      pairs(part, leftOut).addTo(images, masks);
    }
    FolderSplit split = FolderSplit.of(layout, images, reading.grouping());
    PictureReader reader = new PictureReader(images, reading, split.train().length, 1);
    Images pictures = reader.pictures();
    Masks read = new Masks(images, masks, pictures);
    Pixels values = reader.belonging(read);
    reader.faults().check(reading.skipUnreadable());
    List<String> notes = new ArrayList<>(layout.note().stream().toList());
    notes.addAll(split.notes());
    notes.addAll(leftOut.notes());
    notes.addAll(reader.notes());
    boolean whiteIsOne = read.areBlackAndWhite();
    if (whiteIsOne) {
      notes.add("Masks: black and white, so white pixels (255) are class 1");
    }
    List<String> names = read.checkedNames(whiteIsOne);
    return ExampleParts.of(
        split, new MaskedImages(pictures, values, whiteIsOne), reader, names, "classes", notes);
  }

  /** Pictures and their masks: the file of each list with the same number. */
  private record Pairs(FileList pictures, FileList masks) {
    void addTo(FileList allPictures, FileList allMasks) {
      allPictures.addAll(pictures);
      allMasks.addAll(masks);
    }
  }

  /** Returns the pictures of a part, sorted by name, and the mask of each. */
  private Pairs pairs(Path part, LeftOut leftOut) {
    Path images = part.resolve(IMAGES);
    Path masks = part.resolve(MASKS);
    for (Path needed : List.of(images, masks)) {
      if (!Files.isDirectory(needed)) {
        throw new DataException(
            "%s does not exist: put pictures into the folder %s and a mask for each of them, of the same name, into %s"
                .formatted(needed, images, masks));
      }
    }
    FileList pictures = byName(images, leftOut);
    FileList found = byName(masks, leftOut);
    // Both are sorted by the same names.
    List<String> without = new ArrayList<>();
    int withoutMask = 0;
    int[] chosen = new int[pictures.size()];
    int[] mask = new int[pictures.size()];
    int pairs = 0;
    int m = 0;
    for (int p = 0; p < pictures.size(); p++) {
      String name = plainName(pictures, p, images);
      for (; m < found.size() && plainName(found, m, masks).compareTo(name) < 0; m++) {
        leftOut.add(found.name(m), "without a picture of the same name");
      }
      if (m < found.size() && plainName(found, m, masks).equals(name)) {
        chosen[pairs] = p;
        mask[pairs++] = m++;
      } else {
        withoutMask++;
        if (without.size() < NAMED) {
          without.add(name);
        }
        leftOut.add(pictures.name(p), "without a mask");
      }
    }
    for (; m < found.size(); m++) {
      leftOut.add(found.name(m), "without a picture of the same name");
    }
    if (withoutMask > 0 && !reading.skipUnreadable()) {
      int more = withoutMask - without.size();
      throw new DataException(
          "%d of the %d pictures in %s have no mask of the same name in %s; skipUnreadable() or --skip-unreadable leaves them out: %s%s"
              .formatted(
                  withoutMask,
                  pictures.size(),
                  images,
                  masks,
                  String.join(", ", without),
                  more > 0 ? " and %d more".formatted(more) : ""));
    }
    if (pairs == 0) {
      throw new DataException(
          "%s holds no picture with a mask: put %s files there"
              .formatted(images, PictureKind.READABLE));
    }
    return new Pairs(
        pictures.select(Arrays.copyOf(chosen, pairs)), found.select(Arrays.copyOf(mask, pairs)));
  }

  /** Returns the pictures below a folder, sorted by their names without extension. */
  private FileList byName(Path below, LeftOut leftOut) {
    FileList files = new FileList(folder);
    PictureFiles.addAll(files, below, file -> false, leftOut, reading.listener());
    int[] order =
        FileList.sorted(
            IntStream.range(0, files.size()).toArray(),
            Comparator.comparing(i -> plainName(files, i, below)));
    for (int i = 1; i < order.length; i++) {
      if (plainName(files, order[i], below).equals(plainName(files, order[i - 1], below))) {
        throw new DataException(
            "%s and %s have the same name, so masks cannot be told apart: rename one of them"
                .formatted(files.path(order[i - 1]), files.path(order[i])));
      }
    }
    return files.select(order);
  }

  /** Returns the name of a file relative to a folder, without its extension. */
  private static String plainName(FileList files, int file, Path below) {
    int prefix = FileNames.relative(files.folder(), below).length() + 1;
    return FileNames.withoutExtension(files.name(file).substring(prefix));
  }

  /** Reads masks, and notes which numbers are in them. */
  private final class Masks implements PictureReader.Belonging {
    private final FileList pictures;
    private final FileList files;
    private final Images images;

    /** The first mask with each number. */
    private final AtomicIntegerArray firstWith = new AtomicIntegerArray(WHITE + 1);

    Masks(FileList pictures, FileList files, Images images) {
      this.pictures = pictures;
      this.files = files;
      this.images = images;
      IntStream.rangeClosed(0, WHITE).forEach(i -> firstWith.set(i, Integer.MAX_VALUE));
    }

    @Override
    public String name() {
      return MASKS;
    }

    @Override
    public FileList files() {
      return files;
    }

    @Override
    public int valuesPerImage() {
      return images.height() * images.width();
    }

    @Override
    public String key() {
      return images.height() + "x" + images.width();
    }

    @Override
    public byte[] decode(int index) {
      Path file = files.path(index);
      Path picture = pictures.path(index);
      Mask mask = Mask.read(file);
      PictureFormat.Size own = Picture.size(picture);
      files.checkUnchanged(index);
      pictures.checkUnchanged(index);
      if (mask.height() != own.height() || mask.width() != own.width()) {
        throw new DataException(
            "%s is %dx%d (height x width) but its picture %s is %s: give masks of the size of their pictures"
                .formatted(file, mask.height(), mask.width(), picture, own));
      }
      return reading.format().apply(mask, Math.max(0, unlabeled)).values();
    }

    /** Returns a bit for each number: whether it is in a mask. */
    @Override
    public byte[] summary(byte[] values) {
      BitSet numbers = new BitSet(WHITE + 1);
      for (byte value : values) {
        numbers.set(Byte.toUnsignedInt(value));
      }
      return Arrays.copyOf(numbers.toByteArray(), (WHITE + 1) / Byte.SIZE);
    }

    @Override
    public int summaryLength() {
      return (WHITE + 1) / Byte.SIZE;
    }

    @Override
    public void found(int index, byte[] summary) {
      BitSet.valueOf(summary).stream()
          .forEach(number -> firstWith.accumulateAndGet(number, index, Math::min));
    }

    private int[] found() {
      return IntStream.rangeClosed(0, WHITE).filter(this::isFound).toArray();
    }

    private boolean isFound(int number) {
      return firstWith.get(number) < files.size();
    }

    boolean areBlackAndWhite() {
      return unlabeled != WHITE
          && (classNames.isEmpty() || classNames.size() == 2)
          && isFound(WHITE)
          && IntStream.of(found()).allMatch(value -> value == 0 || value == WHITE);
    }

    /** Checks that all values are numbers of classes, and returns the names of the classes. */
    List<String> checkedNames(boolean whiteIsOne) {
      int[] numbers =
          IntStream.of(found())
              .filter(value -> value != unlabeled)
              .map(value -> whiteIsOne ? Math.min(1, value) : value)
              .toArray();
      if (!classNames.isEmpty()) {
        for (int number : numbers) {
          if (number >= classNames.size()) {
            throw new DataException(
                "%s has the value %d, but there are %d classes, 0 to %d: name all classes with classNames(…) or --class-names, or give unlabeled(%d) or --unlabeled %d"
                    .formatted(
                        files.path(firstWith.get(number)),
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
