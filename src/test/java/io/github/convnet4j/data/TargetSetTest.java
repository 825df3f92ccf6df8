package io.github.convnet4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** Tests {@link TargetSet}. */
class TargetSetTest {
  /** Three images of 1x2, each with two targets. */
  private static final TargetSet SET =
      TargetSet.of(
          new byte[] {0, 51, 102, (byte) 153, (byte) 204, (byte) 255},
          new float[] {1, -1, 2, -2, 3, -3},
          Shape.of(1, 2, 1),
          2);

  private static void assertFault(String message, Runnable act) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, act::run).getMessage());
  }

  @Test
  void returnsImagesAndTheirTargets() {
    assertEquals(3, SET.size());
    assertEquals(2, SET.targetsPerImage());
    assertArrayEquals(new byte[] {102, (byte) 153}, SET.image(1));
    assertArrayEquals(new float[] {0.4f, 0.6f}, SET.imageFloats(1), 1e-6f);
    assertArrayEquals(new float[] {2, -2}, SET.targets(1));
    assertArrayEquals(new float[] {1, -1, 2, -2, 3, -3}, SET.targets());
    assertEquals("TargetSet[3 images of 1x2x1, 2 targets each]", SET.toString());
  }

  @Test
  void batchesHaveTheImagesInTheGivenOrder() {
    ExampleBatch batch = SET.newBatch(2);
    SET.fill(new int[] {2, 0}, batch);
    assertArrayEquals(new float[] {0.8f, 1, 0, 0.2f}, batch.input(), 1e-6f);
    assertArrayEquals(new float[] {3, -3, 1, -1}, batch.target());
  }

  @Test
  void fillsExistingArraysLikeBatches() {
    int[] indices = {2, 0};
    ExampleBatch batch = SET.newBatch(2);
    SET.fill(indices, batch);
    float[] pixels = new float[batch.input().length];
    float[] targets = new float[batch.target().length];
    SET.fill(indices, pixels, targets);
    assertArrayEquals(batch.input(), pixels);
    assertArrayEquals(batch.target(), targets);
    assertFault(
        "ofBatch must have room for exactly 2 images of 2 values each: 3",
        () -> SET.fill(indices, pixels, new float[3]));
  }

  @Test
  void theIndicesOfASubsetStartAtZero() {
    TargetSet last = SET.subset(0, 3).subset(1, 3).subset(1, 2);
    assertEquals(1, last.size());
    assertArrayEquals(new byte[] {(byte) 204, (byte) 255}, last.image(0));
    assertArrayEquals(new float[] {3, -3}, last.targets(0));
    assertArrayEquals(new float[] {3, -3}, last.targets());
    ExampleBatch batch = last.newBatch(1);
    last.fill(new int[] {0}, batch);
    assertArrayEquals(new float[] {3, -3}, batch.target());
    assertThrows(IndexOutOfBoundsException.class, () -> last.image(1));
    assertThrows(IndexOutOfBoundsException.class, () -> last.targets(1));
    assertThrows(IndexOutOfBoundsException.class, () -> last.fill(new int[] {-1}, batch));
    assertThrows(IndexOutOfBoundsException.class, () -> SET.subset(2, 2));
  }

  @Test
  void theImagesOfADataSetGetOtherTargets() {
    DataSet data =
        DataSet.of(new float[] {0.1f, 0.2f, 0.3f}, new int[] {0, 1, 1}, Shape.of(1, 1, 1), 2)
            .subset(1, 3);
    TargetSet set = TargetSet.of(data, new float[] {7, 8}, 1);
    assertArrayEquals(new float[] {0.2f}, set.imageFloats(0));
    assertArrayEquals(new float[] {7}, set.targets(0));
    assertArrayEquals(new float[] {0.3f}, set.imageFloats(1));
    assertArrayEquals(new float[] {8}, set.targets(1));
    assertFault(
        "targets must have 2 rows, one for each image: 3",
        () -> TargetSet.of(data, new float[3], 1));
  }

  @Test
  void cannotBeChangedFromOutside() {
    float[] pixels = {0.5f};
    float[] targets = {1};
    TargetSet set = TargetSet.of(pixels, targets, Shape.of(1, 1, 1), 1);
    pixels[0] = 0;
    targets[0] = 0;
    set.targets()[0] = 0;
    set.targets(0)[0] = 0;
    set.imageFloats(0)[0] = 0;
    ExampleBatch batch = set.newBatch(1);
    set.fill(new int[] {0}, batch);
    batch.target()[0] = 0;
    assertArrayEquals(new float[] {0.5f}, set.imageFloats(0));
    assertArrayEquals(new float[] {1}, set.targets(0));
  }

  @Test
  void refusesBadArgumentsByName() {
    assertFault(
        "target 1 of image 0 must be finite: NaN",
        () -> TargetSet.of(new byte[2], new float[] {0, Float.NaN, 0, 0}, Shape.of(1, 1, 1), 2));
    assertFault(
        "target 0 of image 1 must be finite: -Infinity",
        () ->
            TargetSet.of(
                new byte[2], new float[] {0, Float.NEGATIVE_INFINITY}, Shape.of(1, 1, 1), 1));
    assertFault(
        "the number of targets must be a multiple of targetsPerImage, 2: 3",
        () -> TargetSet.of(new byte[2], new float[3], Shape.of(1, 1, 1), 2));
    assertFault(
        "targetsPerImage must be at least 1: 0",
        () -> TargetSet.of(new byte[2], new float[2], Shape.of(1, 1, 1), 0));
    assertFault(
        "pixels must hold 2 images of 1x1x3, one for each target row: 2 values",
        () -> TargetSet.of(new byte[2], new float[2], Shape.of(1, 1, 3), 1));
    assertFault(
        "number of target rows must be at least 1: 0",
        () -> TargetSet.of(new byte[0], new float[0], Shape.of(1, 1, 1), 1));
  }
}
