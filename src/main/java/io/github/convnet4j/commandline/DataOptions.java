package io.github.convnet4j.commandline;

import io.github.convnet4j.check.Missing;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.files.DataLocator;
import io.github.convnet4j.files.ExampleParts;
import io.github.convnet4j.files.IdxFolder;
import io.github.convnet4j.files.ImageFolder;
import io.github.convnet4j.files.MaskFolder;
import io.github.convnet4j.files.TargetFolder;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import org.tensorflow.ndarray.Shape;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that choose the images, and a table of targets. */
final class DataOptions {
  /** Stands for the digits in the jar; {@code ./digits} is a folder of that name. */
  static final String DIGITS = "digits";

  @Option(
      names = "--data",
      paramLabel = "FOLDER|FILE",
      description = {
        "the images, which are one of",
        "  - a folder that contains one folder of pictures (PNG, JPEG, GIF, BMP, TIFF, DICOM) for"
            + " each class, named after the class; or such folders in train, validation (or val,"
            + " dev, eval) and test",
        "  - a folder of pictures, for which --targets names a table of numbers or labels",
        "  - a folder that contains the folders images and masks, for segmentation: masks are gray"
            + " or palette PNGs of the same names, whose values are the numbers of classes",
        "  - a folder with MNIST's four IDX files, or with other data in files of the same names",
        "  - an NPZ file such as Keras' mnist.npz or one of MedMNIST, or an NPY file of images,"
            + " with --labels",
        "  - a CSV file with a label and the pixels of an image in each row, such as Kaggle's"
            + " MNIST",
        "  - the word digits: the 1,797 handwritten digits that come with the program",
        "default: MNIST, from the folder that the environment variable CONVNET4J_DATA names, from"
            + " the user's cache folder, or downloaded to it; the digits if MNIST is not available"
      })
  private Path folder;

  @Option(
      names = "--targets",
      paramLabel = "FILE",
      description =
          "for regression and multi-label: a CSV table with a row for each picture. The first line"
              + " names the columns: one has the file names, relative to the folder of --data, the"
              + " others have numbers, or 1 and 0 for labels (default: the file targets.csv in that"
              + " folder, if there is one)")
  private Path targets;

  @Option(
      names = "--skip-unreadable",
      description =
          "skip damaged and missing pictures, and list them; without this option they are an error")
  private boolean skipUnreadable;

  @Option(
      names = "--groups",
      paramLabel = "REGEX",
      description =
          "for folders of pictures: keep pictures together, such as all slices of one patient, when"
              + " they are split into training, validation and test pictures. The regular"
              + " expression is looked for in each file's name, relative to the folder: with"
              + " 'patient(\\d+)', pictures with the same number belong together. With patient-id,"
              + " DICOM files of the same patient do. The model records it")
  private String groups;

  @ArgGroup(validate = false)
  private StorageOptions storage = new StorageOptions();

  @ArgGroup(validate = false)
  private ArrayFile arrays = new ArrayFile();

  /** Is called with the shape of pictures, and how many are for training. */
  private ObjIntConsumer<Shape> found = (image, training) -> {};

  /**
   * Calls this with the shape of pictures, and how many are for training, when the first header has
   * been read. It may throw an exception to refuse them.
   */
  void onFound(ObjIntConsumer<Shape> check) {
    found = check;
  }

  /** Returns {@code --data}, if it is a file rather than a folder. */
  Optional<Path> file() {
    return ArrayFile.file(folder);
  }

  /** Returns the folder of {@code --data}, if it holds pictures rather than IDX files. */
  Optional<Path> pictures() {
    return Optional.ofNullable(folder)
        .filter(path -> !isDigits())
        .filter(path -> Files.isDirectory(path) && !IdxFolder.exists(path));
  }

  /** Returns the task that the data seem to be for. */
  TaskKind suggestedTask() {
    if (targets != null || pictures().filter(TargetFolder::hasTable).isPresent()) {
      return TaskKind.REGRESSION;
    }
    if (file().filter(arrays::hasTargets).isPresent()) {
      return TaskKind.REGRESSION;
    }
    return pictures().filter(MaskFolder::isMaskFolder).isPresent()
        ? TaskKind.SEGMENTATION
        : TaskKind.CLASSIFICATION;
  }

