package io.github.convnet4j.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file on the mirrors, whose exact content is known.
 *
 * @param name its name on the mirror and on disk
 * @param size in bytes
 * @param sha256 in lower-case hexadecimal digits
 */
record RemoteFile(String name, long size, String sha256) {
  /** Whether the folder holds exactly this file. */
  boolean isIn(Path folder) throws IOException {
    Path file = folder.resolve(name);
    return Files.isRegularFile(file) && Files.size(file) == size && Sha256.of(file).equals(sha256);
  }
}
