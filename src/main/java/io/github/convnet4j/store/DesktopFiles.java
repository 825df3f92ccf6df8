package io.github.convnet4j.store;

import java.util.Locale;
import java.util.Set;

/** Files that desktops and file servers create in folders that a user opens. */
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

  /**
   * Metadata of a macOS file, and files that were deleted on a file server while they were open.
   */
  private static final Set<String> PREFIXES = Set.of("._", ".nfs", ".fuse_hidden");

  private DesktopFiles() {}

  static boolean has(String name) {
    return NAMES.contains(name.toLowerCase(Locale.ROOT))
        || PREFIXES.stream().anyMatch(name::startsWith);
  }
}
