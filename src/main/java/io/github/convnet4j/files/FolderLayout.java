package io.github.convnet4j.files;

import io.github.convnet4j.check.NameList;
import io.github.convnet4j.data.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The layout of a folder: either it holds the class folders itself, or it holds a folder for each
 * part (training, validation, test), which hold the class folders.
 *
 * @param folder the folder
 * @param parts the folder of each part; empty if it holds class folders itself
 */
record FolderLayout(Path folder, Map<Part, Path> parts) {
  /** The accepted names, for messages. */
  private static final String NAMES =
      "name the parts train, validation (or valid, val, dev, eval) and test";

  /** A part of the data, by its purpose. */
  enum Part {
    TRAIN("training", "train|training"),
    VALIDATION("validation", "validation|valid|val|dev|development|eval|evaluation"),
    TEST("test", "test|testing");

    private final String title;
    private final Pattern names;

    Part(String title, String names) {
      this.title = title;
      this.names = Pattern.compile("(?:%s)(?:set|data|images)?".formatted(names));
    }

    /** Returns the part as an adjective, for messages. */
    String title() {
      return title;
    }

    /** Returns the part with the given name, in any spelling, such as {@code Training_Set}. */
    static Optional<Part> called(String name) {
      String plain = name.toLowerCase(Locale.ROOT).replaceAll("[ _.-]", "");
      return Arrays.stream(values()).filter(p -> p.names.matcher(plain).matches()).findFirst();
    }

    /** Whether a name suggests a part, such as {@code train2} or {@code old test}. */
    static boolean sounds(String name) {
      return called(name).isPresent()
          || Pattern.compile("[^a-z]+")
              .splitAsStream(name.toLowerCase(Locale.ROOT))
              .anyMatch(word -> called(word).isPresent());
    }
  }

  /**
   * Returns the layout, judging by the names of the subfolders.
   *
   * @throws DataException if some are named like parts and others are not, or two are the same part
   */
  static FolderLayout of(Path folder) {
    if (!Files.isDirectory(folder)) {
      return new FolderLayout(folder, Map.of());
    }
    List<Path> folders = ClassFolders.foldersIn(folder);
    boolean allParts =
        !folders.isEmpty()
            && folders.stream().allMatch(path -> Part.called(FileNames.of(path)).isPresent());
    if (!allParts) {
      checkClear(folder, folders);
      return new FolderLayout(folder, Map.of());
    }
    Map<Part, Path> parts = new EnumMap<>(Part.class);
    for (Path path : folders) {
      Part part = Part.called(FileNames.of(path)).orElseThrow();
      Path other = parts.put(part, path);
      if (other != null) {
        throw new DataException(
            "%s and %s both hold %s pictures: keep one of them, or merge them"
                .formatted(other, path, part.title()));
      }
    }
    return new FolderLayout(folder, parts);
  }

  /** A class may be called train, but a folder of that name that holds only folders is a part. */
  private static void checkClear(Path folder, List<Path> folders) {
    for (Path path : folders) {
      if (Part.sounds(FileNames.of(path))
          && !ClassFolders.foldersIn(path).isEmpty()
          && !ClassFolders.holdsPictures(path)) {
        List<String> others =
            folders.stream().filter(other -> !other.equals(path)).map(FileNames::of).toList();
        throw new DataException(
            "%s seems to be a part of the data, because it holds the folders %s and no pictures, but %s: %s, or rename it if it is a class"
                .formatted(
                    path,
                    ClassFolders.foldersIn(path).stream()
                        .map(FileNames::of)
                        .collect(
                            Collectors.collectingAndThen(Collectors.toList(), FolderLayout::few)),
                    others.isEmpty()
                        ? "it is the only folder in " + folder
                        : "it is next to " + few(others),
                    NAMES));
      }
    }
  }

  private static String few(List<String> names) {
    return NameList.some(names, 5);
  }

  /** Whether there is a folder for each part. */
  boolean hasParts() {
    return !parts.isEmpty();
  }

  /** Returns the folder of the class folders to train on. */
  Path training() {
    if (hasParts() && !parts.containsKey(Part.TRAIN)) {
      throw new DataException(
          "%s holds %s, but no folder of training pictures: add one named train"
              .formatted(
                  folder,
                  parts.values().stream().map(FileNames::of).collect(Collectors.joining(", "))));
    }
    return parts.getOrDefault(Part.TRAIN, folder);
  }

  Optional<Path> part(Part part) {
    return Optional.ofNullable(parts.get(part));
  }

  /** Returns all folders that hold class folders. */
  List<Path> all() {
    return hasParts() ? new ArrayList<>(parts.values()) : List.of(folder);
  }

  /**
   * Whether a file is in one of the {@link #all} folders.
   *
   * @param name relative to the folder, with slashes
   */
  boolean holds(String name) {
    return !hasParts()
        || parts.values().stream().anyMatch(path -> name.startsWith(FileNames.of(path) + "/"));
  }

  /** Says which folder is used for which part, if there are folders for parts. */
  Optional<String> note() {
    if (!hasParts()) {
      return Optional.empty();
    }
    return Optional.of(
        parts.entrySet().stream()
            .map(
                e ->
                    "%s pictures from %s".formatted(e.getKey().title(), FileNames.of(e.getValue())))
            .collect(Collectors.joining(", ", "Parts: ", "")));
  }
}
