package io.github.convnet4j.keras;

import io.github.convnet4j.data.HeapLimit;
import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.layer.PlacedNode;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads networks and weights from files of Keras. */
final class KerasReader {
  private KerasReader() {}

  /** Reads a network and its weights. */
  static KerasModel read(Path path, KerasLayers layers) {
    try (KerasFile file = KerasFile.open(path)) {
      KerasSource source = new KerasSource(path.toString(), file.version(), layers);
      String config =
          file.config()
              .orElseThrow(
                  () ->
                      source.fault(
                          "it has weights only: describe the network in Java, and read them with"
                              + " KerasLayers.standard().readWeights(file, network)"));
      ModelEntry model = ConfigReader.read(source.name(), config);
      StoredWeights stored = stored(source, file, model);
      GraphBuilder.Built built = new GraphBuilder(source, stored).build(model);
      checkMemory(source, built.complete());
      return new KerasModel(built, weights(source, built, stored), file.version());
    }
  }

  private static StoredWeights stored(KerasSource source, KerasFile file, ModelEntry model) {
    Hdf5.Folder root = file.hdf5().root();
    return LegacyWeights.in(root)
        .<StoredWeights>map(folder -> LegacyWeights.of(source, model, folder))
        .orElseGet(() -> Keras3Weights.of(source, model, root));
  }

  private static void checkMemory(KerasSource source, Network network) {
    long bytes = Float.BYTES * network.parameterCount();
    if (bytes > HeapLimit.ofProcess().bytes()) {
      throw source.fault(
          "its weights take %d MB: give Java a larger heap with -Xmx%dm"
              .formatted(HeapLimit.megabytes(bytes), HeapLimit.recommended(bytes)));
    }
  }

  private static Weights weights(
      KerasSource source, GraphBuilder.Built built, StoredWeights stored) {
    Map<String, List<Parameter>> parameters = new HashMap<>();
    for (PlacedNode node : built.complete().nodes()) {
      parameters.put(node.weightsPath(), node.parameters());
    }
    Weights.Builder weights = Weights.builder();
    built
        .trained()
        .forEach(
            (path, layer) ->
                add(
                    source,
                    layer.description(),
                    parameters.getOrDefault(path, List.of()),
                    stored.of(layer),
                    weights));
    return weights.build();
  }

  private static void add(
      KerasSource source,
      String layer,
      List<Parameter> parameters,
      List<StoredArray> stored,
      Weights.Builder weights) {
    if (stored.size() != parameters.size()) {
      throw source.fault(
          "%s must have %d variables, %s: the file has %d"
              .formatted(
                  layer,
                  parameters.size(),
                  parameters.stream().map(Parameter::name).toList(),
                  stored.size()));
    }
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      StoredArray array = stored.get(i);
      if (!array.shape().equals(parameter.shape())) {
        throw source.fault(
            "%s: %s must have the shape %s: %s has %s"
                .formatted(
                    layer, parameter.name(), parameter.shape(), array.path(), array.shape()));
      }
      weights.add(parameter.name(), parameter.shape(), array.values());
    }
  }

  /** Reads weights for a network that is described in Java. */
  static Weights readWeights(Path path, Network network, KerasLayers layers) {
    try (KerasFile file = KerasFile.open(path)) {
      KerasSource source = new KerasSource(path.toString(), file.version(), layers);
      checkMemory(source, network);
      Hdf5.Folder root = file.hdf5().root();
      List<WeightsOnly.StoredLayer> stored =
          LegacyWeights.in(root)
              .map(folder -> WeightsOnly.legacy(LegacyWeights.layers(source, folder)))
              .orElseGet(() -> WeightsOnly.keras3(root));
      Weights.Builder weights = Weights.builder();
      new WeightsOnly(source, stored)
          .matched(leaves(network))
          .forEach(
              (node, layer) ->
                  add(source, node.path(), node.parameters(), layer.arrays(), weights));
      return weights.build();
    }
  }

  /** Returns the layers with variables, each set of variables once. */
  private static List<PlacedNode> leaves(Network network) {
    Map<String, PlacedNode> leaves = new LinkedHashMap<>();
    network.nodes().stream()
        .flatMap(PlacedNode::leaves)
        .filter(node -> !node.parameters().isEmpty())
        .forEach(node -> leaves.putIfAbsent(node.weightsPath(), node));
    return new ArrayList<>(leaves.values());
  }
}
