package io.github.convnet4j.files;

import io.github.convnet4j.data.DataSet;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;

/** Folders of small pictures of random pixels, for tests. */
public final class NoisyPictures {
  private NoisyPictures() {}

  /** Writes {@code 0000.png} and so on. The same arguments always write the same pictures. */
  public static void write(Path folder, int count, int height, int width, boolean colours) {
    Random random = new Random(count);
    for (int i = 0; i < count; i++) {
      int type = colours ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_BYTE_GRAY;
      BufferedImage image = new BufferedImage(width, height, type);
      for (int b = 0; b < image.getRaster().getNumBands(); b++) {
        for (int p = 0; p < height * width; p++) {
          image.getRaster().setSample(p % width, p / width, b, random.nextInt(256));
        }
      }
      TinyPictures.write(folder.resolve("%04d.png".formatted(i)), image, "png");
    }
  }

  /** Returns the values of all images. */
  static float[] values(DataSet data) {
    return data.batch(IntStream.range(0, data.size()).toArray()).images();
  }
}
