package io.github.convnet4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.ndarray.Shape;

class DataSetTest {
  /** Three images of 1x2 pixels, of classes 2, 0 and 1. */
  private final DataSet data =
      DataSet.of(
          new byte[] {0, (byte) 255, 51, 102, 3, 4}, new int[] {2, 0, 1}, Shape.of(1, 2, 1), 3);

  @Test
  void hasItsSizes() {
    assertEquals(3, data.size());
    assertEquals(1, data.height());
    assertEquals(2, data.width());
    assertEquals(1, data.channels());
    assertEquals(2, data.pixelsPerImage());
    assertEquals(3, data.classes());
    assertEquals("DataSet[3 images of 1x2x1, 3 classes]", data.toString());
  }

  @Test
  void returnsLabelsAsNumbersAndOneHot() {
    assertArrayEquals(new int[] {2, 0, 1}, data.labels());
    assertEquals(2, data.label(0));
    assertArrayEquals(new float[] {0, 0, 1}, data.oneHot(0));
    assertArrayEquals(new float[] {1, 0, 0}, data.oneHot(1));
  }

  @Test
  void scalesPixelsInSinglePrecisionLikeThePythonNotebooks() {
    assertArrayEquals(new byte[] {51, 102}, data.image(1));
    // numpy prints these for np.array([51, 102], np.uint8) * np.float32(1 / 255.0), and 1.0 for
    // 255; 51 / 255f would be 0.2f.
    assertArrayEquals(new float[] {0.20000002f, 0.40000004f}, data.imageFloats(1));
    assertArrayEquals(new float[] {0, 1}, data.imageFloats(0));
  }

  @Test
  void keepsFloatsUnchangedAndRoundsThemToBytes() {
    float[] pixels = {0.2f, -3, 1, Float.NaN, 0.5f, 1000};
    DataSet numbers = DataSet.of(pixels, new int[] {2, 0, 1}, Shape.of(1, 2, 1), 3);
    pixels[0] = 9;
    assertArrayEquals(new float[] {0.2f, -3}, numbers.imageFloats(0));
    assertArrayEquals(new float[] {1, Float.NaN}, numbers.subset(1, 3).imageFloats(0));
    assertArrayEquals(new float[] {1, Float.NaN, 0.5f, 1000}, numbers.batch(1, 3).images());
    assertArrayEquals(new byte[] {51, 0}, numbers.image(0));
    assertArrayEquals(new byte[] {(byte) 255, 0}, numbers.image(1));
    assertArrayEquals(new byte[] {(byte) 128, (byte) 255}, numbers.image(2));
  }

  @Test
  void returnsBatchesInAnyOrder() {
    Batch batch = data.subset(1, 3).batch(new int[] {1, 0, 1});
    assertArrayEquals(new int[] {1, 0, 1}, batch.classLabels());
    assertArrayEquals(data.imageFloats(2), Arrays.copyOf(batch.images(), 2));
    assertEquals(
        "index must be from 0 to 2: 3",
        assertThrows(IndexOutOfBoundsException.class, () -> data.batch(new int[] {0, 3}))
            .getMessage());
  }

  @Test
  void fillsExistingArraysLikeBatches() {
    int[] indices = {2, 0};
    Batch batch = data.batch(indices);
    float[] pixels = new float[batch.images().length];
    float[] oneHot = new float[batch.labels().length];
    Arrays.fill(pixels, 7);
    Arrays.fill(oneHot, 7);
    data.fill(indices, pixels, oneHot);
    assertArrayEquals(batch.images(), pixels);
    assertArrayEquals(batch.labels(), oneHot);
    assertEquals(
        "pixels must have room for exactly 2 images of 2 values each: 5",
        assertThrows(IllegalArgumentException.class, () -> data.fill(indices, new float[5], oneHot))
            .getMessage());
    assertEquals(
        "oneHot must have room for exactly 2 images of 3 values each: 1",
        assertThrows(IllegalArgumentException.class, () -> data.fill(indices, pixels, new float[1]))
            .getMessage());
  }

  @Test
  void returnsBatchesInItsOwnOrder() {
    Batch batch = data.batch(1, 3);
    assertEquals(2, batch.size());
    float one = 0.003921569f;
    assertArrayEquals(new float[] {51 * one, 102 * one, 3 * one, 4 * one}, batch.images());
    assertArrayEquals(new float[] {1, 0, 0, 0, 1, 0}, batch.labels());
    assertArrayEquals(new int[] {0, 1}, batch.classLabels());
  }

  @Test
  void theIndicesOfASubsetStartAtZero() {
    DataSet subset = data.subset(1, 3).subset(1, 2);
    assertEquals(1, subset.size());
    assertEquals(1, subset.label(0));
    assertArrayEquals(new byte[] {3, 4}, subset.image(0));
    assertArrayEquals(new int[] {1}, subset.batch(0, 1).classLabels());
    assertArrayEquals(new int[] {1}, subset.batches(777).nextBatch(1).classLabels());
    assertThrows(IndexOutOfBoundsException.class, () -> subset.image(1));
  }

