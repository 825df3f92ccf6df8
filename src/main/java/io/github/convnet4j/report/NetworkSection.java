package io.github.convnet4j.report;

import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.layer.PlacedNode;
import io.github.convnet4j.model.Network;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A table of the network's layers, and of what each takes unless they are a chain. */
final class NetworkSection {
  private NetworkSection() {}

  static Section of(Network network) {
    boolean chain = isChain(network);
    List<List<String>> rows = new ArrayList<>();
    network
        .inputs()
        .forEach(
            (name, shape) ->
                rows.add(row(chain, List.of(name, "", shape.toString(), "0", "0"), "")));
    Set<String> counted = new HashSet<>(); // Shared variables count once.
    for (PlacedNode placed : network.nodes()) {
      rows.add(
          row(
              chain,
              List.of(
                  placed.path(),
                  placed.computation().kind(),
                  placed.output().toString(),
                  Html.count(
                      placed.parameters().stream()
                          .filter(parameter -> counted.add(parameter.name()))
                          .mapToLong(Parameter::size)
                          .sum()),
                  Html.count(placed.multiplyAdds())),
              String.join(", ", placed.from())));
    }
    rows.add(
        row(
            chain,
            List.of(
                "total",
                "",
                "",
                Html.count(network.parameterCount()),
                Html.count(network.multiplyAdds())),
            ""));
    String html =
        Html.table(
            "Layers",
            row(
                chain,
                List.of("layer", "kind", "output shape", "parameters", "multiply-adds"),
                "input"),
            rows);
    return new Section("network", "The network", html + trained(network));
  }

  /** Returns whether each layer takes the output of the one before it. */
  private static boolean isChain(Network network) {
    List<String> before = List.copyOf(network.inputs().keySet());
    for (PlacedNode placed : network.nodes()) {
      if (!placed.from().equals(before)) {
        return false;
      }
      before = List.of(placed.path());
    }
    return true;
  }

  /** Returns a row, with a column for what a layer takes if the network is not a chain. */
  private static List<String> row(boolean chain, List<String> cells, String takes) {
    List<String> row = new ArrayList<>(cells);
    if (!chain) {
      row.add(takes);
    }
    return row;
  }

  private static String trained(Network network) {
    long fixed = network.parameterCount() - network.trainableParameterCount();
    return Html.paragraph(
        Html.text(
            "%s parameters are trained, %s are not%s."
                .formatted(
                    Html.count(network.trainableParameterCount()),
                    Html.count(fixed),
                    network.frozenLayers().isEmpty()
                        ? ""
                        : "; frozen: " + String.join(", ", network.frozenLayers()))));
  }
}
