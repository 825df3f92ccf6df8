package io.github.convnet4j.keras;

import io.github.convnet4j.layer.ChannelRescaling;
import io.github.convnet4j.layer.Computation;
import io.github.convnet4j.layer.Linear;
import io.github.convnet4j.layer.PlacedNode;
import io.github.convnet4j.layer.Rescaling;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.picture.PictureFormat.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which pixels a network takes, as far as its first layers say so. */
final class InputPixels {
  private static final Range BYTES = new Range(0, 255);
  private static final Range UNIT = new Range(0, 1);

  /**
   * Networks compute with values from about -5 to 5. A layer that brings pixels there multiplies
   * those from 0 to 255 by at most this, and those from 0 to 1 by at least {@link #FACTOR_OF_UNIT}.
   */
  private static final double FACTOR_OF_BYTES = 0.05;

  private static final double FACTOR_OF_UNIT = 0.5;

  private InputPixels() {}

  /** Returns the values of black and white, if the network begins by scaling them. */
  static Optional<Range> of(Network network) {
    if (network.inputs().size() != 1) {
      return Optional.empty();
    }
    List<Double> factors = factors(network);
    if (factors.isEmpty()) {
      return Optional.empty();
    }
    if (factors.stream().allMatch(factor -> factor <= FACTOR_OF_BYTES)) {
      return Optional.of(BYTES);
    }
    return factors.stream().allMatch(factor -> factor >= FACTOR_OF_UNIT)
        ? Optional.of(UNIT)
        : Optional.empty();
  }

  /** Returns the factors of the channels in the first layers; none if these do not scale. */
  private static List<Double> factors(Network network) {
    List<Double> factors = new ArrayList<>();
    String last = network.inputs().keySet().iterator().next();
    for (Optional<PlacedNode> next = only(network, last);
        next.isPresent();
        next = only(network, last)) {
      Computation computation = next.get().computation();
      if (computation instanceof Rescaling rescaling) {
        multiply(factors, List.of(rescaling.scale()));
      } else if (computation instanceof ChannelRescaling rescaling) {
        multiply(factors, rescaling.scale());
      } else if (!(computation instanceof Linear)) {
        break;
      }
      last = next.get().path();
    }
    return factors;
  }

  /** Returns the layer that takes a value, if there is only one. */
  private static Optional<PlacedNode> only(Network network, String path) {
    List<PlacedNode> takers =
        network.nodes().stream().filter(node -> node.from().contains(path)).toList();
    return takers.size() == 1 ? Optional.of(takers.get(0)) : Optional.empty();
  }

  private static void multiply(List<Double> factors, List<Double> more) {
    int count = Math.max(Math.max(factors.size(), more.size()), 1);
    List<Double> products = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double before = factors.isEmpty() ? 1 : factors.get(Math.min(i, factors.size() - 1));
      products.add(Math.abs(before * more.get(Math.min(i, more.size() - 1))));
    }
    factors.clear();
    factors.addAll(products);
  }
}
