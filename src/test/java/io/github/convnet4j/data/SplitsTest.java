package io.github.convnet4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

class SplitsTest {
  private static DataSet images(int... labels) {
    byte[] pixels = new byte[labels.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) i;
    }
    int classes = Arrays.stream(labels).max().orElseThrow() + 1;
    return DataSet.of(pixels, labels, Shape.of(1, 1, 1), classes);
  }

  private static int[] random(int size, int below, long seed) {
    return new Random(seed).ints(size, 0, below).toArray();
  }

  private static int[] both(Split<?> split) {
    return IntStream.concat(Arrays.stream(split.trainIndices()), Arrays.stream(split.testIndices()))
        .sorted()
        .toArray();
  }

  private static int[] counts(int[] indices, int[] labels, int classes) {
    int[] counts = new int[classes];
    for (int index : indices) {
      counts[labels[index]]++;
    }
    return counts;
  }

  private static Set<Integer> groups(int[] indices, int[] groups) {
    Set<Integer> found = new HashSet<>();
    for (int index : indices) {
      found.add(groups[index]);
    }
    return found;
  }

  /** 8 of class 0 and 4 of class 1: a quarter is 2 and 1. */
  @Test
  void aShareHasEachClassInProportion() {
    int[] labels = {0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1};
    Split<DataSet> split = Splits.of(images(labels)).share(0.25);
    assertArrayEquals(new int[] {2, 1}, split.test().imagesPerClass());
    assertArrayEquals(new int[] {6, 3}, split.train().imagesPerClass());
    int first = split.testIndices()[0];
    assertArrayEquals(new byte[] {(byte) first}, split.test().image(0));
  }

  @Test
  void theSeedDecides() {
    Splits<DataSet> splits = Splits.of(images(random(50, 2, 1)));
    assertArrayEquals(splits.share(0.3).testIndices(), splits.share(0.3).testIndices());
    assertFalse(
        Arrays.equals(splits.share(0.3).testIndices(), splits.seed(1).share(0.3).testIndices()));
  }

  @Property(tries = 100)
  void eachExampleIsOnOneSide(
      @ForAll @IntRange(min = 2, max = 60) int size,
      @ForAll @IntRange(min = 1, max = 99) int percent,
      @ForAll int seed) {
    Split<DataSet> split =
        Splits.of(images(random(size, 3, seed))).unstratified().seed(seed).share(percent / 100.0);
    assertArrayEquals(IntStream.range(0, size).toArray(), both(split));
    int wanted = (int) Math.round(percent / 100.0 * size);
    assertEquals(Math.min(Math.max(wanted, 1), size - 1), split.test().size());
  }

  /** As with scikit-learn's StratifiedKFold: neither sizes nor classes differ by more than 1. */
  @Property(tries = 100)
  void foldsHaveTheSameSizesAndClassesUpToOne(
      @ForAll @IntRange(min = 5, max = 80) int size,
      @ForAll @IntRange(min = 2, max = 5) int folds,
      @ForAll int seed) {
    int[] labels = random(size, 3, seed);
    List<Split<DataSet>> splits = Splits.of(images(labels)).seed(seed).folds(folds);
    assertEquals(folds, splits.size());
    int[] tested =
        splits.stream().flatMapToInt(s -> Arrays.stream(s.testIndices())).sorted().toArray();
    assertArrayEquals(IntStream.range(0, size).toArray(), tested);
    for (int c = -1; c < 3; c++) {
      int label = c;
      int[] numbers =
          splits.stream()
              .mapToInt(
                  s ->
                      (int)
                          Arrays.stream(s.testIndices())
                              .filter(i -> label < 0 || labels[i] == label)
                              .count())
              .toArray();
      assertTrue(
          Arrays.stream(numbers).max().orElseThrow() - Arrays.stream(numbers).min().orElseThrow()
              <= 1,
          () -> "class %d: %s".formatted(label, Arrays.toString(numbers)));
    }
  }

  @Property(tries = 100)
  void noGroupIsOnBothSides(
      @ForAll @IntRange(min = 10, max = 80) int size,
      @ForAll @IntRange(min = 5, max = 90) int percent,
      @ForAll int seed) {
    int[] groups = random(size, 8, seed);
    groups[0] = 98; // at least three groups
    groups[1] = 99;
    Splits<DataSet> splits =
        Splits.of(images(random(size, 2, ~(long) seed))).grouped(Groups.of(groups)).seed(seed);
    for (Split<DataSet> split : List.of(splits.share(percent / 100.0), splits.folds(3).get(1))) {
      assertArrayEquals(IntStream.range(0, size).toArray(), both(split));
      Set<Integer> train = groups(split.trainIndices(), groups);
      train.retainAll(groups(split.testIndices(), groups));
      assertEquals(Set.of(), train);
    }
  }

  /**
   * If the number were off by more than half of the largest group, moving a group would bring it
   * nearer, unless its side has no other group.
   */
  @Property(tries = 200)
  void theShareIsOffByAtMostHalfAGroup(
      @ForAll @IntRange(min = 20, max = 100) int size,
      @ForAll @IntRange(min = 2, max = 20) int groupCount,
      @ForAll @IntRange(min = 5, max = 95) int percent,
      @ForAll int seed) {
    int[] groups = random(size, groupCount, seed);
    groups[0] = 0;
    groups[1] = 1;
    Split<DataSet> split =
        Splits.of(images(new int[size]))
            .grouped(Groups.of(groups))
            .seed(seed)
            .share(percent / 100.0);
    int largest =
        Arrays.stream(counts(IntStream.range(0, size).toArray(), groups, 20)).max().orElseThrow();
    boolean single =
        groups(split.testIndices(), groups).size() == 1
            || groups(split.trainIndices(), groups).size() == 1;
    double off = Math.abs(split.test().size() - Math.round(percent / 100.0 * size));
    assertTrue(single || off <= largest / 2.0, () -> "%s, largest %d".formatted(split, largest));
  }

  /**
   * Ten patients with 10 slices each; five of them are ill in 8 slices, five in 2. Half of the
   * patients can have half of the ill slices: 25 of 50 for three of one kind and two of the other
   * is 28 or 22.
   */
  @Test
  void groupsKeepTheClassesInProportionAsFarAsTheyCan() {
    int[] labels = new int[100];
    int[] patients = new int[100];
    for (int i = 0; i < 100; i++) {
      patients[i] = i / 10;
      labels[i] = i % 10 < (patients[i] < 5 ? 8 : 2) ? 1 : 0;
    }
    for (int seed = 0; seed < 20; seed++) {
      Splits<DataSet> splits = Splits.of(images(labels)).grouped(Groups.of(patients)).seed(seed);
      int ill = splits.share(0.5).test().imagesPerClass()[1];
      assertTrue(ill == 22 || ill == 28, () -> "ill: " + ill);
      // Two folds of a fifth: each one patient of either kind, 10 of 20.
      for (Split<DataSet> fold : splits.folds(5)) {
        assertArrayEquals(new int[] {10, 10}, fold.test().imagesPerClass());
      }
    }
  }

  @Test
  void otherExamplesCanBeStratifiedAndGroupedToo() {
    ExampleSet ages =
        ExampleSet.builder()
            .input("x", new float[] {0, 1, 2, 3, 4, 5, 6, 7}, 1)
            .target("y", new float[8], 1)
            .build();
    Split<Source> split = Splits.of(ages).stratified(0, 1, 0, 1, 0, 1, 0, 1).share(0.5);
    assertEquals(2, Arrays.stream(split.testIndices()).filter(i -> i % 2 == 0).count());
    Source patients = ages.grouped(Groups.of("a", "a", "b", "b", "c", "c", "d", "d"));
    int[] drawn = patients.draw(EpochOrder.of(8, 3).next(), 4);
    assertEquals(4, drawn.length);
    assertEquals(drawn[0] + 1, drawn[1]);
    assertEquals(0, drawn[0] % 2);
    assertEquals(drawn[2] + 1, drawn[3]);
    // Selected examples keep their groups.
    assertEquals(
        List.of("d", "a"), patients.select(new int[] {7, 0, 6}).groups().orElseThrow().names());
  }

  @Test
  void whatCannotBeSplitIsNamed() {
    Splits<DataSet> splits = Splits.of(images(0, 1, 0, 1));
    assertTrue(message(() -> splits.share(1)).contains("share"));
    assertTrue(message(() -> splits.folds(5)).contains("4"));
    assertTrue(message(() -> splits.folds(1)).contains("count"));
    assertTrue(message(() -> splits.grouped(Groups.of(1, 2, 3))).contains("groups"));
    Splits<DataSet> one = splits.grouped(Groups.of("p7", "p7", "p7", "p7"));
    assertTrue(message(() -> one.share(0.5)).contains("groups"));
    DataSet grouped = images(0, 1, 0).grouped(Groups.of("p7", "p7", "p7"));
    assertTrue(message(() -> grouped.draw(new int[] {0, 1, 2}, 1)).contains("p7"));
  }

  private static String message(Runnable action) {
    return assertThrows(IllegalArgumentException.class, action::run).getMessage();
  }
}
