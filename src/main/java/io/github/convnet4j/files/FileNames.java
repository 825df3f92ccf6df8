package io.github.convnet4j.files;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** Names of files and folders, for messages, and for a split that depends only on names. */
final class FileNames {
  /** What desktops create in folders, apart from hidden files. */
  private static final Set<String> OF_DESKTOPS =
      Set.of("thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx");

  private FileNames() {}

  /** Whether a file or folder is hidden, or was created by a desktop. */
  static boolean isOfDesktop(Path path) {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.startsWith(".") || OF_DESKTOPS.contains(name);
  }

  /**
   * Returns the name of a file or folder, the same in every locale. {@link Path#toString} replaces
   * characters that the locale's character set lacks.
   */
  static String of(Path path) {
    String plain = path.getFileName().toString();
    if (isPlain(plain)) {
      return plain;
    }
    String name = path.toUri().getPath();
    String open = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    return open.substring(open.lastIndexOf('/') + 1);
  }

  /** Returns the absolute path of a file with slashes, the same in every locale. */
  static String absolute(Path file) {
    return file.toUri().getPath();
  }

  /** Returns the path of a file relative to a folder, with slashes, the same in every locale. */
  static String relative(Path folder, Path file) {
    Path relative = folder.relativize(file);
    StringBuilder plain = new StringBuilder();
    for (Path part : relative) {
      if (!isPlain(part.toString())) {
        return folder.toUri().relativize(file.toUri()).getPath();
      }
      plain.append(plain.isEmpty() ? "" : "/").append(part);
    }
    return plain.toString();
  }

  /** Whether a name is the same in a URI and in every character set. */
  static boolean isPlain(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '.'
              || c == '_'
              || c == '-'
              || c == '~';
      if (!plain) {
        return false;
      }
    }
    return true;
  }

  /** Returns a name, or a path with slashes, without the extension of the file. */
  static String withoutExtension(String name) {
    int dot = name.lastIndexOf('.');
    return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
  }
}
