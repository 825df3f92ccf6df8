package io.github.convnet4j.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder with a folder of pictures for each class, listed but not read yet.
 *
 * @param folder the folder of them all
 * @param files the pictures of each class, sorted by name, at least one
 */
record ClassFolders(Path folder, SortedMap<String, List<Path>> files) {
  /**
   * Lists it. Hidden files and those that are not named as pictures are left out.
   *
   * @throws DataException if there is no class folder, or one has no picture
   */
  static ClassFolders list(Path folder) {
    check(folder);
    SortedMap<String, List<Path>> files = new TreeMap<>();
    for (Path classFolder : foldersIn(folder)) {
      List<Path> pictures = picturesBelow(classFolder);
      if (pictures.isEmpty()) {
        throw new DataException(
            "%s holds no picture: put PNG, JPEG, GIF or BMP files of that class there, or delete it"
                .formatted(classFolder));
      }
      files.put(classFolder.getFileName().toString(), pictures);
    }
    if (files.isEmpty()) {
      throw new DataException(
          folder
              + " holds no class folders: put the pictures of each class into a folder of the"
              + " class's name there");
    }
    return new ClassFolders(folder, files);
  }

  private static void check(Path folder) {
    if (!Files.exists(folder)) {
      throw new DataException(
          folder + " is not there: give a folder that has a folder of pictures for each class");
    }
    if (!Files.isDirectory(folder)) {
      throw new DataException(
          folder + " is not a folder: give one that has a folder of pictures for each class");
    }
  }

  /** The folders in a folder, sorted by name, without hidden ones. */
  static List<Path> foldersIn(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isDirectory)
          .filter(path -> !isHidden(path))
          .sorted(Comparator.comparing(path -> path.getFileName().toString()))
          .toList();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static List<Path> picturesBelow(Path classFolder) {
    try (Stream<Path> all = Files.walk(classFolder, FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(path -> Files.isRegularFile(path) && !isHidden(path))
          .filter(PictureFile::isNamedSo)
          .sorted(Comparator.comparing(path -> relative(classFolder, path)))
          .toList();
    } catch (IOException e) {
      throw unreadable(classFolder, e);
    } catch (UncheckedIOException e) {
      throw unreadable(classFolder, e.getCause());
    }
  }

  private static DataException unreadable(Path folder, IOException e) {
    return new DataException("%s is not readable: %s".formatted(folder, IoReason.of(e)), e);
  }

  private static boolean isHidden(Path path) {
    return path.getFileName().toString().startsWith(".");
  }

  private static String relative(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  /** The classes, sorted. */
  List<String> names() {
    return List.copyOf(files.keySet());
  }

  /**
   * All pictures, class after class.
   *
   * @param classNames the classes in the order of their labels
   * @throws DataException if there is a folder of another name
   */
  List<LabelledPicture> pictures(List<String> classNames) {
    List<LabelledPicture> all = new ArrayList<>();
    files.forEach(
        (name, paths) -> {
          int label = classNames.indexOf(name);
          if (label < 0) {
            throw new DataException(
                "%s is of none of the classes %s: rename it, or take it away"
                    .formatted(folder.resolve(name), String.join(", ", classNames)));
          }
          paths.forEach(path -> all.add(new LabelledPicture(path, label)));
        });
    return all;
  }

  /**
   * All pictures in an order that has nothing to do with what they show, and of which any beginning
   * has the classes in their proportion. It depends on the files' names alone.
   */
  List<LabelledPicture> spread(List<String> classNames) {
    List<Ranked> all = new ArrayList<>();
    for (String name : names()) {
      List<Path> mixed =
          files.get(name).stream()
              .sorted(Comparator.comparing(path -> hash(relative(folder, path))))
              .toList();
      for (int i = 0; i < mixed.size(); i++) {
        all.add(
            new Ranked(
                new LabelledPicture(mixed.get(i), classNames.indexOf(name)),
                (i + 0.5) / mixed.size()));
      }
    }
    // The sort is stable: of equals the classes' order decides.
    return all.stream()
        .sorted(Comparator.comparingDouble(Ranked::rank))
        .map(Ranked::picture)
        .toList();
  }

  private static String hash(String name) {
    return Sha256.of(name.getBytes(StandardCharsets.UTF_8));
  }

  /** A picture, and where in its class it comes, from 0 to 1. */
  private record Ranked(LabelledPicture picture, double rank) {}
}
