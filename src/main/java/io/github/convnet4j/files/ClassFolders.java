package io.github.convnet4j.files;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.picture.PictureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder with a subfolder of pictures for each class, listed but not read yet.
 *
 * @param folder the folder of the class folders
 * @param files the pictures of each class, sorted by name, at least one
 * @param leftOut the other files in it
 */
record ClassFolders(Path folder, SortedMap<String, List<Path>> files, List<LeftOut> leftOut) {
  /**
   * Lists a folder. Ignores hidden files and files that desktops create, such as thumbnails.
   *
   * @throws DataException if there is no class folder, or one has no picture
   */
  static ClassFolders list(Path folder) {
    check(folder);
    SortedMap<String, List<Path>> files = new TreeMap<>();
    List<LeftOut> leftOut = new ArrayList<>();
    for (Path classFolder : foldersIn(folder)) {
      PictureFiles found = PictureFiles.below(classFolder);
      if (found.pictures().isEmpty()) {
        throw new DataException(
            "%s holds no readable picture: put %s files of that class there, or delete it%s"
                .formatted(
                    classFolder,
                    PictureKind.READABLE,
                    String.join(
                        "",
                        LeftOut.notes(folder, found.others()).stream()
                            .map(note -> ". " + note)
                            .toList())));
      }
      files.put(FileNames.of(classFolder), found.pictures());
      leftOut.addAll(found.others());
    }
    if (files.isEmpty()) {
      throw new DataException(
          folder
              + " holds no class folders: put the pictures of each class into a subfolder"
              + " named after the class; for pictures with a table of numbers use TargetFolder, on"
              + " the command line --targets");
    }
    for (Path file : filesIn(folder)) {
      if (PictureKind.hasPictureName(file)) {
        leftOut.add(new LeftOut(file, "outside the class folders"));
      }
    }
    return new ClassFolders(folder, files, leftOut);
  }

  private static void check(Path folder) {
    if (!Files.exists(folder)) {
      throw new DataException(
          folder
              + " does not exist: give a folder that has a subfolder of pictures for each class");
    }
    if (!Files.isDirectory(folder)) {
      throw new DataException(
          folder
              + " is not a folder: give a folder that has a subfolder of pictures for each class");
    }
  }

  /** Returns the subfolders, sorted by name, without hidden ones and those that desktops create. */
  static List<Path> foldersIn(Path folder) {
    return in(folder).stream().filter(Files::isDirectory).toList();
  }

  private static List<Path> filesIn(Path folder) {
    return in(folder).stream().filter(Files::isRegularFile).toList();
  }

  /** Whether there are pictures in the folder itself. */
  static boolean holdsPictures(Path folder) {
    return filesIn(folder).stream().anyMatch(PictureFiles::isPicture);
  }

  private static List<Path> in(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> !FileNames.isOfDesktop(path))
          .sorted(Comparator.comparing(FileNames::of))
          .toList();
    } catch (IOException e) {
      throw PictureFiles.unreadable(folder, e);
    }
  }

  /** Returns the names of the classes, sorted. */
  List<String> names() {
    return List.copyOf(files.keySet());
  }

  /**
   * Returns all pictures, class by class.
   *
   * @param classNames the classes in the order of their labels
   * @throws DataException if a folder has another name
   */
  List<LabelledPicture> pictures(List<String> classNames) {
    List<LabelledPicture> all = new ArrayList<>();
    files.forEach(
        (name, paths) -> {
          int label = classNames.indexOf(name);
          if (label < 0) {
            throw new DataException(
                "%s%s%s is not one of the classes %s: rename the folder, or move it elsewhere"
                    .formatted(
                        folder,
                        folder.getFileSystem().getSeparator(),
                        name,
                        String.join(", ", classNames)));
          }
          paths.forEach(path -> all.add(new LabelledPicture(path, label)));
        });
    return all;
  }

  /**
   * Returns all pictures in an order such that the first pictures, however many, have the classes
   * in proportion. Within a class the order looks random. It depends only on the names of the
   * files.
   */
  List<LabelledPicture> spread(List<String> classNames) {
    List<Ranked> all = new ArrayList<>();
    for (String name : names()) {
      List<Path> mixed = NameSplit.mixed(folder, files.get(name));
      for (int i = 0; i < mixed.size(); i++) {
        all.add(
            new Ranked(
                new LabelledPicture(mixed.get(i), classNames.indexOf(name)),
                (i + 0.5) / mixed.size()));
      }
    }
    // The sort is stable: ties stay in the order of the classes.
    return all.stream()
        .sorted(Comparator.comparingDouble(Ranked::rank))
        .map(Ranked::picture)
        .toList();
  }

  /** A picture, and its position within its class, from 0 to 1. */
  private record Ranked(LabelledPicture picture, double rank) {}
}
