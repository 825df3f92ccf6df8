package io.github.convnet4j.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The canonical path of a file or folder, for comparing paths. */
public final class RealPath {
  private RealPath() {}

  /**
   * Returns the path with symbolic links resolved as far as it exists, and without {@code .} and
   * {@code ..}.
   *
   * @param path may not exist
   * @throws StoreException if the part that exists cannot be read
   */
  public static Path of(Path path) {
    Path absolute = path.toAbsolutePath();
    Path existing = existing(absolute);
    try {
      return existing.toRealPath().resolve(existing.relativize(absolute)).normalize();
    } catch (IOException e) {
      throw StoreException.notRead(path, e);
    }
  }

  /** Returns the longest part of an absolute path that exists. */
  static Path existing(Path absolute) {
    Path existing = absolute;
    while (!Files.exists(existing)) {
      existing =
          Optional.ofNullable(existing.getParent())
              .orElseThrow(() -> new StoreException("folder does not exist: " + absolute));
    }
    return existing;
  }
}
