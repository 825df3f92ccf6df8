package io.github.convnet4j.inspect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps the worst of many items. */
final class Worst<T> {
  private final Comparator<T> worstFirst;
  private final int most;
  private final PriorityQueue<T> kept; // the best of the kept ones is at the head

  /**
   * @param most number of items to keep, at least 0
   * @param worstFirst an order without ties, so that the result does not depend on the insertion
   *     order
   */
  Worst(int most, Comparator<T> worstFirst) {
    if (most < 0) {
      throw new IllegalArgumentException("mistakes must be at least 0: " + most);
    }
    this.most = most;
    this.worstFirst = worstFirst;
    this.kept = new PriorityQueue<>(worstFirst.reversed());
  }

  void add(T item) {
    kept.add(item);
    if (kept.size() > most) {
      kept.remove();
    }
  }

  /** Returns the kept items, the worst first. */
  List<T> sorted() {
    List<T> sorted = new ArrayList<>(kept);
    sorted.sort(worstFirst);
    return List.copyOf(sorted);
  }
}
