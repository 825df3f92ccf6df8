package io.github.convnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.picture.Picture;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PhotoPatchesTest {
  private static final int HEIGHT = 40;
  private static final int WIDTH = 80;

  /** Returns a photograph whose value in a row, column and channel is 7, 13 and 50 times these. */
  private static Picture photo(int first) {
    byte[] pixels = new byte[HEIGHT * WIDTH * 3];
    for (int i = 0; i < pixels.length; i++) {
      int row = i / (WIDTH * 3);
      pixels[i] = (byte) (row * 7 + i / 3 % WIDTH * 13 + i % 3 * 50 + first);
    }
    return Picture.of(HEIGHT, WIDTH, 3, pixels);
  }

  private static PhotoPatches patches(int side) {
    return new PhotoPatches(List.of("a", "b"), List.of(photo(0), photo(31)), side);
  }

  private static int sum(byte[] image) {
    return IntStream.range(0, image.length).map(i -> Byte.toUnsignedInt(image[i])).sum();
  }

  /** What keras_fine_tune_photos.py cuts from the same photographs. */
  @Test
  void thePatchesAreThoseOfThePythonProgram() {
    DataSet train = patches(16).train(2, 3);
    assertArrayEquals(new int[] {0, 0, 1, 1}, train.labels());
    assertArrayEquals(
        new int[] {90535, 102071, 90973, 121575},
        IntStream.range(0, 4).map(i -> sum(train.image(i))).toArray());
    DataSet test = patches(16).test(2, 3);
    assertArrayEquals(
        new int[] {78205, 75380, 92228, 105429},
        IntStream.range(0, 4).map(i -> sum(test.image(i))).toArray());
  }

  /** A photograph whose left half is black and whose right half is white. */
  @Test
  void trainingAndTestPatchesComeFromDifferentHalves() {
    byte[] pixels = new byte[HEIGHT * WIDTH * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / 3 % WIDTH < WIDTH / 2 ? 0 : 255);
    }
    Picture photo = Picture.of(HEIGHT, WIDTH, 3, pixels);
    PhotoPatches patches = new PhotoPatches(List.of("a", "b"), List.of(photo, photo), 30);
    DataSet train = patches.train(20, 1);
    DataSet test = patches.test(20, 1);
    for (int i = 0; i < train.size(); i++) {
      // Black becomes at most -64 + 168, and white at least 63 + 88.
      assertTrue(sum(train.image(i)) <= 104 * 30 * 30 * 3, "training patch " + i);
      assertTrue(sum(test.image(i)) >= 151 * 30 * 30 * 3, "test patch " + i);
      byte[] patch = train.image(i);
      assertEquals(1, IntStream.range(0, patch.length).map(j -> patch[j]).distinct().count());
    }
  }

  @Test
  void aPatchMustFitIntoAHalf() {
    assertEquals(4, patches(40).train(2, 1).size());
    String message = assertThrows(UsageException.class, () -> patches(41)).getMessage();
    assertTrue(message.contains("--patch") && message.contains("41"), message);
    message =
        assertThrows(
                UsageException.class, () -> new PhotoPatches(List.of("a"), List.of(photo(0)), 16))
            .getMessage();
    assertTrue(message.contains("--photos") && message.contains("[a]"), message);
  }
}
