package io.github.convnet4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

class RelabelingTest {
  private static final Relabeling PETS =
      Relabeling.of("cat", "dog", "car", "unclear")
          .merge("pet", "dog", "cat")
          .rename("car", "vehicle")
          .drop("unclear");

  /** Each image's only pixel is its index. */
  private static DataSet images() {
    return DataSet.of(
        new byte[] {0, 1, 2, 3, 4, 5}, new int[] {0, 1, 2, 3, 1, 2}, Shape.of(1, 1, 1), 4);
  }

  @Test
  void mergesRenamesAndDropsInOrder() {
    assertEquals(List.of("pet", "vehicle"), PETS.names());
    assertEquals(
        List.of(0, 0, 1, -1), List.of(PETS.label(0), PETS.label(1), PETS.label(2), PETS.label(3)));
    assertFalse(PETS.keeps(3));
    Relabeling kept = Relabeling.of("a", "b", "c").keep("c", "a");
    assertEquals(List.of("c", "a"), kept.names());
    assertEquals(List.of(1, -1, 0), List.of(kept.label(0), kept.label(1), kept.label(2)));
    // A merged class may have the name of one of its parts.
    assertEquals(List.of("a", "c"), Relabeling.of("a", "b", "c").merge("c", "b", "c").names());
  }

  @Test
  void relabelsADataSet() {
    DataSet pets = images().relabel(PETS);
    assertArrayEquals(new int[] {0, 0, 1, 0, 1}, pets.labels());
    assertEquals(2, pets.classes());
    assertArrayEquals(new byte[] {4}, pets.image(3));
    // And what has been selected or joined before.
    DataSet some = images().select(new int[] {5, 3, 0}).relabel(PETS);
    assertArrayEquals(new int[] {1, 0}, some.labels());
    assertArrayEquals(new int[] {0, 0, 1, 0, 1, 1, 0}, DataSet.concat(pets, some).labels());
    assertEquals(
        List.of("q"),
        images()
            .grouped(Groups.of("q", "q", "q", "p", "q", "q"))
            .relabel(PETS)
            .groups()
            .orElseThrow()
            .names());
  }

  @Test
  void namesFollowInDataSets() {
    DataSets sets =
        new DataSets(images(), images(), images(), List.of("cat", "dog", "car", "unclear"), "made");
    DataSets pets = sets.relabel(PETS);
    assertEquals(List.of("pet", "vehicle"), pets.classNames());
    assertArrayEquals(new int[] {3, 2}, pets.test().imagesPerClass());
  }

  @Test
  void relabelsOneHotTargetsOfAnySource() {
    ExampleSet kinds =
        ExampleSet.builder()
            .input("x", new float[] {10, 11, 12}, 1)
            .classTarget("kind", new int[] {3, 2, 0}, 4)
            .build();
    Source pets = kinds.relabel(PETS);
    assertEquals(2, pets.size());
    assertEquals(List.of(Shape.of(2)), pets.targetShapes());
    ExampleBatch batch = pets.read(0, 1);
    assertArrayEquals(new float[] {11, 12}, batch.input());
    assertArrayEquals(new float[] {0, 1, 1, 0}, batch.target());
    assertArrayEquals(new float[] {1, 0}, pets.readTargets(1).get(0));
    assertArrayEquals(new long[] {1, 1}, ClassCounts.of(pets).counts());
  }

  /** Class 3 is dropped, and 7 was not a class: both become 255. */
  @Test
  void relabelsMasks() {
    ExampleSet streets =
        ExampleSet.builder()
            .images("image", new byte[] {1, 2, 3, 4, 5, 6}, 1, 3, 1)
            .masks("mask", new byte[] {0, 1, 2, 3, 7, 2}, 1, 3)
            .build();
    Source pets = streets.relabelMasks(PETS, 255);
    assertArrayEquals(new float[] {0, 0, 1, 255, 255, 1}, pets.read(0, 1).target());
    assertArrayEquals(new long[] {2, 2}, ClassCounts.ofPixels(pets, 2).counts());
    assertTrue(message(() -> streets.relabelMasks(PETS, 1)).contains("unlabeled"));
  }

  @Test
  void mistakesAreNamed() {
    assertTrue(message(() -> PETS.merge("animal", "bird")).contains("bird"));
    assertTrue(message(() -> PETS.rename("pet", "vehicle")).contains("vehicle"));
    assertTrue(message(() -> PETS.drop("pet", "vehicle")).contains("at least one"));
    assertTrue(message(() -> images().relabel(Relabeling.of("a", "b"))).contains("4"));
    DataSet unclear = images().select(new int[] {3});
    assertTrue(message(() -> unclear.relabel(PETS)).contains("filter"));
  }

  private static String message(Runnable action) {
    return assertThrows(IllegalArgumentException.class, action::run).getMessage();
  }
}
