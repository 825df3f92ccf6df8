package io.github.convnet4j.data;

import io.github.convnet4j.check.Require;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Which examples belong together, such as all slices of one patient. A split puts all examples of a
 * group on the same side, because examples that are nearly the same in training and in test make
 * the accuracy look better than it is:
 *
 * <pre>{@code
 * DataSet slices = all.grouped(Groups.of(patients));    // patients[i] is the patient of slice i
 * model.fit(slices, epochs(10).validationShare(0.2));   // no patient is on both sides
 * }</pre>
 *
 * <p>Immutable.
 */
public final class Groups {
  private final int[] numbers;
  private final List<String> names;

  private Groups(int[] numbers, List<String> names) {
    this.numbers = numbers;
    this.names = names;
  }

  /**
   * Returns groups by name.
   *
   * @param ofEach the group of each example; at least one
   */
  public static Groups of(String... ofEach) {
    return by(ofEach.length, i -> ofEach[i]);
  }

  /**
   * Returns groups by number.
   *
   * @param ofEach the group of each example, any number; at least one
   */
  public static Groups of(int... ofEach) {
    return by(ofEach.length, i -> Integer.toString(ofEach[i]));
  }

  /**
   * Returns groups by name.
   *
   * @param size number of examples, at least 1
   * @param ofEach returns the group of the example with an index
   */
  public static Groups by(int size, IntFunction<String> ofEach) {
    Require.atLeast("number of examples", size, 1);
    Map<String, Integer> known = new HashMap<>();
    List<String> names = new ArrayList<>();
    int[] numbers = new int[size];
    for (int i = 0; i < size; i++) {
      String name = ofEach.apply(i);
      Integer number = known.get(name);
      if (number == null) {
        number = names.size();
        known.put(name, number);
        names.add(name);
      }
      numbers[i] = number;
    }
    return new Groups(numbers, List.copyOf(names));
  }

  /** Returns the number of examples. */
  public int size() {
    return numbers.length;
  }

  /** Returns the number of groups. */
  public int count() {
    return names.size();
  }

  /** Returns the number of an example's group, from 0, in the order of their first examples. */
  public int number(int index) {
    return numbers[index];
  }

  /** Returns the name of an example's group. */
  public String name(int index) {
    return names.get(numbers[index]);
  }

  /** Returns the names of all groups, in the order of their numbers. */
  public List<String> names() {
    return names;
  }

  /**
   * Returns the groups of the examples with these indices, in this order.
   *
   * @param indices at least one
   */
  public Groups select(int[] indices) {
    Require.atLeast("number of indices", indices.length, 1);
    int[] known = new int[names.size()]; // The new number of each group, plus 1.
    List<String> left = new ArrayList<>();
    int[] selected = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      int group = numbers[indices[i]];
      if (known[group] == 0) {
        left.add(names.get(group));
        known[group] = left.size();
      }
      selected[i] = known[group] - 1;
    }
    return new Groups(selected, List.copyOf(left));
  }

  /** Returns the groups that have examples in both, by name. */
  public Set<String> shared(Groups other) {
    Set<String> shared = new HashSet<>(names);
    shared.retainAll(other.names);
    return shared;
  }

  /**
   * Returns the groups of the examples of two sets: groups of the same name are one group. If only
   * one set has groups, each example of the other one is a group of its own.
   *
   * @param firstSize number of examples of the first set
   */
  static Optional<Groups> joined(
      Optional<Groups> first, int firstSize, Optional<Groups> second, int secondSize) {
    if (first.isEmpty() && second.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        by(
            Math.addExact(firstSize, secondSize),
            i -> i < firstSize ? nameOrOwn(first, i, i) : nameOrOwn(second, i - firstSize, i)));
  }

  private static String nameOrOwn(Optional<Groups> groups, int index, int joinedIndex) {
    return groups
        .map(by -> by.name(index))
        .orElse("example %d, without a group".formatted(joinedIndex));
  }

  /**
   * Draws whole groups that together have nearly a number of examples, and of each class nearly the
   * same share.
   *
   * @param order the indices of all examples; groups that come first are preferred
   * @param count how many, from 1 to {@code size() - 1}
   * @param labels the class of each example, at least 0; all 0 if classes do not matter
   * @return the indices drawn, in ascending order; both sides have at least one group
   * @throws IllegalArgumentException if there are fewer than two groups
   */
  public int[] draw(int[] order, int count, int[] labels) {
    if (order.length != size() || labels.length != size()) {
      throw new IllegalArgumentException(
          "order and labels must be %d, one for each example: %d and %d"
              .formatted(size(), order.length, labels.length));
    }
    if (count < 1 || count >= size()) {
      throw new IllegalArgumentException(
          "count must be from 1 to %d: %d".formatted(size() - 1, count));
    }
    if (count() < 2) {
      throw new IllegalArgumentException(
          "groups must be at least 2, for one on each side: all %d examples are in the group %s"
              .formatted(size(), names.get(0)));
    }
    boolean[] chosen = GroupDraw.of(table(labels), inOrder(order), (double) count / size());
    return IntStream.range(0, size()).filter(i -> chosen[numbers[i]]).toArray();
  }

  /** Counts the examples of each class in each group, {@code [groups, classes]}. */
  int[][] table(int[] labels) {
    int[][] table = new int[count()][IntStream.of(labels).max().orElseThrow() + 1];
    for (int i = 0; i < size(); i++) {
      table[numbers[i]][labels[i]]++;
    }
    return table;
  }

  /** Returns the numbers of the groups in the order in which they first occur. */
  int[] inOrder(int[] order) {
    return IntStream.of(order).map(index -> numbers[index]).distinct().toArray();
  }

  @Override
  public String toString() {
    return "%d groups of %d examples".formatted(count(), size());
  }
}
