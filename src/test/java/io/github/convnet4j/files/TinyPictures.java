package io.github.convnet4j.files;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Small picture files for tests. */
public final class TinyPictures {
  private TinyPictures() {}

  /** Writes a gray PNG of one shade. */
  public static Path grey(Path file, int height, int width, int shade) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < height * width; i++) {
      image.getRaster().setSample(i % width, i / width, 0, shade);
    }
    return write(file, image, "png");
  }

  /** Writes a PNG of one color, {@code 0xAARRGGBB}. */
  public static Path colour(Path file, int height, int width, int argb) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < height * width; i++) {
      image.setRGB(i % width, i / width, argb);
    }
    return write(file, image, "png");
  }

  public static Path write(Path file, BufferedImage image, String format) {
    try {
      Files.createDirectories(file.getParent());
      if (!ImageIO.write(image, format, file.toFile())) {
        throw new IllegalArgumentException("no writer of " + format);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
