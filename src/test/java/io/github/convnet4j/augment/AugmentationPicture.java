package io.github.convnet4j.augment;

import static io.github.convnet4j.augment.Transforms.brightness;
import static io.github.convnet4j.augment.Transforms.contrast;
import static io.github.convnet4j.augment.Transforms.cutout;
import static io.github.convnet4j.augment.Transforms.flipHorizontally;
import static io.github.convnet4j.augment.Transforms.flipVertically;
import static io.github.convnet4j.augment.Transforms.noise;
import static io.github.convnet4j.augment.Transforms.rotate;
import static io.github.convnet4j.augment.Transforms.shear;
import static io.github.convnet4j.augment.Transforms.shift;
import static io.github.convnet4j.augment.Transforms.zoom;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.examples.plot.Colormap;
import io.github.convnet4j.examples.plot.Figure;
import io.github.convnet4j.examples.plot.PlotTarget;
import io.github.convnet4j.examples.plot.Plots;
import io.github.convnet4j.files.BundledDigits;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Draws one of the bundled digits with each transform applied, into {@code docs/pictures}:
 *
 * <pre>{@code
 * mvn -q test-compile
 * java -cp target/classes:target/test-classes io.github.convnet4j.augment.AugmentationPicture
 * }</pre>
 */
final class AugmentationPicture {
  private static final int ROWS = 3;
  private static final int COLUMNS = 4;
  private static final int DIGIT = 4;
  private static final long SEED = 1889;

  private AugmentationPicture() {}

  public static void main(String[] args) {
    Plots.to(PlotTarget.FILE, Path.of("docs", "pictures"), System.err::println).show(figure());
  }

  /** Draws all transforms with the same seed, and larger amounts than for training. */
  static Figure figure() {
    Map<String, Augmentation> shown = new LinkedHashMap<>();
    shown.put("as it is", Augmentation.none());
    shown.put("shift", Augmentation.of(shift(0.25)));
    shown.put("rotate", Augmentation.of(rotate(45)));
    shown.put("zoom", Augmentation.of(zoom(0.4, 0.6)));
    shown.put("shear", Augmentation.of(shear(45)));
    shown.put("flip left-right", Augmentation.of(flipHorizontally()));
    shown.put("flip top-bottom", Augmentation.of(flipVertically()));
    shown.put("brightness", Augmentation.of(brightness(0.6)));
    shown.put("contrast", Augmentation.of(contrast(0.2, 0.6)));
    shown.put("cutout", Augmentation.of(cutout(12)));
    shown.put("noise", Augmentation.of(noise(0.2)));
    shown.put(
        "several", Augmentation.of(shift(0.1), rotate(20), zoom(0.8, 1.1), cutout(8), noise(0.1)));
    DataSet digits = BundledDigits.read().train();
    Figure figure = Figure.of("augmentation");
    int index = 1;
    for (Map.Entry<String, Augmentation> entry : shown.entrySet()) {
      float[] image =
          entry
              .getValue()
              .apply(
                  digits.imageFloats(DIGIT),
                  digits.height(),
                  digits.width(),
                  1,
                  Augmentation.random(SEED, 0));
      int side = digits.width() + 4;
      figure
          .subplot(ROWS, COLUMNS, index++)
          .imshow(framed(image, digits.width()), side, side, Colormap.GRAY)
          .title(entry.getKey());
    }
    return figure;
  }

  /**
   * Adds a frame of ones and a frame of zeros. Colors are scaled to the range of values in a plot,
   * so this makes them the same in every plot.
   */
  private static float[] framed(float[] image, int width) {
    int side = width + 4;
    float[] framed = new float[side * side];
    Arrays.fill(framed, 1);
    for (int y = 1; y < side - 1; y++) {
      Arrays.fill(framed, y * side + 1, (y + 1) * side - 1, 0);
    }
    for (int y = 0; y < width; y++) {
      System.arraycopy(image, y * width, framed, (y + 2) * side + 2, width);
    }
    return framed;
  }
}