  /** Refuses {@code --targets} for a task that has no table. */
  void refuseTargets(TaskKind kind) {
    if (targets != null) {
      throw new UsageException("--targets is for regression and multi-label, not for " + kind);
    }
  }

  /**
   * Reads the pictures of {@code --data} with their targets or masks.
   *
   * @param task not a classification
   */
  ExampleParts parts(KnownTask task, PictureFormat format, Output output) {
    if (file().isPresent() && task.kind().hasTable()) {
      return arrayParts(task, file().get(), format);
    }
    arrays.refuse();
    Path path =
        pictureFolder(
            task.kind().hasTable()
                ? "pictures, with a table --targets FILE.csv"
                : "the folders images and masks");
    if (targets == null) {
      checkTable(task, path, "give a table with --targets FILE.csv");
    }
    return parts(task, path, Optional.ofNullable(targets), format, output);
  }

  private ExampleParts arrayParts(KnownTask task, Path file, PictureFormat format) {
    if (targets != null) {
      throw new UsageException("--targets is for a folder of pictures, not for " + file);
    }
    ExampleParts parts = arrays.readTargets(file, format);
    if (!task.names().isEmpty() && task.names().size() != parts.names().size()) {
      throw new UsageException(
          "--data: %s has %d values for each image, but there must be %d: %s"
              .formatted(
                  file,
                  parts.names().size(),
                  task.names().size(),
                  String.join(", ", task.names())));
    }
    return parts;
  }

  /** Reads pictures in another folder, whose table, if they have one, is in that folder. */
  ExampleParts parts(KnownTask task, Path path, PictureFormat format, Output output) {
    checkTable(task, path, "put the table of its pictures there");
    return parts(task, path, Optional.empty(), format, output);
  }

  private static void checkTable(KnownTask task, Path path, String remedy) {
    if (task.kind().hasTable() && Files.isDirectory(path) && !TargetFolder.hasTable(path)) {
      throw new UsageException("%s has no file targets.csv: %s".formatted(path, remedy));
    }
  }

  private ExampleParts parts(
      KnownTask task, Path path, Optional<Path> table, PictureFormat format, Output output) {
    DataMessages messages = messages(output);
    String[] names = task.names().toArray(String[]::new);
    if (task.kind() == TaskKind.SEGMENTATION) {
      MaskFolder masks =
          MaskFolder.of(path)
              .format(format)
              .classNames(names)
              .unlabeled(task.unlabeled())
              .storage(storage.storage())
              .listener(messages);
      MaskFolder grouped = isGrouped(path) ? grouped(masks::groups) : masks;
      return (skipUnreadable ? grouped.skipUnreadable() : grouped).read();
    }
    TargetFolder all =
        table
            .map(file -> TargetFolder.of(path, file))
            .orElseGet(() -> TargetFolder.of(path))
            .format(format)
            .columns(names)
            .storage(storage.storage())
            .listener(messages);
    TargetFolder grouped = isGrouped(path) ? grouped(all::groups) : all;
    TargetFolder checked = task.kind() == TaskKind.MULTI_LABEL ? grouped.labels() : grouped;
    return (skipUnreadable ? checked.skipUnreadable() : checked).read();
  }

  /** Whether a folder is that of {@code --data}, whose pictures are in groups. */
  private boolean isGrouped(Path path) {
    return groups != null && path.equals(folder);
  }

  private <T> T grouped(Function<String, T> grouping) {
    return UsageException.naming("--groups", () -> grouping.apply(groups));
  }

  /**
   * Groups pictures like those that a model was trained on.
   *
   * @throws UsageException if {@code --groups} says otherwise
   */
  void groupLike(Model<?> model) {
    Optional<String> recorded = model.options().groups();
    if (groups != null && recorded.isPresent() && !recorded.get().equals(groups)) {
      throw new UsageException(
          "--groups must be %s, by which the pictures were grouped that the model was trained on, or be left out: %s"
              .formatted(recorded.get(), groups));
    }
    if (recorded.isPresent() && pictures().isPresent()) {
      groups = recorded.get();
    }
  }

  /** Refuses {@code --groups} for data without file names, and what is not a regular expression. */
  void checkGroups() {
    if (groups == null) {
      return;
    }
    if (!mayBePictures()) {
      throw new UsageException("--groups is for folders of pictures (--data FOLDER): " + groups);
    }
    grouped(ImageFolder.of(folder)::groups);
  }

