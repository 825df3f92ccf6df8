package io.github.convnet4j.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file's or a folder's one name, by which two paths can be compared. */
public final class RealPath {
  private RealPath() {}

  /**
   * Follows the symbolic links of the part that exists, and drops {@code .} and {@code ..}.
   *
   * @param path need not exist
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

  /** The longest part of an absolute path that exists. */
  static Path existing(Path absolute) {
    Path existing = absolute;
    while (!Files.exists(existing)) {
      existing =
          Optional.ofNullable(existing.getParent())
              .orElseThrow(() -> new StoreException("there is no folder " + absolute));
    }
    return existing;
  }
}
