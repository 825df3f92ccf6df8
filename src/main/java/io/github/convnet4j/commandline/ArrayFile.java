package io.github.convnet4j.commandline;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.files.ExampleParts;
import io.github.convnet4j.files.NumpyData;
import io.github.convnet4j.files.PixelTable;
import io.github.convnet4j.picture.PictureFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tensorflow.ndarray.Shape;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options for images in one file: numpy's arrays, or a table of pixels. */
final class ArrayFile {
  private static final String KINDS = "an NPZ, NPY or CSV file, or a folder";

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "for images in an NPY file: the NPY file of their labels")
  private Path labels;

  @Option(
      names = "--label-column",
      paramLabel = "first|last|NAME",
      description =
          "for a CSV file: the column of the labels (default: the one that is called label, class,"
              + " target or y; otherwise the first or the last, if only one of them can be it)")
  private String labelColumn;

  @Option(
      names = "--image-shape",
      paramLabel = "HxW[xC]",
      converter = ShapeText.class,
      description =
          "for a CSV file: height, width and channels of the images (default: square, gray or RGB)")
  private Shape shape;

  private enum Kind {
    ARCHIVE,
    ARRAY,
    TABLE
  }

  /** A shape as typed: {@code 20x30} or {@code 20x30x3}. */
  static final class ShapeText implements ITypeConverter<Shape> {
    private static final Pattern TEXT = Pattern.compile("[1-9]\\d{0,4}(?:x[1-9]\\d{0,4}){1,2}");

    @Override
    public Shape convert(String text) {
      if (!TEXT.matcher(text).matches()) {
        throw new TypeConversionException(
            "'%s' must be HxW or HxWxC, such as 20x30x3".formatted(text));
      }
      long[] sizes = Arrays.stream(text.split("x", -1)).mapToLong(Long::parseLong).toArray();
      return Shape.of(sizes[0], sizes[1], sizes.length == 3 ? sizes[2] : 1);
    }
  }

  /** Refuses these options for data that are not in one file. */
  void refuse() {
    if (labels != null || labelColumn != null || shape != null) {
      throw new UsageException(
          "--labels, --label-column and --image-shape are for images in one file (--data FILE.npz,"
              + " FILE.npy or FILE.csv)");
    }
  }

  /** Whether images have several labels or numbers each. */
  boolean hasTargets(Path file) {
    return kind(file) != Kind.TABLE && arrays(file, PictureFormat.asTheyAre()).hasTargets();
  }

  /** Reads images with several labels or numbers each. */
  ExampleParts readTargets(Path file, PictureFormat format) {
    if (kind(file) == Kind.TABLE) {
      throw new UsageException(
          "--data: %s: a table of pixels has one class for each image: for several labels or numbers give an NPZ file, or pictures with --targets"
              .formatted(file));
    }
    return arrays(file, format).readTargets();
  }

  /**
   * Reads images with one class each.
   *
   * @param format of the model, with the values of black and white if it records them
   * @param classNames the classes; empty for those that occur
   */
  DataSets read(Path file, PictureFormat format, List<String> classNames) {
    String[] names = classNames.toArray(String[]::new);
    return kind(file) == Kind.TABLE
        ? table(file, format).classNames(names).read()
        : arrays(file, format).classNames(names).read();
  }

  /** Reads all images of a file, with one class each, as one set. */
  DataSet readAll(Path file, PictureFormat format, List<String> classNames) {
    String[] names = classNames.toArray(String[]::new);
    return kind(file) == Kind.TABLE
        ? table(file, format).classNames(names).readAll()
        : arrays(file, format).classNames(names).readAll();
  }

  private NumpyData arrays(Path file, PictureFormat format) {
    if (labelColumn != null || shape != null) {
      throw new UsageException(
          "--label-column and --image-shape are for CSV files, not for " + file);
    }
    if (kind(file) == Kind.ARRAY && labels == null) {
      throw new UsageException(
          "--data: %s is a single array: give the array of its labels with --labels FILE.npy"
              .formatted(file));
    }
    if (kind(file) == Kind.ARCHIVE && labels != null) {
      throw new UsageException("--labels is for images in an NPY file, not for " + file);
    }
    NumpyData data = labels == null ? NumpyData.of(file) : NumpyData.of(file, labels);
    return format.range().map(r -> data.range(r.black(), r.white())).orElse(data);
  }

  private PixelTable table(Path file, PictureFormat format) {
    if (labels != null) {
      throw new UsageException("--labels is for images in an NPY file, not for " + file);
    }
    PixelTable table = PixelTable.of(file);
    if (labelColumn != null) {
      table =
          switch (labelColumn) {
            case "first" -> table.labelFirst();
            case "last" -> table.labelLast();
            default -> table.label(labelColumn);
          };
    }
    PixelTable shaped = shape == null ? table : table.image(shape);
    return format.range().map(r -> shaped.range(r.black(), r.white())).orElse(shaped);
  }

  /** Tells a file by its first bytes, and a table, which is only text, by its name. */
  private static Kind kind(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    String head = head(file);
    if (head.startsWith("\u0093NUMPY")) {
      return Kind.ARRAY;
    }
    if (head.startsWith("PAR1")) {
      throw new UsageException(
          "--data: %s is a Parquet file, which is not read: convert it to CSV or NPZ"
              .formatted(file));
    }
    if (head.startsWith("PK") && !name.endsWith(".npz")) {
      throw new UsageException(
          "--data: %s is a ZIP archive: unpack it, and give the folder".formatted(file));
    }
    if (name.endsWith(".npz") || head.startsWith("PK")) {
      return Kind.ARCHIVE;
    }
    if (name.endsWith(".npy")) {
      return Kind.ARRAY;
    }
    if (Pattern.matches(".*\\.(?:csv|tsv|txt)(?:\\.gz)?", name)) {
      return Kind.TABLE;
    }
    throw new UsageException(
        "--data: %s is a file of another kind: give %s".formatted(file, KINDS));
  }

  private static String head(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(6), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // Whoever reads the file says why that fails.
    }
  }

  /** Returns a path if it is a file rather than a folder. */
  static Optional<Path> file(Path path) {
    return Optional.ofNullable(path).filter(Files::isRegularFile);
  }
}
