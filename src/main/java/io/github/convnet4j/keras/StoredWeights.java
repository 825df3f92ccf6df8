package io.github.convnet4j.keras;

import java.util.List;

/** The variables of a file, by layer. */
interface StoredWeights {
  /** Returns the variables of a layer that is not a model, in Keras' order. */
  List<StoredArray> of(LayerEntry layer);
}
