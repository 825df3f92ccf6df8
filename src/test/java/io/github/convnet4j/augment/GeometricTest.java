package io.github.convnet4j.augment;

import static io.github.convnet4j.augment.Transforms.flipHorizontally;
import static io.github.convnet4j.augment.Transforms.flipVertically;
import static io.github.convnet4j.augment.Transforms.rotate;
import static io.github.convnet4j.augment.Transforms.shear;
import static io.github.convnet4j.augment.Transforms.shift;
import static io.github.convnet4j.augment.Transforms.zoom;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Movements whose results are easy to predict. A draw of 0.5 is the middle between the bounds. */
class GeometricTest {
  private static final float[] TWO_BY_THREE = {
    0.1f, 0.2f, 0.3f,
    0.4f, 0.5f, 0.6f
  };

  private static final float[] TWO_BY_TWO = {
    0.1f, 0.2f,
    0.3f, 0.4f
  };

  /** 0.75 is halfway from the middle to the bound, and a quarter of 4 columns is one. */
  @Test
  void shiftsByWholePixelsExactly() {
    float[] image = {
      0.1f, 0.2f, 0.3f, 0.4f,
      0.5f, 0.6f, 0.7f, 0.8f
    };
    float[] right = {
      0, 0.1f, 0.2f, 0.3f,
      0, 0.5f, 0.6f, 0.7f
    };
    float[] leftAndUp = {0.7f, 0.8f, 0, 0, 0, 0, 0, 0};
    assertArrayEquals(right, moved(shift(0.5), image, 2, 4, 0.5, 0.75));
    assertArrayEquals(leftAndUp, moved(shift(1, 0.5), image, 2, 4, 0.25, 0));
  }

  @Test
  void shiftingByHalfAPixelAveragesNeighbors() {
    // Pixels outside are 0, so half of the first pixel is left.
    float[] expected = {0.05f, 0.15f, 0.25f, 0.2f, 0.45f, 0.55f};
    assertArrayEquals(expected, moved(shift(0, 1 / 3.0), TWO_BY_THREE, 2, 3, 0.5, 0.75), 1e-7f);
  }

  @Test
  void rotatesAQuarterTurnToTheLeft() {
    float[] expected = {
      0.2f, 0.4f,
      0.1f, 0.3f
    };
    assertArrayEquals(expected, moved(rotate(180), TWO_BY_TWO, 2, 2, 0.75), 1e-7f);
  }

  @Test
  void rotatesAQuarterTurnToTheRight() {
    float[] expected = {
      0.3f, 0.1f,
      0.4f, 0.2f
    };
    assertArrayEquals(expected, moved(rotate(90), TWO_BY_TWO, 2, 2, 0), 1e-7f);
  }

  @Test
  void rotatesHalfATurnAroundTheCenter() {
    float[] expected = {
      0.6f, 0.5f, 0.4f,
      0.3f, 0.2f, 0.1f
    };
    assertArrayEquals(expected, moved(rotate(180), TWO_BY_THREE, 2, 3, 0), 1e-7f);
  }

  /**
   * The pixels of the enlarged image lie at 0.25 and 0.75 between those of the old one, each way:
   * 0.1 + 0.1/4 + 0.2/4 at the top left.
   */
  @Test
  void zoomsByTwo() {
    float[] expected = {
      0.175f, 0.225f,
      0.275f, 0.325f
    };
    assertArrayEquals(expected, moved(zoom(2, 2), TWO_BY_TWO, 2, 2, 0), 1e-7f);
  }

  /** Every second pixel around the center, and 0 outside the image. */
  @Test
  void zoomsByOneHalf() {
    float[] image = new float[25];
    image[12] = 0.5f;
    image[10] = 0.25f;
    image[4] = 1;
    float[] expected = new float[25];
    expected[12] = 0.5f;
    expected[11] = 0.25f;
    expected[8] = 1;
    assertArrayEquals(expected, moved(zoom(0.5, 0.5), image, 5, 5, 0));
  }

  @Test
  void drawsTheZoomBetweenItsBounds() {
    Affine places = zoom(1, 4).draw(2, 2, Draws.of(1 / 3.0));
    assertEquals(new Affine(0.5, 0, 0, 0.5, 0, 0), places);
  }

  /** The tangent of 45 degrees is 1: a row above the center moves one pixel to the right. */
  @Test
  void shearsToTheRight() {
    float[] image = {
      0.1f, 0.2f, 0.3f,
      0.4f, 0.5f, 0.6f,
      0.7f, 0.8f, 0.9f
    };
    float[] expected = {0, 0.1f, 0.2f, 0.4f, 0.5f, 0.6f, 0.8f, 0.9f, 0};
    assertArrayEquals(expected, moved(shear(60), image, 3, 3, 0.875), 1e-6f);
  }

  @Test
  void flipsLeftAndRight() {
    float[] expected = {
      0.3f, 0.2f, 0.1f,
      0.6f, 0.5f, 0.4f
    };
    assertArrayEquals(expected, moved(flipHorizontally(), TWO_BY_THREE, 2, 3, 0.5));
    assertArrayEquals(TWO_BY_THREE, moved(flipHorizontally(), TWO_BY_THREE, 2, 3, 0.49));
  }

  @Test
  void flipsTopAndBottom() {
    float[] expected = {
      0.4f, 0.5f, 0.6f,
      0.1f, 0.2f, 0.3f
    };
    assertArrayEquals(expected, moved(flipVertically(), TWO_BY_THREE, 2, 3, 0.5));
    assertArrayEquals(TWO_BY_THREE, moved(flipVertically(), TWO_BY_THREE, 2, 3, 0.49));
  }

  /** Two pixels of different colors, side by side. */
  @Test
  void keepsChannelsTogether() {
    float[] image = {0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f};
    float[] expected = {0.4f, 0.5f, 0.6f, 0.1f, 0.2f, 0.3f};
    assertArrayEquals(
        expected, Augmentation.of(flipHorizontally()).apply(image, 1, 2, 3, Draws.of(0.9)));
  }

  /**
   * Moving by half a pixel and back restores the image, because it is interpolated once.
   * Interpolating twice would blur it.
   */
  @Test
  void combinesMovementsIntoOne() {
    Augmentation thereAndBack = Augmentation.of(shift(0, 1), shift(0, 1));
    float[] result = thereAndBack.apply(TWO_BY_THREE, 2, 3, 1, Draws.of(0.5, 0.625, 0.5, 0.375));
    assertArrayEquals(TWO_BY_THREE, result);
  }

  @Test
  void movesInTheOrderOfTheList() {
    Affine shift = new Affine(1, 0, 0, 1, -3, -5);
    Affine zoom = new Affine(0.5, 0, 0, 0.5, 0, 0);
    // Moved by 3 and then enlarged, it has moved by 6: the center shows what was 3 to the left.
    assertEquals(new Affine(0.5, 0, 0, 0.5, -3, -5), shift.then(zoom));
    assertEquals(new Affine(0.5, 0, 0, 0.5, -1.5, -2.5), zoom.then(shift));
  }

  private static float[] moved(
      Geometric movement, float[] image, int height, int width, double... draws) {
    Draws random = Draws.of(draws);
    float[] result =
        Augmentation.of(movement).fill(Fill.constant(0)).apply(image, height, width, 1, random);
    assertTrue(random.areUsedUp());
    return result;
  }
}
