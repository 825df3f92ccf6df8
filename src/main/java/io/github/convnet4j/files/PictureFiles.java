package io.github.convnet4j.files;

import io.github.convnet4j.check.IoReason;
import io.github.convnet4j.data.DataException;
import io.github.convnet4j.picture.PictureKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The files below a folder, not read yet. Hidden files, and files that desktops create, are
 * ignored.
 *
 * @param pictures files whose names or first bytes are those of a picture, sorted by name
 * @param others all other files
 */
record PictureFiles(List<Path> pictures, List<LeftOut> others) {
  /** Lists the files in a folder and its subfolders. */
  static PictureFiles below(Path folder) {
    List<Path> pictures = new ArrayList<>();
    List<LeftOut> others = new ArrayList<>();
    for (Path file : all(folder)) {
      whyNotRead(file)
          .ifPresentOrElse(
              reason -> others.add(new LeftOut(file, reason)), () -> pictures.add(file));
    }
    return new PictureFiles(pictures, others);
  }

  static boolean isPicture(Path file) {
    return whyNotRead(file).isEmpty();
  }

  /**
   * Returns why a file is left out. Empty if its name or its first bytes are those of a picture.
   */
  private static Optional<String> whyNotRead(Path file) {
    if (PictureKind.hasPictureName(file)) {
      return Optional.empty();
    }
    try {
      Optional<PictureKind> kind = PictureKind.in(file);
      if (kind.isEmpty()) {
        return Optional.of("without a picture");
      }
      return kind.filter(found -> !found.isReadable())
          .map(found -> "in %s format, %s (PNG or JPEG)".formatted(found, found.remedy()));
    } catch (IOException e) {
      return Optional.of("that cannot be read (%s)".formatted(IoReason.of(e)));
    }
  }

  private static List<Path> all(Path folder) {
    try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(Files::isRegularFile)
          .filter(
              path ->
                  StreamSupport.stream(folder.relativize(path).spliterator(), false)
                      .noneMatch(FileNames::isOfDesktop))
          .sorted(Comparator.comparing(path -> FileNames.relative(folder, path)))
          .toList();
    } catch (IOException e) {
      throw unreadable(folder, e);
    } catch (UncheckedIOException e) {
      throw unreadable(folder, e.getCause());
    }
  }

  static DataException unreadable(Path folder, IOException e) {
    return new DataException("%s cannot be read: %s".formatted(folder, IoReason.of(e)), e);
  }
}
