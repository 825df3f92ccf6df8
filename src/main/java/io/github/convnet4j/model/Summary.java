package io.github.convnet4j.model;

import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.layer.PlacedLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Formats a network as a table. */
final class Summary {
  private static final String GAP = "  ";

  private Summary() {}

  static String of(Network network) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Layer", "Output shape", "Parameters", "Multiply-adds"));
    rows.add(row("input", network.input().toString(), 0, 0));
    for (PlacedLayer placed : network.placedLayers()) {
      rows.add(
          row(
              title(placed, network),
              placed.output().toString(),
              placed.parameters().stream().mapToLong(Parameter::size).sum(),
              placed.multiplyAdds()));
    }
    int[] widths = new int[4];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    String rule =
        "-".repeat(widths[0] + widths[1] + widths[2] + widths[3] + 3 * GAP.length()) + "\n";
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      text.append(line(rows.get(i), widths)).append(i == 0 ? rule : "");
    }
    return text.append(rule).append(totals(network)).toString();
  }

  private static String title(PlacedLayer placed, Network network) {
    Layer layer = placed.layer();
    return placed.name()
        + (layer.name().isEmpty() ? "" : " (" + layer.kind() + ")")
        + (network.isFrozen(placed.name()) ? " frozen" : "");
  }

  private static String totals(Network network) {
    long all = network.parameterCount();
    long trainable = network.trainableParameterCount();
    return "Parameters: %s, trainable %s, not trainable %s\nMultiply-adds per example: %s\n"
        .formatted(
            number(all),
            number(trainable),
            number(all - trainable),
            number(network.multiplyAdds()));
  }

  private static List<String> row(String layer, String shape, long parameters, long multiplyAdds) {
    return List.of(layer, shape, number(parameters), number(multiplyAdds));
  }

  private static String line(List<String> cells, int[] widths) {
    String format =
        "%-" + widths[0] + "s" + GAP + "%-" + widths[1] + "s" + GAP + "%" + widths[2] + "s" + GAP
            + "%" + widths[3] + "s\n";
    return format.formatted(cells.toArray());
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