  @Test
  void cannotBeChangedFromOutside() {
    byte[] pixels = {1, 2};
    int[] labels = {0, 1};
    DataSet mine = DataSet.of(pixels, labels, Shape.of(1, 1, 1), 2);
    pixels[0] = 9;
    labels[0] = 1;
    mine.image(0)[0] = 9;
    mine.labels()[0] = 1;
    mine.batch(0, 1).images()[0] = 9;
    assertArrayEquals(new byte[] {1}, mine.image(0));
    assertEquals(0, mine.label(0));
  }

  @Test
  void keepsColors() {
    DataSet colour =
        DataSet.of(new byte[] {1, 2, 3, 4, 5, 6}, new int[] {0, 0}, Shape.of(1, 1, 3), 1);
    assertEquals(3, colour.pixelsPerImage());
    assertArrayEquals(new byte[] {4, 5, 6}, colour.image(1));
  }

  @ParameterizedTest
  @CsvSource({
    "6, 0, 2, 1, 2, height must be at least 1: 0",
    "6, 1, -2, 1, 2, width must be at least 1: -2",
    "6, 1, 3, 17, 2, channels must be from 1 to 16: 17",
    "6, 1, 3, 0, 2, channels must be from 1 to 16: 0",
    "6, 1, 3, 1, 0, classes must be at least 1: 0",
    "6, 1, 3, 1, 1, label 1 must be from 0 to 0: 1",
    "5, 1, 3, 1, 2, 'pixels must hold 2 images of 1x3x1, one for each label: 5 values'",
    "7, 1, 3, 1, 2, 'pixels must hold 2 images of 1x3x1, one for each label: 7 values'",
    "6, 2147483647, 2147483647, 3, 2, 'image must have at most 2147483639 values: [2147483647,"
        + " 2147483647, 3]'"
  })
  void refusesArraysThatDoNotMatch(
      int bytes, int height, int width, int channels, int classes, String expected) {
    assertEquals(
        expected,
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    DataSet.of(
                        new byte[bytes],
                        new int[] {0, 1},
                        Shape.of(height, width, channels),
                        classes))
            .getMessage());
  }

  @Test
  void refusesToBeEmpty() {
    assertEquals(
        "number of labels must be at least 1: 0",
        assertThrows(
                IllegalArgumentException.class,
                () -> DataSet.of(new byte[0], new int[0], Shape.of(1, 1, 1), 1))
            .getMessage());
  }

  @Test
  void refusesABatchWhoseArraysDoNotMatchItsSize() {
    assertEquals(
        "size must be at least 1 and match 4 pixels, 3 one-hot values and 2 class labels: 2",
        assertThrows(
                IllegalArgumentException.class,
                () -> new Batch(2, new float[4], new float[3], new int[2]))
            .getMessage());
  }

  @ParameterizedTest
  @CsvSource({"-1, 1", "0, 4", "2, 2", "3, 1"})
  void refusesRangesOutsideItsImages(int from, int to) {
    String expected = "from and to must be 0 <= from < to <= 3: %d and %d".formatted(from, to);
    assertEquals(
        expected,
        assertThrows(IndexOutOfBoundsException.class, () -> data.batch(from, to)).getMessage());
    assertEquals(
        expected,
        assertThrows(IndexOutOfBoundsException.class, () -> data.subset(from, to)).getMessage());
  }

  @ParameterizedTest
  @CsvSource({"-1", "3"})
  void refusesAnIndexOutsideItsImages(int index) {
    String expected = "index must be from 0 to 2: " + index;
    assertEquals(
        expected,
        assertThrows(IndexOutOfBoundsException.class, () -> data.label(index)).getMessage());
    assertEquals(
        expected,
        assertThrows(IndexOutOfBoundsException.class, () -> data.imageFloats(index)).getMessage());
  }

  @Test
  void drawsByClassInTheGivenOrder() {
    DataSet data =
        DataSet.of(new byte[8], new int[] {0, 0, 0, 0, 1, 1, 0, 0}, Shape.of(1, 1, 1), 2);
    assertArrayEquals(new int[] {6, 2}, data.imagesPerClass());
    int[] order = {7, 5, 0, 6, 1, 2, 3, 4};
    assertArrayEquals(new int[] {0, 5, 6, 7}, data.draw(order, 4));
    assertThrows(IllegalArgumentException.class, () -> data.draw(order, 8));
    assertThrows(IllegalArgumentException.class, () -> data.draw(new int[1], 4));
  }

  @Test
  void joinsPartsOfTheSameSetInTheirOrder() {
    DataSet data =
        DataSet.of(new byte[] {0, 1, 2, 3}, new int[] {0, 1, 0, 1}, Shape.of(1, 1, 1), 2);
    DataSet joined = DataSet.concat(data.subset(2, 4), data.select(new int[] {1, 0}));
    assertArrayEquals(new int[] {0, 1, 1, 0}, joined.labels());
    for (int i = 0; i < 4; i++) {
      assertEquals(new int[] {2, 3, 1, 0}[i], joined.image(i)[0]);
    }
  }
}
