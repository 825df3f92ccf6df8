package io.github.convnet4j.store;

import java.util.Locale;
import java.util.Set;

/** Files that desktops and file servers put into any folder that somebody looks at. */
final class DesktopFiles {
  private static final Set<String> NAMES =
      Set.of(
          ".ds_store",
          ".directory",
          ".localized",
          "desktop.ini",
          "ehthumbs.db",
          "ehthumbs_vista.db",
          "thumbs.db");

  /** A macOS file's second half; a file that was deleted on a file server while it was open. */
  private static final Set<String> PREFIXES = Set.of("._", ".nfs", ".fuse_hidden");

  private DesktopFiles() {}

  static boolean has(String name) {
    return NAMES.contains(name.toLowerCase(Locale.ROOT))
        || PREFIXES.stream().anyMatch(name::startsWith);
  }
}
