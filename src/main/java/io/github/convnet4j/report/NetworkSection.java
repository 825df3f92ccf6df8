package io.github.convnet4j.report;

import io.github.convnet4j.layer.PlacedNode;
import io.github.convnet4j.model.Network;
import java.util.ArrayList;
import java.util.List;

/** A table of the network's layers. */
final class NetworkSection {
  private NetworkSection() {}

  static Section of(Network network) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("input", "", network.input().toString(), "0", "0"));
    for (PlacedNode placed : network.nodes()) {
      rows.add(
          List.of(
              placed.path(),
              placed.computation().kind(),
              placed.output().toString(),
              Html.count(placed.parameterCount()),
              Html.count(placed.multiplyAdds())));
    }
    rows.add(
        List.of(
            "total",
            "",
            "",
            Html.count(network.parameterCount()),
            Html.count(network.multiplyAdds())));
    String html =
        Html.table(
            "Layers",
            List.of("layer", "kind", "output shape", "parameters", "multiply-adds"),
            rows);
    long fixed = network.parameterCount() - network.trainableParameterCount();
    html +=
        Html.paragraph(
            Html.text(
                "%s parameters are trained, %s are not%s."
                    .formatted(
                        Html.count(network.trainableParameterCount()),
                        Html.count(fixed),
                        network.frozenLayers().isEmpty()
                            ? ""
                            : "; frozen: " + String.join(", ", network.frozenLayers()))));
    return new Section("network", "The network", html);
  }
}
