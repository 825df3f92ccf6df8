package io.github.convnet4j.train;

import io.github.convnet4j.layer.BatchNorm;
import io.github.convnet4j.layer.Computation;
import io.github.convnet4j.layer.GroupNorm;
import io.github.convnet4j.layer.LayerNorm;
import io.github.convnet4j.layer.PlacedNode;
import io.github.convnet4j.layer.Rescaling;
import java.util.List;

/** Advice to those who train on images with large values, which most networks learn badly from. */
final class ScaleAdvice {
  private static final System.Logger LOGGER = System.getLogger("io.github.convnet4j");

  private ScaleAdvice() {}

  /**
   * Logs a warning if the images have large values and nothing in the model scales them.
   *
   * @param pixels the range of the first batch
   */
  static void give(Model<?> model, PixelRange pixels) {
    if (pixels.exceedsUnit()
        && model.hasNetwork()
        && model.options().normalization().isUnit()
        && !scales(model.network().nodes())) {
      LOGGER.log(
          System.Logger.Level.WARNING,
          "The training images have values from "
              + pixels.low()
              + " to "
              + pixels.high()
              + ". Most networks learn better from values of about 1: divide pixels from 0 to 255"
              + " by 255, start the network with rescaling(1 / 255.0), or give the model"
              + " ModelOptions.seed(…).normalization(Normalization.of(examples)).");
    }
  }

  /** Whether a layer changes the scale, or may do so because it is not built in. */
  private static boolean scales(List<PlacedNode> nodes) {
    return nodes.stream().anyMatch(node -> scales(node.computation()) || scales(node.inner()));
  }

  private static boolean scales(Computation computation) {
    return computation instanceof Rescaling
        || computation instanceof BatchNorm
        || computation instanceof LayerNorm
        || computation instanceof GroupNorm
        || computation.getClass().getPackage() != Computation.class.getPackage();
  }
}
