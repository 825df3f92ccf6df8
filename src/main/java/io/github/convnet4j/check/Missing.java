package io.github.convnet4j.check;

import java.nio.file.Files;
import java.nio.file.Path;

/** Explains to a user why a file or folder is not found. */
public final class Missing {
  private Missing() {}

  /**
   * Returns a sentence about a path for which {@link Files#exists} is false. That is also so if a
   * folder on the way to it may not be searched, which says nothing about the file.
   *
   * @param remedy what to do if it does not exist
   */
  public static String sentence(Path path, String remedy) {
    return Files.notExists(path)
        ? "%s does not exist: %s".formatted(path, remedy)
        : "%s cannot be read: permission denied for %s".formatted(path, closed(path));
  }

  /**
   * Returns a sentence about a path for which {@link Files#isDirectory} is false.
   *
   * @param remedy what to do if it is not a folder, or does not exist
   */
  public static String folder(Path path, String remedy) {
    return Files.exists(path)
        ? "%s is not a folder: %s".formatted(path, remedy)
        : sentence(path, remedy);
  }

  /** Returns the folder that may not be searched. */
  private static Path closed(Path path) {
    Path folder = path.toAbsolutePath().normalize();
    while (folder.getParent() != null && !Files.exists(folder)) {
      folder = folder.getParent();
    }
    return folder;
  }
}
