package io.github.convnet4j.model;

import io.github.convnet4j.layer.Computation;
import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.layer.PlacedNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;

/** Formats a network as a table. */
final class Summary {
  private static final String GAP = "  ";

  private Summary() {}

  static String of(Network network) {
    boolean chain = network.isChain();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Layer", "Output shape", "Parameters", "Multiply-adds", "Input"));
    network
        .inputs()
        .forEach(
            (name, shape) ->
                rows.add(
                    row(
                        network.isPlainChain() ? "input" : name + " (input)",
                        shape,
                        0,
                        0,
                        List.of())));
    Set<String> counted = new HashSet<>();
    for (PlacedNode node : network.nodes()) {
      rows.add(
          row(
              title(node, network),
              node.output(),
              node.parameters().stream()
                  .filter(parameter -> counted.add(parameter.name()))
                  .mapToLong(Parameter::size)
                  .sum(),
              node.multiplyAdds(),
              node.from()));
    }
    return table(rows, chain ? 4 : 5) + outputs(network) + totals(network);
  }

  private static String table(List<List<String>> rows, int columns) {
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    String rule = "-".repeat(IntStream.of(widths).sum() + (columns - 1) * GAP.length()) + "\n";
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      text.append(line(rows.get(i), widths)).append(i == 0 ? rule : "");
    }
    return text.append(rule).toString();
  }

  private static String title(PlacedNode node, Network network) {
    Computation computation = node.computation();
    String title = node.path();
    if (!node.weightsPath().equals(title)) {
      title += " (variables of " + node.weightsPath() + ")";
    } else if (!computation.name().isEmpty()) {
      title += " (" + computation.kind() + ")";
    }
    return title + (network.isFrozen(node.weightsPath()) ? " frozen" : "");
  }

  /** Says which layers compute the outputs, if they have names of their own. */
  private static String outputs(Network network) {
    if (network.isPlainChain()) {
      return "";
    }
    return network.outputNodes().entrySet().stream()
        .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
        .collect(Collectors.joining(", ", "Outputs: ", "\n"));
  }

  private static String totals(Network network) {
    long all = network.parameterCount();
    long trainable = network.trainableParameterCount();
    int inference = network.layersInInferenceMode().size();
    return "Parameters: %s, trainable %s, not trainable %s\nMultiply-adds per example: %s\n%s"
        .formatted(
            number(all),
            number(trainable),
            number(all - trainable),
            number(network.multiplyAdds()),
            inference == 0
                ? ""
                : "In inference mode also in training: %d of %d layers\n"
                    .formatted(inference, network.nodes().size()));
  }

  private static List<String> row(
      String layer, Shape shape, long parameters, long multiplyAdds, List<String> inputs) {
    return List.of(
        layer,
        shape.toString(),
        number(parameters),
        number(multiplyAdds),
        String.join(", ", inputs));
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String gap = " ".repeat(widths[i] - cells.get(i).length());
      boolean isNumber = i == 2 || i == 3;
      line.append(i == 0 ? "" : GAP).append(isNumber ? gap + cells.get(i) : cells.get(i) + gap);
    }
    return line.toString().stripTrailing() + "\n";
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
