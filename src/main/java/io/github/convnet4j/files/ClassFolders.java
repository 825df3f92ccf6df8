package io.github.convnet4j.files;

import io.github.convnet4j.check.Missing;
import io.github.convnet4j.data.DataException;
import io.github.convnet4j.picture.PictureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A folder with a subfolder of pictures for each class, listed but not read yet.
 *
 * @param folder the folder of the class folders
 * @param files the list with the pictures
 * @param classes where the pictures of each class are in the list, sorted by the names of the
 *     classes
 */
record ClassFolders(Path folder, FileList files, List<ClassFiles> classes) {
  /**
   * The pictures of a class: consecutive files of the list, sorted by name, at least one.
   *
   * @param end the number of the file after the last one
   */
  private record ClassFiles(String name, int first, int end) {}

  /**
   * Lists a folder. Ignores hidden files and files that desktops create, such as thumbnails.
   *
   * @param files gets the pictures
   * @param leftOut gets the other files
   * @throws DataException if there is no class folder, or one has no picture
   */
  static ClassFolders list(Path folder, FileList files, LeftOut leftOut, DataListener listener) {
    check(folder);
    List<ClassFiles> classes = new ArrayList<>();
    for (Path classFolder : foldersIn(folder)) {
      int first = files.size();
      LeftOut others = new LeftOut(folder);
      PictureFiles.addAll(files, classFolder, file -> false, others, listener);
      if (files.size() == first) {
        throw new DataException(
            "%s holds no readable picture: put %s files of that class there, or delete it%s"
                .formatted(
                    classFolder,
                    PictureKind.READABLE,
                    String.join("", others.notes().stream().map(note -> ". " + note).toList())));
      }
      classes.add(new ClassFiles(FileNames.of(classFolder), first, files.size()));
      leftOut.addAll(others);
    }
    if (classes.isEmpty()) {
      throw new DataException(
          folder
              + " holds no class folders: put the pictures of each class into a subfolder"
              + " named after the class; for pictures with a table of numbers use TargetFolder, on"
              + " the command line --targets");
    }
    for (Path file : filesIn(folder)) {
      if (PictureKind.hasPictureName(file)) {
        leftOut.add(file, "outside the class folders");
      }
    }
    return new ClassFolders(folder, files, classes);
  }

  private static void check(Path folder) {
    if (!Files.exists(folder)) {
      throw new DataException(
          Missing.sentence(
              folder, "give a folder that has a subfolder of pictures for each class"));
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
    return classes.stream().map(ClassFiles::name).toList();
  }

  /** Returns all pictures, class by class. */
  int[] pictures() {
    return IntStream.range(classes.get(0).first(), classes.get(classes.size() - 1).end()).toArray();
  }

  /**
   * Sets the labels of the pictures.
   *
   * @param labels of all files of the list
   * @param classNames the classes in the order of their labels
   * @throws DataException if a folder has another name
   */
  void label(int[] labels, List<String> classNames) {
    for (ClassFiles one : classes) {
      int label = classNames.indexOf(one.name());
      if (label < 0) {
        throw new DataException(
            "%s%s%s is not one of the classes %s: rename the folder, or move it elsewhere"
                .formatted(
                    folder,
                    folder.getFileSystem().getSeparator(),
                    one.name(),
                    String.join(", ", classNames)));
      }
      IntStream.range(one.first(), one.end()).forEach(file -> labels[file] = label);
    }
  }

  /**
   * Returns all pictures in an order such that the first pictures, however many, have the classes
   * in proportion. Within a class the order looks random. It depends only on the names of the
   * files.
   */
  int[] spread() {
    String prefix =
        folder.equals(files.folder()) ? "" : FileNames.relative(files.folder(), folder) + "/";
    int[] all = pictures();
    int start = all[0];
    int[] mixed = new int[all.length];
    double[] ranks = new double[all.length]; // of each picture within its class, from 0 to 1
    for (ClassFiles one : classes) {
      int[] ofClass =
          NameSplit.mixed(files, IntStream.range(one.first(), one.end()).toArray(), prefix);
      for (int i = 0; i < ofClass.length; i++) {
        mixed[one.first() - start + i] = ofClass[i];
        ranks[one.first() - start + i] = (i + 0.5) / ofClass.length;
      }
    }
    // Ties stay in the order of the classes.
    int[] order =
        FileList.sorted(
            IntStream.range(0, all.length).toArray(), Comparator.comparingDouble(i -> ranks[i]));
    return IntStream.of(order).map(i -> mixed[i]).toArray();
  }
}
