package io.github.convnet4j.examples;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder for one run of a program, beside those of earlier runs. */
final class RunFolder {
  private RunFolder() {}

  /**
   * Makes {@code run-1}, or the first number that is free.
   *
   * @throws UsageException if it cannot be made
   */
  static Path createIn(Path output) {
    try {
      Files.createDirectories(output);
      for (int run = 1; ; run++) {
        try {
          return Files.createDirectory(output.resolve("run-" + run));
        } catch (FileAlreadyExistsException e) {
          // An earlier run's: the next number is free, or the one after it.
        }
      }
    } catch (IOException e) {
      throw new UsageException(
          "no folder can be made in %s (%s): name another by --output".formatted(output, e));
    }
  }
}
