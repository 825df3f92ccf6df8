package io.github.convnet4j.report;

import io.github.convnet4j.classifier.Classifier;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.inspect.GradCam;
import io.github.convnet4j.inspect.LayerOutput;
import io.github.convnet4j.inspect.Saliency;
import io.github.convnet4j.layer.Parameter;
import java.awt.image.BufferedImage;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntBinaryOperator;
import org.tensorflow.ndarray.Shape;

/**
 * Pictures of what was learned. Each is drawn anew, with an integer number of its pixels for one of
 * the image's.
 *
 * <p>Numbers of either sign are dark where they are 0, orange to pale yellow above and blue to pale
 * blue below it; what is not a number is magenta.
 */
public final class Pictures {
  private static final int COLUMNS = 8;
  private static final int LEAST_TILE = 48;
  private static final int LEAST_IMAGE = 112;

  /** How much of a pixel's colour is the heat's, the rest being the image's. */
  private static final float HEAT_PART = 0.65f;

  /** How many numbers of a vector stand beside each other. */
  private static final int VECTOR_COLUMNS = 32;

  private static final int LEAST_CELL = 14;

  private Pictures() {}

  /** An image, grey or in colour. */
  public static BufferedImage image(DataSet images, int index) {
    return image(images, index, (pixel, rgb) -> rgb);
  }

  /** An image and over it how much the logit hangs on each pixel. */
  public static BufferedImage saliency(DataSet images, int index, Saliency saliency) {
    return overlay(images, index, saliency.map());
  }

  /** An image and over it where the class is seen. */
  public static BufferedImage gradCam(DataSet images, int index, GradCam cam) {
    return overlay(images, index, cam.overImage());
  }

  /**
   * An image and over it heat: violet where it is 0, by red and orange to pale yellow where it is
   * greatest.
   *
   * @param heat {@code [height, width]} of the image, row by row, at least 0
   */
  public static BufferedImage overlay(DataSet images, int index, float[] heat) {
    if (heat.length != images.height() * images.width()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "heat must have a number for each of %dx%d pixels: %d",
              images.height(),
              images.width(),
              heat.length));
    }
    float greatest = greatest(heat);
    return image(
        images,
        index,
        (pixel, rgb) ->
            Float.isFinite(heat[pixel])
                ? Colours.mix(
                    rgb, Colours.heat(greatest == 0 ? 0 : heat[pixel] / greatest), HEAT_PART)
                : Colours.NOT_FINITE);
  }

  /**
   * Draws.
   *
   * @param shown of a pixel's place and colour the colour that it is given
   */
  private static BufferedImage image(DataSet images, int index, IntBinaryOperator shown) {
    int width = images.width();
    byte[] pixels = images.image(index);
    Tiles tile = new Tiles(1, 1, images.height(), width, LEAST_IMAGE);
    for (int i = 0; i < width * images.height(); i++) {
      tile.set(0, i / width, i % width, shown.applyAsInt(i, rgb(pixels, i, images.channels())));
    }
    return tile.image();
  }

  private static int rgb(byte[] pixels, int pixel, int channels) {
    int at = pixel * channels;
    int red = pixels[at] & 0xff;
    int green = pixels[at + channels / 2] & 0xff; // One channel is all three colours.
    int blue = pixels[at + channels - 1] & 0xff;
    return red << 16 | green << 8 | blue;
  }

  /**
   * What a layer gives for one image: a tile for each channel, or a cell for each number of a
   * vector, all on one scale.
   *
   * @param most at most so many channels, the first ones; at least 1
   */
  public static BufferedImage layerOutput(LayerOutput output, int most) {
    float[] values = output.values();
    float greatest = greatest(values);
    if (!output.hasMaps()) {
      int n = Math.min(values.length, most * VECTOR_COLUMNS);
      Tiles cells = new Tiles(n, VECTOR_COLUMNS, 1, 1, LEAST_CELL);
      for (int i = 0; i < n; i++) {
        cells.setSigned(i, new float[] {values[i]}, greatest);
      }
      return cells.image();
    }
    Shape shape = output.shape();
    int n = (int) Math.min(shape.get(2), most);
    Tiles maps = new Tiles(n, COLUMNS, (int) shape.get(0), (int) shape.get(1), LEAST_TILE);
    for (int channel = 0; channel < n; channel++) {
      maps.setSigned(channel, output.map(channel), greatest);
    }
    return maps.image();
  }

  /** The kernel of a network's first convolution; empty if it has none. */
  static Optional<Parameter> firstKernel(Classifier classifier) {
    return classifier.network().parameters().stream()
        .filter(p -> p.shape().numDimensions() == 4)
        .findFirst();
  }

  /**
   * The filters of the first convolution: a tile for each, or for each of its channels if they are
   * more than one and not the three colours. Filters over three colours are shown as colours, grey
   * being 0.
   *
   * @param most at most so many tiles, the first ones; at least 1
   * @return empty if the network has no convolution
   */
  public static Optional<BufferedImage> filters(Classifier classifier, int most) {
    return firstKernel(classifier)
        .map(kernel -> filters(kernel.shape(), classifier.weights(kernel.name()), most));
  }

  /** Of a kernel {@code [height, width, in, out]}. */
  static BufferedImage filters(Shape kernel, float[] weights, int most) {
    int height = (int) kernel.get(0);
    int width = (int) kernel.get(1);
    int in = (int) kernel.get(2);
    int out = (int) kernel.get(3);
    int shown = in == 3 ? 1 : in;
    int n = (int) Math.min((long) shown * out, most);
    float greatest = greatest(weights);
    Tiles tiles = new Tiles(n, COLUMNS, height, width, LEAST_TILE);
    for (int tile = 0; tile < n; tile++) {
      int filter = tile / shown;
      int channel = tile % shown;
      for (int i = 0; i < height * width; i++) {
        int at = (i * in + channel) * out + filter;
        int rgb =
            in == 3
                ? colour(weights[at], weights[at + out], weights[at + 2 * out], greatest)
                : Colours.signed(weights[at], greatest);
        tiles.set(tile, i / width, i % width, rgb);
      }
    }
    return tiles.image();
  }

  private static int colour(float red, float green, float blue, float greatest) {
    if (!Float.isFinite(red + green + blue)) {
      return Colours.NOT_FINITE;
    }
    return level(red, greatest) << 16 | level(green, greatest) << 8 | level(blue, greatest);
  }

  private static int level(float value, float greatest) {
    return greatest == 0 ? 128 : Math.round((value / greatest + 1) * 127.5f);
  }

  /** The greatest finite absolute value; 0 if there is none. */
  private static float greatest(float[] values) {
    float greatest = 0;
    for (float value : values) {
      if (Float.isFinite(value)) {
        greatest = Math.max(greatest, Math.abs(value));
      }
    }
    return greatest;
  }
}
