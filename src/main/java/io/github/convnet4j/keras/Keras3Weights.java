package io.github.convnet4j.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The layout of Keras 3: {@code layers/conv2d_1/vars/0}. A group's name is that of the class, with
 * a number from the second layer of a class on; in Keras 2.12 and 2.13 it is the layer's name.
 */
final class Keras3Weights implements StoredWeights {
  static final String LAYERS = "layers";
  static final String KERAS_2_12 = "_layer_checkpoint_dependencies";
  static final String VARIABLES = "vars";

  private final KerasSource source;
  private final Map<String, Hdf5.Folder> folders = new HashMap<>();

  private Keras3Weights(KerasSource source) {
    this.source = source;
  }

  static Keras3Weights of(KerasSource source, ModelEntry model, Hdf5.Folder root) {
    Keras3Weights weights = new Keras3Weights(source);
    weights.find(model, root);
    return weights;
  }

  private void find(ModelEntry model, Hdf5.Folder folder) {
    Optional<Hdf5.Folder> all = folder.folder(LAYERS).or(() -> folder.folder(KERAS_2_12));
    if (all.isEmpty()) {
      return;
    }
    // Keras 2.12 counts a layer with variables twice.
    int step = all.get().name().equals(KERAS_2_12) ? 2 : 1;
    Map<String, Integer> counts = new HashMap<>();
    for (LayerEntry layer : model.layers()) {
      if (layer.operator() || (model.sequential() && layer.isInput())) {
        continue;
      }
      String kind = snakeCase(layer.model().map(ModelEntry::className).orElse(layer.className()));
      int number = counts.getOrDefault(kind, 0);
      Optional<Hdf5.Folder> found = all.get().folder(number == 0 ? kind : kind + "_" + number);
      counts.put(kind, number + (found.isPresent() && hasVariables(found.get()) ? step : 1));
      if (found.isEmpty()) {
        continue;
      }
      if (layer.model().isPresent()) {
        find(layer.model().get(), found.get());
      } else {
        found.get().folder(VARIABLES).ifPresent(vars -> put(layer, vars));
      }
    }
  }

  private static boolean hasVariables(Hdf5.Folder layer) {
    if (layer.folder(VARIABLES).filter(vars -> !vars.names().isEmpty()).isPresent()) {
      return true;
    }
    return layer.folder(LAYERS).or(() -> layer.folder(KERAS_2_12)).stream()
        .anyMatch(
            layers ->
                layers.names().stream()
                    .flatMap(name -> layers.folder(name).stream())
                    .anyMatch(Keras3Weights::hasVariables));
  }

  private void put(LayerEntry layer, Hdf5.Folder vars) {
    // Newer versions of Keras write the layer's name, which shows a wrong order at once.
    vars.text("name")
        .filter(name -> !name.equals(layer.name()))
        .ifPresent(
            name -> {
              throw source.fault(
                  "the weights of %s must be in %s, but those of %s are"
                      .formatted(layer.description(), vars.path(), name));
            });
    folders.put(layer.place(), vars);
  }

  @Override
  public List<StoredArray> of(LayerEntry layer) {
    Hdf5.Folder folder = folders.get(layer.place());
    return folder == null ? List.of() : arrays(folder);
  }

  /** Returns the data sets 0, 1, … of a group. */
  static List<StoredArray> arrays(Hdf5.Folder folder) {
    List<StoredArray> arrays = new ArrayList<>();
    for (Optional<StoredArray> next = folder.array("0");
        next.isPresent();
        next = folder.array(String.valueOf(arrays.size()))) {
      arrays.add(next.get());
    }
    return arrays;
  }

  /**
   * Returns a class's name as Keras writes it: {@code BatchNormalization} → batch_normalization.
   */
  static String snakeCase(String className) {
    return className
        .replaceAll("\\W+", "")
        .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }
}
