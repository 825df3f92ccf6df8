package io.github.convnet4j.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * Reads whole data sets, if they are available: in subfolders of the folder in {@code
 * CONVNET4J_DATA}, or next to it. The figures are those that {@code src/test/python/print_mnist.py}
 * prints.
 */
@EnabledIfEnvironmentVariable(
    named = DataLocator.DATA_VARIABLE,
    matches = ".+",
    disabledReason = "needs CONVNET4J_DATA, a folder with MNIST's four files")
class MnistTest {
  @Test
  void readsMnist() {
    Path folder = folder("mnist");
    DataSets data = IdxFolder.read(folder);
    assertEquals(
        "MNIST from %s (train 55000, validation 5000, test 10000)".formatted(folder),
        data.summary());
    assertPart(
        data.validation(),
        new int[] {5, 0, 4, 1, 9, 2, 1, 3, 1, 4},
        new int[] {479, 563, 488, 493, 535, 434, 501, 550, 462, 495},
        130_170_281L);
    assertPart(
        data.train(),
        new int[] {7, 3, 4, 6, 1, 8, 1, 0, 9, 8},
        new int[] {5444, 6179, 5470, 5638, 5307, 4987, 5417, 5715, 5389, 5454},
        1_437_128_264L);
    assertPart(
        data.test(),
        new int[] {7, 2, 1, 0, 4, 1, 4, 9, 5, 9},
        new int[] {980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009},
        264_923_200L);
    assertEquals(28, data.test().height());
    assertEquals(28, data.test().width());
  }

  @Test
  void findsMnistInASubfolder() {
    Path parent = folder("mnist").getParent();
    assertTrue(IdxFolder.read(parent).source().startsWith("MNIST from "));
  }

  @Test
  void readsFashionMnist() {
    Path folder = folder("fashion-mnist");
    DataSets data = IdxFolder.read(folder);
    assertEquals(
        "IDX files from %s (train 55000, validation 5000, test 10000)".formatted(folder),
        data.summary());
    assertPart(
        data.validation(),
        new int[] {9, 0, 0, 3, 0, 2, 7, 2, 5, 5},
        new int[] {457, 556, 504, 501, 488, 493, 493, 512, 490, 506},
        286_031_984L);
    assertPart(
        data.train(),
        new int[] {4, 0, 7, 9, 9, 9, 4, 4, 3, 4},
        new int[] {5543, 5444, 5496, 5499, 5512, 5507, 5507, 5488, 5510, 5494},
        3_145_082_185L);
    assertPart(
        data.test(),
        new int[] {9, 2, 1, 1, 6, 1, 4, 6, 5, 7},
        new int[] {1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000},
        573_469_082L);
  }

  @Test
  void readsTheCtSlices() {
    Path folder = folder("mednist-ct");
    DataSets data = IdxFolder.read(folder);
    assertEquals(
        "IDX files from %s (train 5500, validation 500, test 1500)".formatted(folder),
        data.summary());
    assertPart(
        data.validation(),
        new int[] {1, 2, 2, 0, 1, 2, 1, 0, 0, 1},
        new int[] {177, 172, 151},
        211_872_147L);
    assertPart(
        data.train(),
        new int[] {0, 0, 1, 2, 2, 0, 2, 1, 2, 2},
        new int[] {1747, 1838, 1915},
        2_257_507_592L);
    assertPart(
        data.test(),
        new int[] {0, 2, 2, 2, 2, 2, 1, 2, 1, 2},
        new int[] {475, 504, 521},
        615_818_154L);
    assertEquals(64, data.test().height());
    assertEquals(64, data.test().width());
  }

  /**
   * Returns the folder of a data set in or next to the given one; skips the test if there is none.
   */
  private static Path folder(String name) {
    Path named = Path.of(System.getenv(DataLocator.DATA_VARIABLE)).toAbsolutePath().normalize();
    Path below = named.resolve(name);
    Path folder = Files.isDirectory(below) ? below : named.resolveSibling(name);
    assumeTrue(Files.isDirectory(folder), "there is no " + folder);
    return folder;
  }

  private static void assertPart(DataSet part, int[] firstLabels, int[] counts, long sum) {
    int[] labels = part.labels();
    assertArrayEquals(firstLabels, Arrays.copyOf(labels, firstLabels.length));
    int[] counted = new int[part.classes()];
    for (int label : labels) {
      counted[label]++;
    }
    assertArrayEquals(counts, counted);
    long summed = 0;
    for (int i = 0; i < part.size(); i++) {
      for (byte pixel : part.image(i)) {
        summed += pixel & 0xff;
      }
    }
    assertEquals(sum, summed);
  }
}
