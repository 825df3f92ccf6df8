package io.github.convnet4j.layer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * The nodes that lead to outputs.
 *
 * @param inputs in the order in which they are met
 * @param computed each after those that it is computed from: what the first output needs, then what
 *     else the second one needs, and so on; for each node, what its first input needs, then what
 *     else its second input needs
 */
record NodeOrder(List<Input> inputs, List<ComputedNode> computed) {
  /** A node, and those of its inputs that are still to be visited. */
  private record Visit(Node node, Iterator<Node> open) {}

  /** Without recursion, because chains of thousands of layers would overflow the stack. */
  static NodeOrder of(List<Node> outputs) {
    List<Input> inputs = new ArrayList<>();
    List<ComputedNode> computed = new ArrayList<>();
    Set<Node> seen = new HashSet<>();
    Deque<Visit> visits = new ArrayDeque<>();
    for (Node output : outputs) {
      enter(output, seen, visits);
      while (!visits.isEmpty()) {
        Visit visit = visits.peek();
        if (visit.open().hasNext()) {
          enter(visit.open().next(), seen, visits);
          continue;
        }
        visits.pop();
        if (visit.node() instanceof Input input) {
          inputs.add(input);
        } else {
          computed.add((ComputedNode) visit.node());
        }
      }
    }
    return new NodeOrder(List.copyOf(inputs), List.copyOf(computed));
  }

  private static void enter(Node node, Set<Node> seen, Deque<Visit> visits) {
    if (seen.add(node)) {
      visits.push(new Visit(node, node.inputs().iterator()));
    }
  }
}
