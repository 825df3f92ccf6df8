package io.github.convnet4j.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What files and folders are called, for people, and for a split that depends on names alone. */
final class FileNames {
  /** What desktops leave in folders, besides hidden files. */
  private static final Set<String> OF_DESKTOPS =
      Set.of("thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx");

  private FileNames() {}

  /** Whether it is hidden, or of those that desktops leave behind. */
  static boolean isOfDesktop(Path path) {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.startsWith(".") || OF_DESKTOPS.contains(name);
  }

  /**
   * A file's or folder's own name. It is the same in every locale, where {@link Path#toString}
   * cannot tell characters that the locale's character set lacks.
   */
  static String of(Path path) {
    String name = path.toUri().getPath();
    String open = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    return open.substring(open.lastIndexOf('/') + 1);
  }

  /** Where a file lies in a folder, with slashes; in every locale the same. */
  static String relative(Path folder, Path file) {
    return folder.toUri().relativize(file.toUri()).getPath();
  }

  /** The first few of some names, and how many more there are. */
  static String some(List<String> names, int most) {
    return names.size() <= most
        ? String.join(", ", names)
        : "%s and %d more"
            .formatted(String.join(", ", names.subList(0, most)), names.size() - most);
  }
}
