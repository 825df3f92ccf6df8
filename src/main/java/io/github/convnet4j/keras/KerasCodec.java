package io.github.convnet4j.keras;

import io.github.convnet4j.layer.Computation;
import java.util.function.Function;

/**
 * How layers of a Keras class become layers or merges of this library. The variables of both are
 * the same arrays, in the same order.
 *
 * @param className the class in Keras, without a package
 * @param type the class here; {@link Computation} if it is not known
 * @param reader makes a layer or merge of a configuration
 */
record KerasCodec(
    String className,
    Class<? extends Computation> type,
    Function<KerasConfig, ? extends Computation> reader) {
  Computation read(KerasConfig config) {
    return reader.apply(config);
  }
}
