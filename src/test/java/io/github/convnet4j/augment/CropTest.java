package io.github.convnet4j.augment;

import static io.github.convnet4j.augment.Transforms.randomCrop;
import static io.github.convnet4j.augment.Transforms.randomResizedCrop;
import static io.github.convnet4j.augment.Transforms.rotate90;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** Parts of images, and quarter turns. */
class CropTest {
  @Property(tries = 300)
  void partsLieInTheImageAndHaveTheRightShape(
      @ForAll @IntRange(min = 1, max = 300) int height,
      @ForAll @IntRange(min = 1, max = 300) int width,
      @ForAll long seed) {
    Affine places =
        randomResizedCrop(0.1, 0.8, 0.5, 2).draw(height, width, Augmentation.random(seed, 0));
    double cropWidth = places.xx() * width;
    double cropHeight = places.yy() * height;
    assertEquals(0, places.xy());
    assertEquals(0, places.yx());
    assertTrue(Math.abs(places.dx()) + cropWidth / 2 <= width / 2.0 + 1e-3, places::toString);
    assertTrue(Math.abs(places.dy()) + cropHeight / 2 <= height / 2.0 + 1e-3, places::toString);
    double aspect = cropWidth / cropHeight;
    assertTrue(aspect >= 0.5 - 1e-6 && aspect <= 2 + 1e-6, () -> "aspect " + aspect);
  }

  /** In a square image, each of these shapes fits, so the area is never cut down. */
  @Property(tries = 100)
  void partsHaveTheRightArea(@ForAll long seed) {
    Affine places = randomResizedCrop(0.1, 0.5).draw(64, 64, Augmentation.random(seed, 0));
    double area = places.xx() * places.yy();
    assertTrue(area >= 0.1 - 1e-6 && area <= 0.5 + 1e-6, () -> "area " + area);
    double aspect = places.xx() / places.yy();
    assertTrue(aspect >= 0.75 - 1e-6 && aspect <= 4 / 3.0 + 1e-6, () -> "aspect " + aspect);
  }

  /** A quarter of the area in the middle: the same as enlarging by two. */
  @Test
  void stretchesThePartToTheWholeImage() {
    Geometric quarter = randomResizedCrop(0.25, 0.25, 1, 1);
    assertEquals(new Affine(0.5, 0, 0, 0.5, 0, 0), quarter.draw(8, 8, Draws.of(0, 0, 0.5, 0.5)));
    // The part at the top left: its center is a quarter of the image away from the middle.
    assertEquals(new Affine(0.5, 0, 0, 0.5, -2, -2), quarter.draw(8, 8, Draws.of(0, 0, 0, 0)));
  }

  /** A square part of the same area as an image of 100x1 never fits. */
  @Test
  void takesTheMiddleIfNoShapeFits() {
    Affine wide = randomResizedCrop(1, 1, 1, 1).draw(1, 100, Augmentation.random(1, 1));
    assertEquals(Affine.linear(0.01, 0, 0, 1), wide);
    Affine high = randomResizedCrop(1, 1, 1, 1).draw(100, 1, Augmentation.random(1, 1));
    assertEquals(Affine.linear(1, 0, 0, 0.01), high);
  }

  @Test
  void padsAndCropsByWholePixels() {
    Set<Affine> seen = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      seen.add(randomCrop(2).draw(7, 9, Augmentation.random(3, i)));
    }
    Set<Affine> expected = new HashSet<>();
    for (int right = -2; right <= 2; right++) {
      for (int down = -2; down <= 2; down++) {
        expected.add(new Affine(1, 0, 0, 1, right, down));
      }
    }
    assertEquals(expected, seen);
    assertEquals(Affine.IDENTITY, randomCrop(0).draw(7, 9, Augmentation.random(3, 0)));
  }

  @Test
  void turnsByQuartersExactly() {
    float[] image = {0.1f, 0.2f, 0.3f, 0.4f};
    float[][] turned = {
      {0.1f, 0.2f, 0.3f, 0.4f},
      {0.2f, 0.4f, 0.1f, 0.3f},
      {0.4f, 0.3f, 0.2f, 0.1f},
      {0.3f, 0.1f, 0.4f, 0.2f}
    };
    for (int turn = 0; turn < 4; turn++) {
      float[] result =
          Augmentation.of(rotate90()).apply(image, 2, 2, 1, Draws.of((turn + 0.5) / 4));
      assertArrayEquals(turned[turn], result);
    }
  }

  @Test
  void quarterTurnsNeedSquareImages() {
    Augmentation turns = Augmentation.of(rotate90());
    String message =
        assertThrows(IllegalArgumentException.class, () -> turns.check(Shape.of(4, 6, 1)))
            .getMessage();
    assertTrue(message.startsWith("rotate90 ") && message.endsWith("[4, 6, 1]"), message);
  }

  @Test
  void refusesBadArguments() {
    assertMessage(
        "areaFrom must be a positive, finite number: 0.0", () -> randomResizedCrop(0, 0.5));
    assertMessage("areaTo must be from 0 to 1: 1.5", () -> randomResizedCrop(0.5, 1.5));
    assertMessage(
        "areaTo must be at least areaFrom, 0.5: 0.25", () -> randomResizedCrop(0.5, 0.25));
    assertMessage(
        "aspectFrom must be a positive, finite number: -1.0",
        () -> randomResizedCrop(0.5, 1, -1, 1));
    assertMessage("padding must be at least 0: -1", () -> randomCrop(-1));
  }

  private static void assertMessage(String message, Runnable mistake) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, mistake::run).getMessage());
  }
}
