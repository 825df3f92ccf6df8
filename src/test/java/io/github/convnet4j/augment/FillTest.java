package io.github.convnet4j.augment;

import static io.github.convnet4j.augment.Transforms.randomCrop;
import static io.github.convnet4j.augment.Transforms.rotate;
import static io.github.convnet4j.augment.Transforms.shift;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.files.BundledDigits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** What is seen where a moved image does not reach. */
class FillTest {
  private static final Geometric TWO_TO_THE_RIGHT =
      (height, width, random) -> new Affine(1, 0, 0, 1, -2, 0);

  private static final Geometric TWO_UP = (height, width, random) -> new Affine(1, 0, 0, 1, 0, 2);

  private static float[] moved(Geometric movement, Fill fill, Shape shape, float... image) {
    float[] result = image.clone();
    Augmentation.of(movement).fill(fill).applyToBatch(result, 1, shape, 0, 0);
    return result;
  }

  @Test
  void fillsARowFromTheLeft() {
    Shape row = Shape.of(1, 4, 1);
    float[] image = {0.1f, 0.2f, 0.3f, 0.4f};
    assertArrayEquals(
        new float[] {0.7f, 0.7f, 0.1f, 0.2f},
        moved(TWO_TO_THE_RIGHT, Fill.constant(0.7), row, image));
    assertArrayEquals(
        new float[] {0.1f, 0.1f, 0.1f, 0.2f}, moved(TWO_TO_THE_RIGHT, Fill.edge(), row, image));
    assertArrayEquals(
        new float[] {0.2f, 0.1f, 0.1f, 0.2f}, moved(TWO_TO_THE_RIGHT, Fill.reflect(), row, image));
    // All pixels are at the edge, and the smaller one of the two in the middle is 0.2.
    assertArrayEquals(
        new float[] {0.2f, 0.2f, 0.1f, 0.2f},
        moved(TWO_TO_THE_RIGHT, Fill.background(), row, image));
  }

  @Test
  void reflectsAgainAndAgain() {
    Geometric far = (height, width, random) -> new Affine(1, 0, 0, 1, -7, 0);
    // From 7 to the left, the row reads b a | a b b a a b b, and so on.
    assertArrayEquals(
        new float[] {0.1f, 0.2f},
        moved(
            (h, w, random) -> new Affine(1, 0, 0, 1, -8, 0),
            Fill.reflect(),
            Shape.of(1, 2, 1),
            0.1f,
            0.2f));
    assertArrayEquals(
        new float[] {0.2f, 0.2f}, moved(far, Fill.reflect(), Shape.of(1, 2, 1), 0.1f, 0.2f));
  }

  @Test
  void theBackgroundIsTheMedianOfTheBorderInEachChannel() {
    // A white frame with one dark corner around a dark center, and a second channel of 0.5.
    float[] image = new float[3 * 3 * 2];
    for (int pixel = 0; pixel < 9; pixel++) {
      image[2 * pixel] = pixel == 0 || pixel == 4 ? 0 : 1;
      image[2 * pixel + 1] = 0.5f;
    }
    float[] result = moved(TWO_UP, Fill.background(), Shape.of(3, 3, 2), image);
    for (int pixel = 3; pixel < 9; pixel++) {
      assertEquals(1, result[2 * pixel]);
      assertEquals(0.5f, result[2 * pixel + 1]);
    }
  }

  /** The same for white on black as for black on white: only inverted. */
  @Test
  void theDefaultSuitsDarkInkOnPaperAsWellAsWhiteDigits() {
    DataSet digits = BundledDigits.read().train();
    Augmentation moves = Augmentation.of(shift(0.2), rotate(30));
    float[] white = digits.batch(0, 50).images();
    float[] dark = inverted(white);
    moves.applyToBatch(white, 50, Shape.of(28, 28, 1), 3, 0);
    moves.applyToBatch(dark, 50, Shape.of(28, 28, 1), 3, 0);
    assertArrayEquals(inverted(white), dark, 1e-6f);
  }

  /** In two of the digits, a stroke fills more than half of the border. */
  @Test
  void theBackgroundOfNearlyAllBundledDigitsIsBlack() {
    DataSet digits = BundledDigits.read().all();
    int count = digits.size();
    int black = 0;
    for (int i = 0; i < count; i++) {
      black += Fill.background().outside(digits.imageFloats(i), 28, 28, 1)[0] == 0 ? 1 : 0;
    }
    assertEquals(1797, count);
    assertEquals(1795, black);
  }

  private static float[] inverted(float[] image) {
    float[] inverted = new float[image.length];
    for (int i = 0; i < image.length; i++) {
      inverted[i] = 1 - image[i];
    }
    return inverted;
  }

  /** A mask shows what is in the image: also the mirrored part, but not what was filled in. */
  @Test
  void masksContinueWithTheImageOrAreFilledOnTheirOwn() {
    for (Fill fill : List.of(Fill.edge(), Fill.reflect())) {
      float[] mask = {1, 2, 3, 4};
      Augmentation.of(TWO_TO_THE_RIGHT).fill(fill).moveMasks(mask, 1, Shape.of(1, 4), 9, 0, 0);
      float left = fill.equals(Fill.edge()) ? 1 : 2;
      assertArrayEquals(new float[] {left, 1, 1, 2}, mask);
    }
    for (Fill fill : List.of(Fill.background(), Fill.constant(1))) {
      float[] mask = {1, 2, 3, 4};
      Augmentation.of(TWO_TO_THE_RIGHT).fill(fill).moveMasks(mask, 1, Shape.of(1, 4), 9, 0, 0);
      assertArrayEquals(new float[] {9, 9, 1, 2}, mask);
    }
  }

  @Test
  void aConstantHasOneValueOrOneForEachChannel() {
    Shape pixel = Shape.of(1, 1, 3);
    Geometric away = (height, width, random) -> new Affine(1, 0, 0, 1, 5, 5);
    assertArrayEquals(
        new float[] {0.25f, 0.5f, 1}, moved(away, Fill.constant(0.25, 0.5, 1), pixel, 0, 0, 0));
    assertArrayEquals(
        new float[] {0.25f, 0.25f, 0.25f}, moved(away, Fill.constant(0.25), pixel, 0, 0, 0));
    Augmentation two = Augmentation.of(randomCrop(1)).fill(Fill.constant(0, 1));
    String message =
        assertThrows(IllegalArgumentException.class, () -> two.check(pixel)).getMessage();
    assertTrue(message.startsWith("fill ") && message.endsWith(": [0.0, 1.0]"), message);
    assertThrows(IllegalArgumentException.class, Fill::constant);
    assertThrows(IllegalArgumentException.class, () -> Fill.constant(1.5));
    assertThrows(IllegalArgumentException.class, () -> new Fill(Fill.Kind.EDGE, List.of(1.0)));
  }
}
