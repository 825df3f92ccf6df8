package io.github.convnet4j.model;

import io.github.convnet4j.layer.MaxPool;
import io.github.convnet4j.layer.PlacedNode;
import io.github.convnet4j.layer.Relu;
import io.github.convnet4j.layer.Rewrite;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rewrites that affect several nodes. */
final class Rewriting {
  private Rewriting() {}

  /**
   * Consecutive nodes, applied one after the other, each to the output of the one before it.
   *
   * @param order the nodes in the order in which they are applied
   * @param first the first node of the description
   * @param last the last node of the description, whose output is that of the whole run
   */
  record Run(List<PlacedNode> order, PlacedNode first, PlacedNode last) {
    static Run of(PlacedNode node) {
      return new Run(List.of(node), node, node);
    }

    /** Returns the name of the input of the whole run. */
    String from() {
      return first.from().get(0);
    }

    /** Whether the nodes are applied in another order than described. */
    boolean isRewritten() {
      return order.size() > 1;
    }
  }

  /**
   * Divides nodes into runs; those that are not rewritten are runs of one.
   *
   * @param nodes of a network or a composite layer, in the order in which they are described
   * @param outputs the paths of the nodes whose output is needed outside
   */
  static List<Run> runs(
      List<PlacedNode> nodes, Collection<String> outputs, Collection<Rewrite> rewrites) {
    if (!rewrites.contains(Rewrite.RELU_AFTER_MAX_POOL)) {
      return nodes.stream().map(Run::of).toList();
    }
    Map<String, Integer> uses = new HashMap<>();
    outputs.forEach(path -> uses.merge(path, 1, Integer::sum));
    nodes.forEach(node -> node.from().forEach(path -> uses.merge(path, 1, Integer::sum)));
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < nodes.size(); ) {
      int end = endOfChain(nodes, i, uses);
      int pooled = end;
      while (pooled > i && !isPool(nodes.get(pooled - 1))) {
        pooled--;
      }
      if (pooled > i) {
        runs.add(reluAfterMaxPool(nodes.subList(i, pooled)));
        i = pooled;
      }
      for (; i < end; i++) {
        runs.add(Run.of(nodes.get(i)));
      }
    }
    return runs;
  }

  /**
   * Returns the end of the chain of ReLUs and poolings that starts with the ReLU at an index; for
   * any other node, the index after it.
   */
  private static int endOfChain(List<PlacedNode> nodes, int start, Map<String, Integer> uses) {
    int end = start + 1;
    while (isRelu(nodes.get(start))
        && end < nodes.size()
        && (isRelu(nodes.get(end)) || isPool(nodes.get(end)))
        && nodes.get(end).from().equals(List.of(nodes.get(end - 1).path()))
        && uses.get(nodes.get(end - 1).path()) == 1) {
      end++;
    }
    return end;
  }

  /** Both operations are monotonic, so they can be swapped; so can several of them. */
  private static Run reluAfterMaxPool(List<PlacedNode> chain) {
    PlacedNode last = chain.get(chain.size() - 1);
    List<PlacedNode> order = new ArrayList<>(chain.stream().filter(Rewriting::isPool).toList());
    chain.stream()
        .filter(Rewriting::isRelu)
        .forEach(relu -> order.add(relu.withShapes(last.output(), last.output())));
    return new Run(List.copyOf(order), chain.get(0), last);
  }

  private static boolean isRelu(PlacedNode node) {
    return node.computation() instanceof Relu;
  }

  private static boolean isPool(PlacedNode node) {
    return node.computation() instanceof MaxPool;
  }
}
