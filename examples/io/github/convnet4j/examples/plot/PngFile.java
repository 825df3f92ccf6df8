package io.github.convnet4j.examples.plot;

import io.github.convnet4j.store.ReplacedFile;
import io.github.convnet4j.store.StoreException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes pictures atomically: a file is either complete or not there at all. */
final class PngFile {
  private PngFile() {}

  /**
   * Writes {@code folder/name.png}, and replaces an earlier one. Creates the folder if it is
   * missing.
   *
   * @throws PlotException if the folder cannot be created or written; no partial file remains
   */
  static Path write(Path folder, String name, BufferedImage image) {
    Path file = folder.resolve(name + ".png");
    try {
      byte[] bytes = encode(image);
      ReplacedFile.write(file, out -> out.write(bytes));
      return file;
    } catch (IOException | StoreException e) {
      throw new PlotException(
          String.format(
              "the picture %s cannot be written to the folder %s (%s):"
                  + " plot to another folder, or to none",
              file.getFileName(), folder, e.getMessage()),
          e);
    }
  }

  private static byte[] encode(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // In memory: otherwise ImageIO would create a temporary file.
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new IOException("this JVM cannot write PNG files");
      }
    }
    return bytes.toByteArray();
  }
}
