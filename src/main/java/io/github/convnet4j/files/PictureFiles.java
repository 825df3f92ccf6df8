package io.github.convnet4j.files;

import io.github.convnet4j.check.IoReason;
import io.github.convnet4j.data.DataException;
import io.github.convnet4j.picture.PictureKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/** Tells pictures from other files, by their names and their first bytes. */
final class PictureFiles {
  private PictureFiles() {}

  /**
   * Adds the pictures in a folder and its subfolders to a list. Hidden files, and files that
   * desktops create, are ignored.
   *
   * @param expected other files that need not be mentioned
   * @param leftOut gets all other files
   */
  static void addAll(
      FileList list,
      Path folder,
      Predicate<Path> expected,
      LeftOut leftOut,
      DataListener listener) {
    LeftOut others = new LeftOut(list.folder());
    list.addAll(
        folder,
        file -> {
          Optional<String> reason = whyNotRead(file);
          reason.filter(why -> !expected.test(file)).ifPresent(why -> others.add(file, why));
          return reason.isEmpty();
        },
        found -> listener.progress(DataListener.Step.LISTING, found, 0));
    leftOut.addAll(others);
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
          .map(found -> found.whyNotReadable() + " (convert to PNG or JPEG)");
    } catch (IOException e) {
      return Optional.of("that cannot be read (%s)".formatted(IoReason.of(e)));
    }
  }

  static DataException unreadable(Path folder, IOException e) {
    return new DataException("%s cannot be read: %s".formatted(folder, IoReason.of(e)), e);
  }
}
