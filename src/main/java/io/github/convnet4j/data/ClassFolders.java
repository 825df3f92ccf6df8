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
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A folder with a folder of pictures for each class, listed but not read yet.
 *
 * @param folder the folder of them all
 * @param files the pictures of each class, sorted by name, at least one
 * @param leftOut other files in them
 */
record ClassFolders(Path folder, SortedMap<String, List<Path>> files, List<LeftOut> leftOut) {
  /**
   * Lists it. Hidden files, and what desktops leave in folders, are passed over.
   *
   * @throws DataException if there is no class folder, or one has no picture
   */
  static ClassFolders list(Path folder) {
    check(folder);
    SortedMap<String, List<Path>> files = new TreeMap<>();
    List<LeftOut> leftOut = new ArrayList<>();
    for (Path classFolder : foldersIn(folder)) {
      List<Path> pictures = new ArrayList<>();
      List<LeftOut> others = new ArrayList<>();
      for (Path file : filesBelow(classFolder)) {
        whyNotRead(file)
            .ifPresentOrElse(
                reason -> others.add(new LeftOut(file, reason)), () -> pictures.add(file));
      }
      if (pictures.isEmpty()) {
        throw new DataException(
            "%s holds no picture that can be read: put %s files of that class there, or delete it%s"
                .formatted(
                    classFolder,
                    PictureKind.READABLE,
                    String.join(
                        "",
                        LeftOut.notes(folder, others).stream().map(note -> ". " + note).toList())));
      }
      files.put(FileNames.of(classFolder), pictures);
      leftOut.addAll(others);
    }
    if (files.isEmpty()) {
      throw new DataException(
          folder
              + " holds no class folders: put the pictures of each class into a folder of the"
              + " class's name there");
    }
    for (Path file : filesIn(folder)) {
      if (PictureKind.isNamedSo(file)) {
        leftOut.add(new LeftOut(file, "outside the class folders"));
      }
    }
    return new ClassFolders(folder, files, leftOut);
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

  /** Why a file is left out; empty for one that is named as a picture, or begins as one does. */
  private static Optional<String> whyNotRead(Path file) {
    if (PictureKind.isNamedSo(file)) {
      return Optional.empty();
    }
    try {
      Optional<PictureKind> kind = PictureKind.in(file);
      if (kind.isEmpty()) {
        return Optional.of("without a picture");
      }
      return kind.filter(found -> !found.isReadable())
          .map("of the kind %s, which is not read (convert to PNG or JPEG)"::formatted);
    } catch (IOException e) {
      return Optional.of("that cannot be read (%s)".formatted(IoReason.of(e)));
    }
  }

  /** The folders in a folder, sorted by name, without hidden ones and those of desktops. */
  static List<Path> foldersIn(Path folder) {
    return in(folder).stream().filter(Files::isDirectory).toList();
  }

  private static List<Path> filesIn(Path folder) {
    return in(folder).stream().filter(Files::isRegularFile).toList();
  }

  /** Whether there are pictures in the folder itself. */
  static boolean holdsPictures(Path folder) {
    return filesIn(folder).stream().anyMatch(file -> whyNotRead(file).isEmpty());
  }

  private static List<Path> in(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> !FileNames.isOfDesktop(path))
          .sorted(Comparator.comparing(FileNames::of))
          .toList();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static List<Path> filesBelow(Path classFolder) {
    try (Stream<Path> all = Files.walk(classFolder, FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(Files::isRegularFile)
          .filter(
              path ->
                  StreamSupport.stream(classFolder.relativize(path).spliterator(), false)
                      .noneMatch(FileNames::isOfDesktop))
          .sorted(Comparator.comparing(path -> FileNames.relative(classFolder, path)))
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
                "%s%s%s is of none of the classes %s: rename it, or take it away"
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
   * All pictures in an order that has nothing to do with what they show, and of which any beginning
   * has the classes in their proportion. It depends on the files' names alone.
   */
  List<LabelledPicture> spread(List<String> classNames) {
    List<Ranked> all = new ArrayList<>();
    for (String name : names()) {
      List<Path> mixed =
          files.get(name).stream()
              .sorted(Comparator.comparing(path -> hash(FileNames.relative(folder, path))))
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
