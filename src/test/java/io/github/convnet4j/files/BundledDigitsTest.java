package io.github.convnet4j.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The figures are those that {@code src/test/python/print_digits.py} prints. */
class BundledDigitsTest {
  private static final DataSets DIGITS = BundledDigits.read();

  @Test
  void splitsTheDigitsInMnistsProportionsInTheirOrder() {
    assertPart(
        DIGITS.validation(),
        new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
        new int[] {8, 4, 9, 0, 8},
        new int[] {13, 13, 13, 13, 13, 13, 13, 13, 12, 12});
    assertPart(
        DIGITS.train(),
        new int[] {9, 8, 0, 1, 2, 3, 4, 5, 6, 7},
        new int[] {5, 4, 8, 8, 4},
        new int[] {139, 143, 140, 144, 142, 143, 142, 141, 138, 140});
    assertPart(
        DIGITS.test(),
        new int[] {9, 0, 8, 9, 8, 0, 1, 2, 3, 4},
        new int[] {9, 0, 8, 9, 8},
        new int[] {26, 26, 24, 26, 26, 26, 26, 25, 24, 28});
    assertEquals(
        "the 1,797 bundled UCI digits, not MNIST (train 1412, validation 128, test 257)",
        DIGITS.summary());
  }

  private static void assertPart(DataSet part, int[] first, int[] last, int[] counts) {
    int[] labels = part.labels();
    assertArrayEquals(first, Arrays.copyOf(labels, first.length));
    assertArrayEquals(last, Arrays.copyOfRange(labels, labels.length - last.length, labels.length));
    int[] counted = new int[10];
    for (int label : labels) {
      counted[label]++;
    }
    assertArrayEquals(counts, counted);
    assertEquals(28, part.height());
    assertEquals(28, part.width());
    assertEquals(1, part.channels());
    assertEquals(10, part.classes());
  }

  @Test
  void enlargesTheDigitsLikeTensorFlow() {
    assertArrayEquals(new long[] {7_705_707L, 3_018_389_744L}, sums(DIGITS.validation()));
    assertArrayEquals(new long[] {86_200_219L, 33_751_236_603L}, sums(DIGITS.train()));
    assertArrayEquals(new long[] {15_759_991L, 6_126_578_936L}, sums(DIGITS.test()));
    int[] row = {
      0, 0, 0, 0, 0, 0, 2, 4, 5, 9, 14, 19, 22, 21, 19, 17, 45, 83, 121, 147, 138, 129, 120, 92, 59,
      25, 0, 0
    };
    byte[] image = DIGITS.test().image(0);
    for (int i = 0; i < row.length; i++) {
      assertEquals(row[i], image[14 * 28 + i] & 0xff);
    }
  }

  /**
   * Returns the sum of all pixels, and the sum of each pixel times its position in its image, from
   * 1.
   */
  private static long[] sums(DataSet part) {
    long[] sums = new long[2];
    for (int i = 0; i < part.size(); i++) {
      byte[] image = part.image(i);
      for (int j = 0; j < image.length; j++) {
        sums[0] += image[j] & 0xff;
        sums[1] += (j + 1L) * (image[j] & 0xff);
      }
    }
    return sums;
  }

  @Test
  void theJarHasTheNoticeAndTheLicense() throws IOException {
    Path built = Path.of("target", "classes", "META-INF");
    for (String file : List.of("NOTICE", "LICENSE")) {
      assertEquals(Files.readString(Path.of(file)), Files.readString(built.resolve(file)));
    }
  }
}