  private Path pictureFolder(String holding) {
    if (!mayBePictures()) {
      throw new UsageException(
          "--data must be a folder with %s: %s"
              .formatted(
                  holding,
                  folder == null
                      ? "it is missing"
                      : isDigits()
                          ? "it is the bundled digits"
                          : folder + (file().isPresent() ? " is a file" : " has IDX files")));
    }
    return folder;
  }

  /** Whether {@code --data} names a folder, which may be missing, and holds no IDX files. */
  boolean mayBePictures() {
    return folder != null && !isDigits() && !IdxFolder.exists(folder) && file().isEmpty();
  }

  /**
   * Reads all images of a file as one set, and prints a message that describes them.
   *
   * @param classNames the classes in the order of their labels
   */
  DataSet readAll(Path path, Output output, PictureFormat format, List<String> classNames) {
    DataSet all = arrays.readAll(path, format, classNames);
    output.messages().printf("Data: all %d images in %s%n", all.size(), path);
    return all;
  }

  /** Returns a folder of class folders, with damaged pictures skipped if the user asked for it. */
  ImageFolder imageFolder(Path path, PictureFormat format, Output output) {
    ImageFolder pictures =
        ImageFolder.of(path).format(format).storage(storage.storage()).listener(messages(output));
    ImageFolder grouped = isGrouped(path) ? grouped(pictures::groups) : pictures;
    return skipUnreadable ? grouped.skipUnreadable() : grouped;
  }

  /**
   * Adds the picture format, and how pictures are grouped, if the data are pictures; of arrays only
   * the range, if it was given.
   */
  ModelOptions withPictures(ModelOptions options, PictureFormat format) {
    if (pictures().isEmpty()) {
      return format.range().isPresent() ? options.pictures(format) : options;
    }
    ModelOptions prepared = options.pictures(format);
    return groups == null ? prepared : prepared.groups(groups);
  }

  /** Returns the folder of {@code --data}, if it holds IDX files. */
  Optional<Path> idxFolder() {
    return Optional.ofNullable(folder).filter(path -> !isDigits() && IdxFolder.exists(path));
  }

  /**
   * Checks the options that say where pictures are kept.
   *
   * @throws UsageException if they contradict each other, or the data are not pictures
   */
  void checkStorage() {
    storage.storage();
    if (storage.given() && !mayBePictures()) {
      throw new UsageException(
          "--in-memory, --on-disk, --memory and --cache are for folders of pictures (--data"
              + " FOLDER): other images are always in memory");
    }
  }

  /** Returns the folder of {@code --cache}, if it was given. */
  Optional<Path> cache() {
    return storage.cache();
  }

  private DataMessages messages(Output output) {
    return new DataMessages(output.messages())
        .onTerminal(Terminal.showsStandardError())
        .onFound(found);
  }

  private boolean isDigits() {
    return folder.equals(Path.of(DIGITS));
  }

  /**
   * Reads the images, and prints a message that describes them.
   *
   * @param format the format of pictures; IDX files are used as they are
   */
  DataSets read(Output output, PictureFormat format) {
    return read(output, format, List.of());
  }

  /**
   * Reads the images, and prints a message that describes them.
   *
   * @param format the format of pictures; other images are used as they are
   * @param classNames the classes of images in one file; empty for those that occur
   */
  DataSets read(Output output, PictureFormat format, List<String> classNames) {
    DataMessages messages = messages(output);
    if (folder != null && !isDigits() && !Files.exists(folder)) {
      throw new UsageException(
          Missing.sentence(folder, "give --data a folder, a file, or the word digits"));
    }
    if (file().isEmpty()) {
      arrays.refuse();
    }
    Optional<DataSets> named =
        folder != null && isDigits()
            ? Optional.of(BundledDigits.read())
            : file()
                .map(path -> arrays.read(path, format, classNames))
                .or(() -> pictures().map(path -> imageFolder(path, format, output).read()));
    if (named.isPresent()) {
      messages.read(named.get());
      return named.get();
    }
    return DataLocator.ofSystem().locate(Optional.ofNullable(folder), messages);
  }
}
