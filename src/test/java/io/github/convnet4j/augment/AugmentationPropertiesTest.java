package io.github.convnet4j.augment;

import static io.github.convnet4j.augment.Transforms.autoContrast;
import static io.github.convnet4j.augment.Transforms.brightness;
import static io.github.convnet4j.augment.Transforms.colourJitter;
import static io.github.convnet4j.augment.Transforms.contrast;
import static io.github.convnet4j.augment.Transforms.cutout;
import static io.github.convnet4j.augment.Transforms.equalize;
import static io.github.convnet4j.augment.Transforms.flipHorizontally;
import static io.github.convnet4j.augment.Transforms.flipVertically;
import static io.github.convnet4j.augment.Transforms.mixUp;
import static io.github.convnet4j.augment.Transforms.noise;
import static io.github.convnet4j.augment.Transforms.posterize;
import static io.github.convnet4j.augment.Transforms.randAugment;
import static io.github.convnet4j.augment.Transforms.randomCrop;
import static io.github.convnet4j.augment.Transforms.randomResizedCrop;
import static io.github.convnet4j.augment.Transforms.rotate;
import static io.github.convnet4j.augment.Transforms.sharpness;
import static io.github.convnet4j.augment.Transforms.shear;
import static io.github.convnet4j.augment.Transforms.shift;
import static io.github.convnet4j.augment.Transforms.solarize;
import static io.github.convnet4j.augment.Transforms.zoom;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Properties for images of all sizes and any random numbers. */
class AugmentationPropertiesTest {
  /** An image and its size. */
  static final class Image {
    private final int height;
    private final int width;
    private final int channels;
    private final float[] values;

    Image(int height, int width, int channels, float[] values) {
      this.height = height;
      this.width = width;
      this.channels = channels;
      this.values = values;
    }

    float[] through(Augmentation augmentation, long seed) {
      return augmentation.apply(values, height, width, channels, Augmentation.random(seed, 0));
    }

    Image through(Augmentation augmentation, Draws draws) {
      return new Image(
          height, width, channels, augmentation.apply(values, height, width, channels, draws));
    }
  }

  /** With these bounds nothing is random, and every bit stays the same. */
  private static final Augmentation IDENTITY =
      Augmentation.of(
          shift(0), rotate(0), zoom(1, 1), shear(0), brightness(0), contrast(1, 1), noise(0));

  @Property(tries = 300)
  void keepsTheRange(
      @ForAll("images") Image image,
      @ForAll("transforms") List<Transform> transforms,
      @ForAll long seed) {
    float[] result = image.through(Augmentation.of(transforms), seed);
    assertEquals(image.values.length, result.length);
    for (float value : result) {
      assertTrue(value >= 0 && value <= 1, () -> "outside of 0 to 1: " + value);
    }
  }

  @Property(tries = 100)
  void keepsEveryBitIfNothingChanges(@ForAll("images") Image image, @ForAll long seed) {
    image.values[0] = -0f;
    float[] result = image.through(IDENTITY, seed);
    for (int i = 0; i < result.length; i++) {
      assertEquals(Float.floatToRawIntBits(image.values[i]), Float.floatToRawIntBits(result[i]));
    }
  }

  /** Flips twice, first in two augmentations, then in a single one. */
  @Property(tries = 100)
  void flippingTwiceRestoresTheImage(@ForAll("images") Image image, @ForAll boolean leftRight) {
    Geometric flip = leftRight ? flipHorizontally() : flipVertically();
    Image once = image.through(Augmentation.of(flip), Draws.of(0.5));
    assertArrayEquals(image.values, once.through(Augmentation.of(flip), Draws.of(0.5)).values);
    Augmentation twice = Augmentation.of(flip, flip);
    assertArrayEquals(image.values, image.through(twice, Draws.of(0.5, 0.5)).values);
  }

  /** A movement gives no values above those around a position. */
  @Property(tries = 100)
  void movingAnImageDoesNotMakeItBrighter(
      @ForAll("images") Image image,
      @ForAll("movements") List<Transform> movements,
      @ForAll long seed) {
    float brightest = 0;
    for (float value : image.values) {
      brightest = Math.max(brightest, value);
    }
    for (float value : image.through(Augmentation.of(movements), seed)) {
      assertTrue(value <= brightest * (1 + 1e-6f));
    }
  }

  @Provide
  Arbitrary<Image> images() {
    Arbitrary<Integer> side = Arbitraries.integers().between(1, 7).withoutEdgeCases();
    return Combinators.combine(side, side, Arbitraries.of(1, 3))
        .flatAs(
            (height, width, channels) ->
                Arbitraries.oneOf(
                        Arbitraries.of(0f, Float.MIN_VALUE, 0.5f, 1f),
                        Arbitraries.floats().between(0, 1))
                    .withoutEdgeCases()
                    .array(float[].class)
                    .ofSize(height * width * channels)
                    .map(values -> new Image(height, width, channels, values)));
  }

  @Provide
  Arbitrary<List<Transform>> transforms() {
    Arbitrary<Transform> others =
        Arbitraries.of(
            brightness(1),
            contrast(0, 100),
            cutout(1),
            noise(10),
            contrast(1, 1),
            noise(0),
            sharpness(0, 10),
            posterize(1),
            solarize(0),
            autoContrast(),
            equalize(),
            colourJitter(1, 1, 0, 0),
            randAugment(2, 30),
            mixUp(1));
    return Arbitraries.oneOf(movement(), others).list().ofMaxSize(8);
  }

  @Provide
  Arbitrary<List<Transform>> movements() {
    return movement().list().ofMaxSize(6);
  }

  private static Arbitrary<Transform> movement() {
    return Arbitraries.of(
        shift(1),
        shift(0.1, 0),
        rotate(180),
        rotate(10),
        zoom(1e-3, 1e3),
        zoom(0.9, 1.1),
        shear(80),
        shear(5),
        flipHorizontally(),
        flipVertically(),
        randomCrop(3),
        randomResizedCrop(0.01, 1, 0.1, 10));
  }
}
