package io.github.convnet4j.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The layout of Keras 2, and of {@code .h5} files of Keras 3: a group for each outermost layer,
 * with the paths of its variables in order. The group of a model has the variables of all its
 * layers, the trained ones first.
 */
final class LegacyWeights implements StoredWeights {
  private static final String LAYERS = "layer_names";
  private static final String VARIABLES = "weight_names";

  private final Map<String, List<StoredArray>> arrays = new HashMap<>();
  private final KerasSource source;

  private LegacyWeights(KerasSource source) {
    this.source = source;
  }

  /** Returns the group with the layers, if a file has this layout. */
  static Optional<Hdf5.Folder> in(Hdf5.Folder root) {
    return Optional.of(root.folder("model_weights").orElse(root))
        .filter(folder -> folder.texts(LAYERS).isPresent());
  }

  static LegacyWeights of(KerasSource source, ModelEntry model, Hdf5.Folder folder) {
    LegacyWeights weights = new LegacyWeights(source);
    Map<String, List<StoredArray>> layers = layers(source, folder);
    for (LayerEntry layer : model.layers()) {
      if (layer.model().isPresent()) {
        weights.find(layer, folder);
      } else {
        weights.arrays.put(layer.place(), layers.getOrDefault(layer.name(), List.of()));
      }
    }
    return weights;
  }

  /** Returns the variables of each layer, in the order of the file. */
  static Map<String, List<StoredArray>> layers(KerasSource source, Hdf5.Folder folder) {
    Map<String, List<StoredArray>> layers = new LinkedHashMap<>();
    for (String layer : folder.texts(LAYERS).orElse(List.of())) {
      List<StoredArray> arrays = new ArrayList<>();
      Optional<Hdf5.Folder> group = folder.folderAt(layer);
      for (String path : group.flatMap(found -> found.texts(VARIABLES)).orElse(List.of())) {
        arrays.add(array(source, group.get(), path));
      }
      layers.put(layer, arrays);
    }
    return layers;
  }

  private static StoredArray array(KerasSource source, Hdf5.Folder group, String path) {
    return group
        .array(path)
        .orElseThrow(
            () -> source.fault("the weights %s/%s are missing".formatted(group.path(), path)));
  }

  /**
   * Finds the variables of the layers of a model by their names, {@code conv1/kernel:0} or {@code
   * model/conv1/kernel}. Those of one layer are in Keras' order: the trained ones come first there,
   * too.
   */
  private void find(LayerEntry model, Hdf5.Folder folder) {
    Optional<Hdf5.Folder> group = folder.folderAt(model.name());
    List<StoredArray> all = new ArrayList<>();
    for (String path : group.flatMap(found -> found.texts(VARIABLES)).orElse(List.of())) {
      all.add(array(source, group.get(), path));
    }
    assign(model.model().orElseThrow(), byLayer(all));
  }

  /** Groups the variables of a model by the names of their layers. */
  static Map<String, List<StoredArray>> byLayer(List<StoredArray> arrays) {
    Map<String, List<StoredArray>> byLayer = new LinkedHashMap<>();
    for (StoredArray array : arrays) {
      String[] parts = array.path().split("/", -1);
      String layer = parts.length < 2 ? "" : parts[parts.length - 2];
      byLayer.computeIfAbsent(layer, name -> new ArrayList<>()).add(array);
    }
    return byLayer;
  }

  private void assign(ModelEntry model, Map<String, List<StoredArray>> byLayer) {
    for (LayerEntry layer : model.layers()) {
      if (layer.model().isPresent()) {
        assign(layer.model().get(), byLayer);
      } else {
        arrays.put(layer.place(), byLayer.getOrDefault(layer.name(), List.of()));
      }
    }
  }

  @Override
  public List<StoredArray> of(LayerEntry layer) {
    return arrays.getOrDefault(layer.place(), List.of());
  }
}
