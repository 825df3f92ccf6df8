package io.github.convnet4j.keras;

import io.github.convnet4j.check.NameList;
import io.github.convnet4j.layer.Computation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.ndarray.Shape;

/** Makes layers of this library of those of a file. */
final class LayerReader {
  /** How many layers a message lists. */
  private static final int MOST_LISTED = 30;

  /** Options that change training, and which this library does not have. */
  private static final List<String> LEFT_OUT =
      List.of(
          "activity_regularizer",
          "bias_regularizer",
          "beta_regularizer",
          "gamma_regularizer",
          "kernel_constraint",
          "bias_constraint",
          "depthwise_constraint",
          "pointwise_constraint",
          "beta_constraint",
          "gamma_constraint");

  private final KerasSource source;
  private final StoredWeights weights;
  private final Set<String> notes = new LinkedHashSet<>();

  LayerReader(KerasSource source, StoredWeights weights) {
    this.source = source;
    this.weights = weights;
  }

  /**
   * Checks all layers of a model, also of those within it.
   *
   * @throws io.github.convnet4j.data.DataException if some are not supported; the message lists all
   */
  void checkAll(ModelEntry model) {
    List<String> unsupported = new ArrayList<>();
    check(model, unsupported);
    if (!unsupported.isEmpty()) {
      throw source.fault(
          "%d of its layers cannot be read: %s; KerasLayers.with(…) adds a layer of your own"
              .formatted(unsupported.size(), NameList.some(unsupported, MOST_LISTED)));
    }
  }

  private void check(ModelEntry model, List<String> unsupported) {
    for (LayerEntry layer : model.layers()) {
      if (layer.model().isPresent()) {
        check(layer.model().get(), unsupported);
      } else if (!layer.isInput()) {
        problem(layer).ifPresent(unsupported::add);
      }
    }
  }

  private Optional<String> problem(LayerEntry layer) {
    try {
      if (layer.operator()) {
        layer.calls().forEach(call -> Operators.read(layer.className(), call.arguments()));
      } else {
        read(layer, List.of());
      }
      return Optional.empty();
    } catch (UnsupportedException | IllegalArgumentException e) {
      return Optional.of("%s (%s)".formatted(layer.description(), e.getMessage()));
    }
  }

  /**
   * Makes a layer or merge.
   *
   * @param inputs the shapes of its inputs; none to check only the configuration
   */
  Computation read(LayerEntry layer, List<Shape> inputs) {
    KerasCodec codec = source.layers().codec(layer.className());
    KerasConfig config = new KerasConfig(layer, source.keras2(), inputs, weights);
    Computation computation = codec.read(config);
    if (computation == null) {
      throw new IllegalArgumentException("the function registered for it returned null");
    }
    for (String option : LEFT_OUT) {
      if (config.has(option)) {
        config.note("its %s is left out".formatted(option));
      }
    }
    config.notes().forEach(note -> notes.add(layer.description() + ": " + note));
    return computation;
  }

  /** Returns sentences about what was left out. */
  List<String> notes() {
    return List.copyOf(notes);
  }
}
