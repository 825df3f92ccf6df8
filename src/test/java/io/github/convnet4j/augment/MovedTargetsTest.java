package io.github.convnet4j.augment;

import static io.github.convnet4j.augment.Transforms.flipHorizontally;
import static io.github.convnet4j.augment.Transforms.flipVertically;
import static io.github.convnet4j.augment.Transforms.noise;
import static io.github.convnet4j.augment.Transforms.rotate;
import static io.github.convnet4j.augment.Transforms.shift;
import static io.github.convnet4j.augment.Transforms.zoom;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** Masks and images that are targets move with the inputs. */
class MovedTargetsTest {
  private static final int COUNT = 20;
  private static final int HEIGHT = 6;
  private static final int WIDTH = 5;
  private static final Shape MASK = Shape.of(HEIGHT, WIDTH);
  private static final Shape IMAGE = Shape.of(HEIGHT, WIDTH, 1);

  private static float[] blackAndWhite(long seed) {
    Random random = new Random(seed);
    float[] pixels = new float[COUNT * HEIGHT * WIDTH];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextInt(2);
    }
    return pixels;
  }

  @Test
  void flippedMasksEqualFlippedImages() {
    Augmentation flips = Augmentation.of(flipHorizontally(), flipVertically());
    float[] images = blackAndWhite(1);
    float[] masks = images.clone();
    float[] before = images.clone();
    flips.applyToBatch(images, COUNT, IMAGE, 7, 100);
    flips.moveMasks(masks, COUNT, MASK, 9, 7, 100);
    assertArrayEquals(images, masks);
    assertFalse(Arrays.equals(before, masks));
  }

  @Test
  void movedImagesEqualMovedInputsWithoutTheirNoise() {
    Augmentation all = Augmentation.of(rotate(20), noise(0.1), zoom(0.9, 1.1), shift(0.1));
    Augmentation moves = Augmentation.of(rotate(20), zoom(0.9, 1.1), shift(0.1));
    float[] inputs = blackAndWhite(2);
    float[] targets = inputs.clone();
    moves.applyToBatch(inputs, COUNT, IMAGE, 3, 0);
    all.moveImages(targets, COUNT, IMAGE, 3, 0);
    assertArrayEquals(inputs, targets, 1e-6f);
  }

  @Test
  void aMaskTakesTheNearestNumberAndTheOneForOutside() {
    // The content moves one pixel to the right, so each pixel is read one further to the left.
    Geometric right = (height, width, random) -> new Affine(1, 0, 0, 1, -1, 0);
    float[] mask = {1, 2, 3, 4, 5, 6};
    Augmentation.of(right).moveMasks(mask, 1, Shape.of(2, 3), 255, 0, 0);
    assertArrayEquals(new float[] {255, 1, 2, 255, 4, 5}, mask);
    Geometric little = (height, width, random) -> new Affine(1, 0, 0, 1, 0.4, -0.4);
    Augmentation.of(little).moveMasks(mask, 1, Shape.of(2, 3), 255, 0, 0);
    assertArrayEquals(new float[] {255, 1, 2, 255, 4, 5}, mask);
  }

  @Test
  void refusesOtherShapes() {
    Augmentation flips = Augmentation.of(flipHorizontally());
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> flips.moveMasks(new float[6], 1, Shape.of(2, 3, 1), 0, 0, 0))
            .getMessage();
    assertEquals("shape must be [height, width]: [2, 3, 1]", message);
    assertThrows(
        IllegalArgumentException.class,
        () -> flips.moveImages(new float[5], 1, Shape.of(2, 3, 1), 0, 0));
  }
}
