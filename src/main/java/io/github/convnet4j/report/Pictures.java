package io.github.convnet4j.report;

import io.github.convnet4j.data.Source;
import io.github.convnet4j.inspect.GradCam;
import io.github.convnet4j.inspect.LayerOutput;
import io.github.convnet4j.inspect.Saliency;
import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.task.SegmentedImage;
import io.github.convnet4j.train.Model;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntBinaryOperator;
import org.tensorflow.ndarray.Shape;

/**
 * Pictures of what was learned. Each call draws a new picture. Every pixel of the image becomes a
 * square of whole pixels.
 *
 * <p>Signed numbers are dark at 0, orange to pale yellow above 0, and blue to pale blue below 0.
 * Numbers that are not finite are magenta.
 */
public final class Pictures {
  private static final int COLUMNS = 8;
  private static final int MIN_TILE = 48;
  private static final int MIN_IMAGE = 112;

  /** The weight of the heat's color in a pixel; the rest is the image's. */
  private static final float HEAT_PART = 0.65f;

  /** How many numbers of a vector are shown in a row. */
  private static final int VECTOR_COLUMNS = 32;

  private static final int MIN_CELL = 14;

  private Pictures() {}

  /**
   * Draws an image, in gray or in color.
   *
   * @param images with one input, {@code [height, width, 1]} or {@code [height, width, 3]}
   */
  public static BufferedImage image(Source images, int index) {
    return image(images, index, (pixel, rgb) -> rgb);
  }

  /** Draws an image overlaid with how strongly the logit depends on each pixel. */
  public static BufferedImage saliency(Source images, int index, Saliency saliency) {
    return overlay(images, index, saliency.map());
  }

  /** Draws an image overlaid with where the network sees the class. */
  public static BufferedImage gradCam(Source images, int index, GradCam cam) {
    return overlay(images, index, cam.overImage());
  }

