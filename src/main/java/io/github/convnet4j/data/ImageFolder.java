package io.github.convnet4j.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A folder that has a folder of pictures for each class:
 *
 * <pre>
 * pets/cats/1.jpg
 * pets/cats/2.jpg
 * pets/dogs/1.jpg
 * </pre>
 */
final class ImageFolder {
  private static final String TRAIN = "train";
  private static final String TEST = "test";
  private static final Set<String> VALIDATION = Set.of("validation", "valid", "val");

  /** One in so many is kept for validation, and for testing, where there is no folder of it. */
  private static final int SHARE = 10;

  private ImageFolder() {}

  static DataSets read(Path folder, PictureFormat format) {
    Optional<Path> trainFolder = trainFolder(folder);
    ClassFolders learning = ClassFolders.list(trainFolder.orElse(folder));
    List<String> names = learning.names();
    if (names.size() < 2) {
      throw new DataException(
          "%s holds the one class folder %s: give at least two classes"
              .formatted(learning.folder(), names.get(0)));
    }
    List<LabelledPicture> train = new ArrayList<>(learning.spread(names));
    Optional<Path> parts = trainFolder.map(Path::getParent);
    List<LabelledPicture> test =
        parts.flatMap(path -> part(path, Set.of(TEST), names)).orElseGet(() -> cut(train, folder));
    List<LabelledPicture> validation =
        parts.flatMap(path -> part(path, VALIDATION, names)).orElseGet(() -> cut(train, folder));

    List<LabelledPicture> all = new ArrayList<>(test);
    all.addAll(validation);
    all.addAll(train);
    DataSet images = LabelledPicture.readAll(all, names.size(), format);
    int learnt = test.size() + validation.size();
    return new DataSets(
        images.subset(learnt, all.size()),
        images.subset(test.size(), learnt),
        images.subset(0, test.size()),
        names,
        "pictures from " + folder.toAbsolutePath().normalize());
  }

  /** All pictures as one set, class after class. */
  static DataSet readAll(Path folder, PictureFormat format, List<String> classNames) {
    return LabelledPicture.readAll(
        ClassFolders.list(folder).pictures(classNames), classNames.size(), format);
  }

  /** The folder {@code train}, if it is there and beside it nothing but the other parts. */
  private static Optional<Path> trainFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    List<String> names =
        ClassFolders.foldersIn(folder).stream().map(p -> p.getFileName().toString()).toList();
    boolean parts =
        names.stream().allMatch(n -> n.equals(TRAIN) || n.equals(TEST) || VALIDATION.contains(n));
    return parts && names.contains(TRAIN) ? Optional.of(folder.resolve(TRAIN)) : Optional.empty();
  }

  private static Optional<List<LabelledPicture>> part(
      Path parts, Set<String> names, List<String> classNames) {
    return names.stream()
        .sorted()
        .map(parts::resolve)
        .filter(Files::isDirectory)
        .findFirst()
        .map(path -> ClassFolders.list(path).pictures(classNames));
  }

  /** Takes the first tenth away, at least one. */
  private static List<LabelledPicture> cut(List<LabelledPicture> from, Path folder) {
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
