package io.github.convnet4j.serve;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.picture.Picture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Pictures as PNG files in memory. */
final class PngFile {
  private PngFile() {}

  static byte[] of(Picture picture) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(picture.toBufferedImage(), "png", out)) {
        throw new DataException("this Java platform cannot write PNG files");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // It is written to memory.
    }
    return out.toByteArray();
  }
}