  /**
   * Draws an image overlaid with a heat map: violet for 0, through red and orange to pale yellow
   * for the largest value.
   *
   * @param heat {@code [height, width]} of the image, row by row, not negative
   */
  public static BufferedImage overlay(Source images, int index, float[] heat) {
    Shape shape = shape(images);
    if (heat.length != shape.get(0) * shape.get(1)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "heat must have one number for each of %dx%d pixels: %d",
              shape.get(0),
              shape.get(1),
              heat.length));
    }
    float largest = largest(heat);
    return image(
        images,
        index,
        (pixel, rgb) ->
            Float.isFinite(heat[pixel])
                ? Colours.mix(
                    rgb, Colours.heat(largest == 0 ? 0 : heat[pixel] / largest), HEAT_PART)
                : Colours.NOT_FINITE);
  }

  /**
   * Draws an image.
   *
   * @param shown maps a pixel's index and color to the color that is drawn
   */
  private static BufferedImage image(Source images, int index, IntBinaryOperator shown) {
    Shape shape = shape(images);
    int height = (int) shape.get(0);
    int width = (int) shape.get(1);
    float[] pixels = images.read(index).input();
    Tiles tile = new Tiles(1, 1, height, width, MIN_IMAGE);
    for (int i = 0; i < width * height; i++) {
      tile.set(0, i / width, i % width, shown.applyAsInt(i, rgb(pixels, i, (int) shape.get(2))));
    }
    return tile.image();
  }

  /** Returns whether an input is an image in gray or in color. */
  static boolean canDraw(Shape input) {
    return input.numDimensions() == 3 && (input.get(2) == 1 || input.get(2) == 3);
  }

  private static Shape shape(Source images) {
    List<Shape> inputs = images.inputShapes();
    if (inputs.size() != 1 || !canDraw(inputs.get(0))) {
      throw new IllegalArgumentException(
          "images must have one input, [height, width, 1] or [height, width, 3]: " + inputs);
    }
    return inputs.get(0);
  }

  private static int rgb(float[] pixels, int pixel, int channels) {
    int at = pixel * channels;
    int red = level(pixels[at]);
    int green = level(pixels[at + channels / 2]); // A single channel serves as all three colors.
    int blue = level(pixels[at + channels - 1]);
    return red << 16 | green << 8 | blue;
  }

  private static int level(float value) {
    return Math.round(255 * Math.min(1, Math.max(0, value)));
  }

  /** Draws the most likely class of each pixel, each class in its color. */
  public static BufferedImage mask(SegmentedImage segmented) {
    return mask(
        segmented.classes(), segmented.height(), segmented.width(), segmented.classNames().size());
  }

  /**
   * Draws the class of each pixel, each class in its color, and gray for numbers that are none.
   *
   * @param classNumbers {@code [height, width]}
   */
  static BufferedImage mask(int[] classNumbers, int height, int width, int classes) {
    Tiles tile = new Tiles(1, 1, height, width, MIN_IMAGE);
    for (int i = 0; i < classNumbers.length; i++) {
      boolean isClass = classNumbers[i] >= 0 && classNumbers[i] < classes;
      tile.set(
          0,
          i / width,
          i % width,
          isClass ? Colours.rgbOfClass(classNumbers[i], classes) : Colours.NO_CLASS);
    }
    return tile.image();
  }

  /**
   * Draws a layer's output for one image: a tile for each channel, or a cell for each number of a
   * vector, all on the same scale.
   *
   * @param most the largest number of channels to draw, or of rows of a vector; at least 1
   */
  public static BufferedImage layerOutput(LayerOutput output, int most) {
    float[] values = output.values();
    float largest = largest(values);
    if (!output.hasMaps()) {
      int n = Math.min(values.length, most * VECTOR_COLUMNS);
      Tiles cells = new Tiles(n, VECTOR_COLUMNS, 1, 1, MIN_CELL);
      for (int i = 0; i < n; i++) {
        cells.setSigned(i, new float[] {values[i]}, largest);
      }
      return cells.image();
    }
    Shape shape = output.shape();
    int n = (int) Math.min(shape.get(2), most);
    Tiles maps = new Tiles(n, COLUMNS, (int) shape.get(0), (int) shape.get(1), MIN_TILE);
    for (int channel = 0; channel < n; channel++) {
      maps.setSigned(channel, output.map(channel), largest);
    }
    return maps.image();
  }

  /** Returns the kernel of a network's first convolution, or empty if it has none. */
  static Optional<Parameter> firstKernel(Model<?> model) {
    return model.network().parameters().stream()
        .filter(p -> p.shape().numDimensions() == 4)
        .findFirst();
  }

  /**
   * Draws the filters of the first convolution: a tile for each filter. Filters over three channels
   * are drawn in color, with gray for 0. Filters over another number of channels have a tile for
   * each channel.
   *
   * @param most the largest number of tiles to draw; at least 1
   * @return empty if the network has no convolution
   */
  public static Optional<BufferedImage> filters(Model<?> model, int most) {
    return firstKernel(model)
        .map(kernel -> filters(kernel.shape(), model.weights(kernel.name()), most));
  }

  /** Draws a kernel {@code [height, width, in, out]}. */
  static BufferedImage filters(Shape kernel, float[] weights, int most) {
    int height = (int) kernel.get(0);
    int width = (int) kernel.get(1);
    int in = (int) kernel.get(2);
    int out = (int) kernel.get(3);
    int shown = in == 3 ? 1 : in;
    int n = (int) Math.min((long) shown * out, most);
    float largest = largest(weights);
    Tiles tiles = new Tiles(n, COLUMNS, height, width, MIN_TILE);
    for (int tile = 0; tile < n; tile++) {
      int filter = tile / shown;
      int channel = tile % shown;
      for (int i = 0; i < height * width; i++) {
        int at = (i * in + channel) * out + filter;
        int rgb =
            in == 3
                ? colour(weights[at], weights[at + out], weights[at + 2 * out], largest)
                : Colours.signed(weights[at], largest);
        tiles.set(tile, i / width, i % width, rgb);
      }
    }
    return tiles.image();
  }

  private static int colour(float red, float green, float blue, float largest) {
    if (!Float.isFinite(red + green + blue)) {
      return Colours.NOT_FINITE;
    }
    return level(red, largest) << 16 | level(green, largest) << 8 | level(blue, largest);
  }

  private static int level(float value, float largest) {
    return largest == 0 ? 128 : Math.round((value / largest + 1) * 127.5f);
  }

  /** The largest finite absolute value; 0 if there is none. */
  private static float largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      if (Float.isFinite(value)) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return largest;
  }
}
