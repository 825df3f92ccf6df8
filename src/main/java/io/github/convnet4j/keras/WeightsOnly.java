package io.github.convnet4j.keras;

import io.github.convnet4j.check.NameList;
import io.github.convnet4j.layer.PlacedNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Matches the layers of a file that has only weights with those of a network. */
final class WeightsOnly {
  private static final Pattern NUMBERED = Pattern.compile("(.*?)(?:_(\\d+))?");
  private static final int MOST_LISTED = 10;

  /** What adapt() has stored; here these numbers are part of the network. */
  private static final String NORMALIZATION = "normalization";

  private static final String OPTIMIZER = "optimizer";

  private final KerasSource source;
  private final List<StoredLayer> stored;

  WeightsOnly(KerasSource source, List<StoredLayer> stored) {
    this.source = source;
    this.stored = stored;
  }

  /**
   * A layer with variables in a file.
   *
   * @param name its name; empty if the file does not say
   * @param kind its class in snake case; empty if the file does not say
   * @param group the part of the file that it is in, one for each model within the model
   */
  record StoredLayer(String name, String kind, String group, List<StoredArray> arrays) {}

  /** Returns the layers of a file with the layout of Keras 2, in its order. */
  static List<StoredLayer> legacy(Map<String, List<StoredArray>> layers) {
    List<StoredLayer> stored = new ArrayList<>();
    layers.forEach(
        (name, arrays) -> {
          Map<String, List<StoredArray>> inner = LegacyWeights.byLayer(arrays);
          inner.values().removeIf(ofLayer -> ofLayer.get(0).path().matches(".*/mean(:0)?"));
          inner.forEach(
              (innerName, ofLayer) ->
                  stored.add(
                      new StoredLayer(inner.size() == 1 ? name : innerName, "", "", ofLayer)));
        });
    return stored;
  }

  /** Returns the layers of a file with the layout of Keras 3; those of a class are in order. */
  static List<StoredLayer> keras3(Hdf5.Folder root) {
    List<StoredLayer> stored = new ArrayList<>();
    addModel(root, stored);
    if (stored.isEmpty()) {
      // A class derived from Model: the groups have the names of its attributes.
      add(root, stored);
    }
    return stored;
  }

  private static void addModel(Hdf5.Folder model, List<StoredLayer> stored) {
    model
        .folder(Keras3Weights.LAYERS)
        .or(() -> model.folder(Keras3Weights.KERAS_2_12))
        .ifPresent(folder -> add(folder, stored));
  }

  private static void add(Hdf5.Folder folder, List<StoredLayer> stored) {
    List<String> groups = new ArrayList<>(folder.names());
    groups.sort(Comparator.comparing(WeightsOnly::kind).thenComparing(WeightsOnly::number));
    for (String group : groups) {
      folder
          .folder(group)
          .filter(layer -> !kind(group).equals(NORMALIZATION) && !group.equals(OPTIMIZER))
          .ifPresent(layer -> addLayer(layer, kind(group), folder.path(), stored));
    }
  }

  private static void addLayer(
      Hdf5.Folder layer, String kind, String group, List<StoredLayer> stored) {
    addModel(layer, stored);
    Optional<Hdf5.Folder> vars = layer.folder(Keras3Weights.VARIABLES);
    List<StoredArray> arrays = vars.map(Keras3Weights::arrays).orElse(List.of());
    if (!arrays.isEmpty()) {
      String name = vars.flatMap(found -> found.text("name")).orElse("");
      stored.add(new StoredLayer(name, kind, group, arrays));
    }
  }

  private static String kind(String group) {
    Matcher matcher = NUMBERED.matcher(group);
    return matcher.matches() ? matcher.group(1) : group;
  }

  private static int number(String group) {
    Matcher matcher = NUMBERED.matcher(group);
    boolean numbered = matcher.matches() && matcher.group(2) != null;
    return numbered && matcher.group(2).length() < 9 ? Integer.parseInt(matcher.group(2)) : 0;
  }

  /**
   * Returns the stored layer for each layer of a network: the one with the same name, or, if the
   * names are others, the one at the same place, among those of its class where the file says the
   * class.
   */
  Map<PlacedNode, StoredLayer> matched(List<PlacedNode> layers) {
    Map<String, StoredLayer> byName = new HashMap<>();
    stored.forEach(layer -> byName.put(JavaName.of(layer.name()), layer));
    Map<PlacedNode, StoredLayer> matched = new LinkedHashMap<>();
    for (PlacedNode layer : layers) {
      // The inner layer of a shared one has no name of its own.
      List<String> names = new ArrayList<>(List.of(layer.weightsPath().split("/", -1)));
      Collections.reverse(names);
      names.stream()
          .map(byName::remove)
          .filter(Objects::nonNull)
          .findFirst()
          .ifPresent(found -> matched.put(layer, found));
    }
    return matched.size() == layers.size() ? matched : byOrder(layers);
  }

  private Map<PlacedNode, StoredLayer> byOrder(List<PlacedNode> layers) {
    if (layers.size() != stored.size()) {
      throw source.fault(
          "it must have the weights of as many layers as the network, %d (%s): it has %d (%s)"
              .formatted(
                  layers.size(),
                  NameList.some(layers.stream().map(PlacedNode::path).toList(), MOST_LISTED),
                  stored.size(),
                  NameList.some(
                      stored.stream().map(layer -> layer.arrays().get(0).path()).toList(),
                      MOST_LISTED)));
    }
    Map<String, List<StoredLayer>> byKind = grouped(stored, StoredLayer::kind);
    Map<String, List<PlacedNode>> nodes =
        grouped(layers, node -> byKind.containsKey("") ? "" : kerasKind(node));
    Map<PlacedNode, StoredLayer> matched = new LinkedHashMap<>();
    nodes.forEach(
        (kind, ofKind) -> {
          List<StoredLayer> found = byKind.getOrDefault(kind, List.of());
          if (found.size() != ofKind.size()) {
            throw source.fault(
                "it must have the weights of %d layers of the kind %s: it has %d"
                    .formatted(ofKind.size(), kind, found.size()));
          }
          if (found.stream().map(StoredLayer::group).distinct().count() > 1) {
            throw source.fault(
                "the order of its layers of the kind %s, which are in several models, is not known: save the whole model"
                    .formatted(kind));
          }
          for (int i = 0; i < found.size(); i++) {
            matched.put(ofKind.get(i), found.get(i));
          }
        });
    return matched;
  }

  private static <T> Map<String, List<T>> grouped(List<T> all, Function<T, String> key) {
    return all.stream()
        .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
  }

  private String kerasKind(PlacedNode node) {
    return source
        .layers()
        .className(node.computation())
        .map(Keras3Weights::snakeCase)
        .orElse(node.computation().kind());
  }
}
