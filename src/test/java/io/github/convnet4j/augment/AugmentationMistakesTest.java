package io.github.convnet4j.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** Messages about bad arguments have the argument and its value. */
class AugmentationMistakesTest {
  private static final float[] IMAGES = new float[24];

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(() -> Transforms.shift(-0.1), "share must be from 0 to 1: -0.1"),
        mistake(() -> Transforms.shift(1.5, 0), "vertical must be from 0 to 1: 1.5"),
        mistake(() -> Transforms.shift(0, Float.NaN), "horizontal must be from 0 to 1: NaN"),
        mistake(() -> Transforms.rotate(181), "degrees must be from 0 to 180: 181.0"),
        mistake(() -> Transforms.shear(81), "degrees must be from 0 to 80: 81.0"),
        mistake(() -> Transforms.zoom(0, 1), "from must be a positive, finite number: 0.0"),
        mistake(
            () -> Transforms.zoom(1, Float.POSITIVE_INFINITY),
            "to must be a positive, finite number: Infinity"),
        mistake(() -> Transforms.zoom(1.1, 0.9), "to must be at least from, 1.1: 0.9"),
        mistake(() -> Transforms.brightness(2), "largest must be from 0 to 1: 2.0"),
        mistake(
            () -> Transforms.contrast(-1, 1), "from must be 0 or a positive, finite number: -1.0"),
        mistake(
            () -> Transforms.contrast(0, Float.NaN),
            "to must be 0 or a positive, finite number: NaN"),
        mistake(() -> Transforms.contrast(2, 1), "to must be at least from, 2.0: 1.0"),
        mistake(() -> Transforms.cutout(0), "size must be at least 1: 0"),
        mistake(() -> Transforms.noise(-1), "stddev must be 0 or a positive, finite number: -1.0"),
        mistake(() -> new Affine(1, 0, 0, Double.NaN, 0, 0), "yy must be a finite number: NaN"),
        mistake(() -> batch(0, 2, 3, 1, 0), "count must be at least 1: 0"),
        mistake(() -> batch(4, 0, 3, 1, 0), "height must be at least 1: 0"),
        mistake(() -> batch(4, 2, 0, 1, 0), "width must be at least 1: 0"),
        mistake(() -> batch(4, 2, 3, 0, 0), "channels must be at least 1: 0"),
        mistake(() -> batch(4, 2, 3, 1, -1), "firstImage must be at least 0: -1"),
        mistake(() -> batch(3, 2, 3, 1, 0), "images must hold 3 images of 2x3x1: 24 values"),
        mistake(
            () -> batch(4, 1 << 16, 1 << 16, 1 << 16, 0),
            "images must hold 4 images of 65536x65536x65536: 24 values"),
        mistake(
            () -> Augmentation.none().apply(IMAGES, 5, 5, 1, Draws.of()),
            "image must hold one image of 5x5x1: 24 values"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void namesTheArgumentAndItsValue(Executable mistake, String message) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, mistake).getMessage());
  }

  @Test
  void describesItself() {
    assertEquals(
        "Augmentation[transforms=[Rotate[degrees=10.0], Noise[stddev=0.5]],"
            + " fill=Fill[kind=EDGE, values=[]]]",
        Augmentation.of(Transforms.rotate(10), Transforms.noise(0.5)).fill(Fill.edge()).toString());
    assertEquals(
        Augmentation.of(Transforms.shift(0.5)), Augmentation.of(Transforms.shift(0.5, 0.5)));
  }

  private static Arguments mistake(Executable mistake, String message) {
    return Arguments.of(mistake, message);
  }

  private static void batch(int count, int height, int width, int channels, long firstImage) {
    Augmentation.none()
        .applyToBatch(IMAGES, count, Shape.of(height, width, channels), 0, firstImage);
  }
}
