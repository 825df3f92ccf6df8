package io.github.convnet4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** Where images are stored makes no difference to a data set. */
class PixelsTest {
  /** An image takes 1.5 MB, so an array has room for two of bytes, but for none of floats. */
  private static final int LARGE = 1_500_000;

  @Test
  void imagesMayBeInSeveralArrays() {
    HeapBytes bytes = HeapBytes.allocate(5, LARGE);
    HeapFloats floats = HeapFloats.allocate(5, LARGE);
    for (int i = 0; i < 5; i++) {
      byte[] image = new byte[LARGE];
      Arrays.fill(image, (byte) (200 + i));
      bytes.put(i, image);
      float[] values = new float[LARGE];
      bytes.copy(i, values, 0);
      floats.put(i, values);
    }
    for (Pixels pixels : new Pixels[] {bytes, floats}) {
      assertEquals(5, pixels.size());
      for (int i = 0; i < 5; i++) {
        byte[] image = pixels.bytes(i);
        assertEquals(LARGE, image.length);
        assertEquals((byte) (200 + i), image[0]);
        assertEquals((byte) (200 + i), image[LARGE - 1]);
      }
      float[] two = Images.of(pixels, Shape.of(1000, 1500, 1)).floats(4, 0);
      assertEquals(204 * (float) (1 / 255.0), two[0]);
      assertEquals(200 * (float) (1 / 255.0), two[2 * LARGE - 1]);
    }
  }

  @Test
  void refusesImagesOfAnotherLength() {
    HeapBytes bytes = HeapBytes.allocate(2, 6);
    String message =
        assertThrows(IllegalArgumentException.class, () -> bytes.put(0, new byte[5])).getMessage();
    assertTrue(message.contains("pixels") && message.contains("5"), message);
    message =
        assertThrows(IllegalArgumentException.class, () -> Images.of(bytes, Shape.of(1, 5, 1)))
            .getMessage();
    assertTrue(message.contains("6") && message.contains("[1, 5, 1]"), message);
  }

  @Test
  void imagesMayHaveSixteenChannels() {
    byte[] pixels = new byte[3 * 2 * 2 * 16];
    pixels[3 * 2 * 2 * 16 - 1] = 7;
    DataSet data = DataSet.of(pixels, new int[3], Shape.of(2, 2, 16), 1);
    assertEquals(16, data.channels());
    assertEquals(7, data.image(2)[2 * 2 * 16 - 1]);
  }

  /**
   * The images of two sets are not copied, and those of a slow store are read by several threads.
   */
  @Test
  void joinsSetsThatAreStoredDifferently() {
    Slow slow = new Slow(40);
    DataSet first = DataSet.of(Images.of(slow, Shape.of(1, 1, 1)), new int[40], 2);
    DataSet second = DataSet.of(new float[] {0.25f, 0.5f}, new int[] {1, 1}, Shape.of(1, 1, 1), 2);
    DataSet joined = DataSet.concat(first.subset(10, 40), second);
    assertEquals(32, joined.size());
    assertEquals(1, joined.label(31));
    float[] pixels = joined.batch(0, 32).images();
    float[] expected = new float[32];
    for (int i = 0; i < 30; i++) {
      expected[i] = 10 + i;
    }
    expected[30] = 0.25f;
    expected[31] = 0.5f;
    assertArrayEquals(expected, pixels);
    assertEquals(Set.copyOf(IntStream.range(10, 40).boxed().toList()), slow.read);
  }

  /** Each image is its number. */
  private static final class Slow implements Pixels {
    private final int size;
    private final Set<Integer> read = ConcurrentHashMap.newKeySet();

    Slow(int size) {
      this.size = size;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public int valuesPerImage() {
      return 1;
    }

    @Override
    public byte[] bytes(int image) {
      return new byte[] {(byte) image};
    }

    @Override
    public void copy(int image, float[] to, int at) {
      assertTrue(read.add(image), "read only once");
      to[at] = image;
    }

    @Override
    public boolean isSlow() {
      return true;
    }
  }
}
