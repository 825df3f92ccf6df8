package io.github.convnet4j.data;

import io.github.convnet4j.check.NameList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Other classes for the same examples: some merged, some dropped, some renamed.
 *
 * <pre>{@code
 * Relabeling pets =
 *     Relabeling.of(data.classNames())                 // cat, dog, car, unclear
 *         .merge("pet", "cat", "dog")
 *         .rename("car", "vehicle")
 *         .drop("unclear");
 * pets.names();                                        // [pet, vehicle]
 * DataSets relabeled = data.relabel(pets);             // or of a DataSet, or of masks: relabelMasks
 * pets.merge("animal", "bird");
 *     // IllegalArgumentException: names must be of the classes [pet, vehicle]: bird
 * }</pre>
 *
 * <p>The classes that are left keep their order and get the numbers from 0. Immutable.
 */
public final class Relabeling {
  private static final int NAMED = 10;
  private static final int DROPPED = -1;

  private final int[] labels; // the new label of each old one, or DROPPED
  private final List<String> names;

  private Relabeling(int[] labels, List<String> names) {
    this.labels = labels;
    this.names = List.copyOf(names);
    if (new HashSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException("names of classes must be different: " + names);
    }
  }

  /**
   * Returns the classes as they are.
   *
   * @param names of the classes, in the order of their labels; all different, at least one
   */
  public static Relabeling of(List<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("names must be those of at least one class");
    }
    return new Relabeling(IntStream.range(0, names.size()).toArray(), names);
  }

  /** Returns the classes as they are; see {@link #of(List)}. */
  public static Relabeling of(String... names) {
    return of(List.of(names));
  }

  /**
   * Makes several classes one, which takes the place of the first of them.
   *
   * @param name of the class: one of theirs, or a new one
   * @param merged at least one
   */
  public Relabeling merge(String name, String... merged) {
    List<Integer> indices = indices(merged);
    int first = indices.stream().mapToInt(Integer::intValue).min().orElseThrow();
    List<String> left = new ArrayList<>();
    int[] moved = new int[names.size()];
    for (int i = 0; i < moved.length; i++) {
      if (i == first || !indices.contains(i)) {
        moved[i] = left.size();
        left.add(i == first ? name : names.get(i));
      }
    }
    indices.forEach(i -> moved[i] = moved[first]);
    return then(moved, left);
  }

  /** Gives a class another name. */
  public Relabeling rename(String from, String to) {
    return merge(to, from);
  }

  /**
   * Leaves out classes, and the examples that belong to them.
   *
   * @param dropped at least one, but not all
   */
  public Relabeling drop(String... dropped) {
    List<Integer> indices = indices(dropped);
    return keepOnly(
        IntStream.range(0, names.size()).filter(i -> !indices.contains(i)).boxed().toList());
  }

  /**
   * Leaves out all other classes, and the examples that belong to them.
   *
   * @param kept at least one; their labels follow this order
   */
  public Relabeling keep(String... kept) {
    return keepOnly(indices(kept));
  }

  private Relabeling keepOnly(List<Integer> indices) {
    if (indices.isEmpty()) {
      throw new IllegalArgumentException("at least one of the classes must be left: " + names);
    }
    int[] moved = new int[names.size()];
    Arrays.fill(moved, DROPPED);
    for (int i = 0; i < indices.size(); i++) {
      moved[indices.get(i)] = i;
    }
    return then(moved, indices.stream().map(names::get).toList());
  }

  private List<Integer> indices(String... chosen) {
    List<Integer> indices = new ArrayList<>();
    for (String name : chosen) {
      int index = names.indexOf(name);
      if (index < 0) {
        throw new IllegalArgumentException(
            "names must be of the classes %s: %s".formatted(NameList.some(names, NAMED), name));
      }
      if (!indices.contains(index)) {
        indices.add(index);
      }
    }
    if (indices.isEmpty()) {
      throw new IllegalArgumentException(
          "names must be at least one of the classes " + NameList.some(names, NAMED));
    }
    return indices;
  }

  private Relabeling then(int[] moved, List<String> newNames) {
    return new Relabeling(
        Arrays.stream(labels).map(label -> label == DROPPED ? DROPPED : moved[label]).toArray(),
        newNames);
  }

  /** Returns the number of classes before. */
  public int classesBefore() {
    return labels.length;
  }

  /** Returns the names of the classes that are left, in the order of their labels. */
  public List<String> names() {
    return names;
  }

  /** Returns whether the examples of a class are kept. */
  public boolean keeps(int oldLabel) {
    return labels[oldLabel] != DROPPED;
  }

  /** Returns the new label of a class; -1 if it is dropped. */
  public int label(int oldLabel) {
    return labels[oldLabel];
  }

  /**
   * Checks the number of classes of a set.
   *
   * @throws IllegalArgumentException if it is another one
   */
  void checkFrom(int classes) {
    if (classes != labels.length) {
      throw new IllegalArgumentException(
          "relabeling must be of the %d classes of the examples: it is of %d"
              .formatted(classes, labels.length));
    }
  }

  @Override
  public String toString() {
    return "Relabeling[%d classes to %s]".formatted(labels.length, NameList.some(names, NAMED));
  }
}
