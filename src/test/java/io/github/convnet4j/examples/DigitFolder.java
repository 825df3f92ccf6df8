package io.github.convnet4j.examples;

import io.github.convnet4j.files.BundledDigits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The digits that come with the library, as a folder of MNIST's four files. */
final class DigitFolder {
  private DigitFolder() {}

  /** Writes the same digits for training and for testing, and returns the folder. */
  static Path writeInto(Path folder) {
    for (String part : new String[] {"train", "t10k"}) {
      copy("digits-images-idx3-ubyte.gz", folder.resolve(part + "-images-idx3-ubyte.gz"));
      copy("digits-labels-idx1-ubyte.gz", folder.resolve(part + "-labels-idx1-ubyte.gz"));
    }
    return folder;
  }

  private static void copy(String resource, Path file) {
    try (InputStream stream = BundledDigits.class.getResourceAsStream(resource)) {
      Files.copy(stream, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
