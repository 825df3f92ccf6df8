package io.github.convnet4j.data;

import java.util.Arrays;

/**
 * Chooses groups so that together they have nearly a share of all examples, and of the examples of
 * each class.
 */
final class GroupDraw {
  /**
   * With more groups than this, they are not exchanged in pairs: there are enough to choose from.
   */
  private static final int MOST_FOR_PAIRS = 400;

  private static final int MOST_PASSES = 50;

  private final int[][] table; // [groups, classes]
  private final long[] totals; // [classes]
  private final double share;
  private final boolean[] chosen;
  private final long[] held; // [classes]
  private int groups;

  private GroupDraw(int[][] table, double share) {
    this.table = table;
    this.share = share;
    totals = new long[table[0].length];
    for (int[] row : table) {
      for (int c = 0; c < row.length; c++) {
        totals[c] += row[c];
      }
    }
    held = new long[totals.length];
    chosen = new boolean[table.length];
  }

  /**
   * Chooses groups: each in turn if that brings the share nearer, and then others as long as
   * adding, removing or exchanging one does. Both sides have at least one group.
   *
   * @param table the number of examples of each class in each group, {@code [groups, classes]}; at
   *     least two groups
   * @param order the groups in the order in which they are considered
   * @param share of the examples, above 0 and below 1
   * @return whether each group is chosen
   */
  static boolean[] of(int[][] table, int[] order, double share) {
    GroupDraw draw = new GroupDraw(table, share);
    for (int group : order) {
      draw.toggleIfBetter(group);
    }
    if (draw.groups == 0 || draw.groups == table.length) {
      draw.toggle(draw.best(order));
    }
    boolean better = true;
    for (int pass = 0; better && pass < MOST_PASSES; pass++) {
      better = false;
      for (int group : order) {
        better |= draw.toggleIfBetter(group);
      }
      if (table.length <= MOST_FOR_PAIRS) {
        better |= draw.exchange(order);
      }
    }
    return draw.chosen;
  }

  private boolean toggleIfBetter(int group) {
    int left = groups + (chosen[group] ? -1 : 1);
    if (left == table.length || (left == 0 && groups > 0)) {
      return false;
    }
    double before = cost();
    toggle(group);
    if (cost() < before) {
      return true;
    }
    toggle(group);
    return false;
  }

  private boolean exchange(int[] order) {
    boolean better = false;
    for (int in : order) {
      for (int out : order) {
        if (chosen[in] && !chosen[out]) {
          double before = cost();
          toggle(in);
          toggle(out);
          if (cost() < before) {
            better = true;
          } else {
            toggle(in);
            toggle(out);
          }
        }
      }
    }
    return better;
  }

  /** Returns the group with which the share is nearest if it alone changes sides. */
  private int best(int[] order) {
    int best = order[0];
    double least = Double.POSITIVE_INFINITY;
    for (int group : order) {
      toggle(group);
      if (cost() < least) {
        least = cost();
        best = group;
      }
      toggle(group);
    }
    return best;
  }

  private void toggle(int group) {
    int sign = chosen[group] ? -1 : 1;
    chosen[group] = !chosen[group];
    groups += sign;
    for (int c = 0; c < held.length; c++) {
      held[c] += sign * (long) table[group][c];
    }
  }

  /** Returns the squared error of the share of all examples, plus the mean one of the classes. */
  private double cost() {
    double ofClasses = 0;
    int occurring = 0;
    for (int c = 0; c < held.length; c++) {
      if (totals[c] > 0) {
        double error = (double) held[c] / totals[c] - share;
        ofClasses += error * error;
        occurring++;
      }
    }
    double error = (double) Arrays.stream(held).sum() / Arrays.stream(totals).sum() - share;
    return error * error + ofClasses / occurring;
  }
}
