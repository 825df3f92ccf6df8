package io.github.convnet4j.keras;

import io.github.convnet4j.keras.LayerCall.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order in which Keras lists the layers of a Functional model, whatever the order in a file. It
 * gives the weights their numbers: those of the second convolution are in {@code conv2d_1}.
 *
 * <p>Layers that are further from the outputs come first; among those at the same distance, the one
 * that is met first on the way from the outputs to the inputs. Source: {@code map_graph} in Keras'
 * {@code ops/function.py}, which is the same in the versions 3.0 to 3.15.
 */
final class KerasOrder {
  private final Map<String, LayerEntry> byName = new HashMap<>();
  private final Map<String, Integer> met = new HashMap<>();
  private final List<Call> finished = new ArrayList<>();

  private KerasOrder(List<LayerEntry> layers) {
    layers.forEach(layer -> byName.put(layer.name(), layer));
  }

  /** One application of a layer; an input has one, too. */
  private record Call(String layer, int index) {
    static Call of(Tensor tensor) {
      return new Call(tensor.layer(), tensor.call());
    }
  }

  /** A call, and the calls that it needs and that are still to be visited. */
  private record Visit(Call call, Iterator<Call> open) {}

  /** Returns the layers in Keras' order; all of them must be needed by an output. */
  static List<LayerEntry> of(List<LayerEntry> layers, List<Tensor> outputs) {
    KerasOrder order = new KerasOrder(layers);
    order.visit(outputs);
    Map<String, Integer> distances = order.distances();
    return layers.stream()
        .sorted(
            Comparator.<LayerEntry>comparingInt(layer -> -distances.get(layer.name()))
                .thenComparingInt(layer -> order.met.get(layer.name())))
        .toList();
  }

  /** Visits everything that the outputs need; without recursion, for deep networks. */
  private void visit(List<Tensor> outputs) {
    Set<Call> seen = new HashSet<>();
    Deque<Visit> visits = new ArrayDeque<>();
    for (Tensor output : outputs) {
      enter(Call.of(output), seen, visits);
      while (!visits.isEmpty()) {
        Visit visit = visits.peek();
        if (visit.open().hasNext()) {
          enter(visit.open().next(), seen, visits);
        } else {
          finished.add(visits.pop().call());
        }
      }
    }
  }

  private void enter(Call call, Set<Call> seen, Deque<Visit> visits) {
    if (seen.add(call)) {
      met.putIfAbsent(call.layer(), met.size());
      visits.push(new Visit(call, needed(call).iterator()));
    }
  }

  private List<Call> needed(Call call) {
    List<LayerCall> calls = byName.get(call.layer()).calls();
    return calls.isEmpty()
        ? List.of()
        : calls.get(call.index()).arguments().stream()
            .filter(Tensor.class::isInstance)
            .map(argument -> Call.of((Tensor) argument))
            .toList();
  }

  /** Returns the number of layers between each layer and the outputs, on the longest way. */
  private Map<String, Integer> distances() {
    Map<Call, Integer> ofCalls = new HashMap<>();
    Map<String, Integer> ofLayers = new HashMap<>();
    List<Call> fromOutputs = new ArrayList<>(finished);
    Collections.reverse(fromOutputs);
    for (Call call : fromOutputs) {
      int distance =
          Math.max(ofCalls.getOrDefault(call, 0), ofLayers.getOrDefault(call.layer(), 0));
      ofLayers.put(call.layer(), distance);
      needed(call).forEach(other -> ofCalls.merge(other, distance + 1, Math::max));
    }
    return ofLayers;
  }
}
