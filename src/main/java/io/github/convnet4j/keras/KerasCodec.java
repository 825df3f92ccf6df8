package io.github.convnet4j.keras;

import io.github.convnet4j.layer.Computation;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * How layers of a Keras class become layers or merges of this library, and the other way round. The
 * variables of both are the same arrays, in the same order.
 *
 * @param className the class in Keras, without a package
 * @param module the module of a class that is Keras' own; otherwise empty
 * @param registeredName the name under which a class of a user's own is registered in Python;
 *     otherwise empty
 * @param type the class here; {@link Computation} if it is not known
 * @param reader makes a layer or merge of a configuration
 * @param writer sets the options of the Keras class to those of a layer or merge; empty if the
 *     class is only read
 */
record KerasCodec(
    String className,
    String module,
    String registeredName,
    Class<? extends Computation> type,
    Function<KerasConfig, ? extends Computation> reader,
    Optional<BiConsumer<Computation, LayerOptions>> writer) {
  private static final String MODULE = "keras.layers";

  /** Returns a row that only reads. */
  static KerasCodec reading(
      String className,
      Class<? extends Computation> type,
      Function<KerasConfig, ? extends Computation> reader) {
    return new KerasCodec(className, MODULE, "", type, reader, Optional.empty());
  }

  /** Returns a row for a class of Keras' own. */
  static <C extends Computation> KerasCodec of(
      String className,
      String module,
      Class<C> type,
      Function<KerasConfig, ? extends Computation> reader,
      BiConsumer<? super C, LayerOptions> writer) {
    return new KerasCodec(className, module, "", type, reader, ofType(type, writer));
  }

  /** Returns a row for a class of Keras' own in the module where nearly all layers are. */
  static <C extends Computation> KerasCodec of(
      String className,
      Class<C> type,
      Function<KerasConfig, ? extends Computation> reader,
      BiConsumer<? super C, LayerOptions> writer) {
    return of(className, MODULE, type, reader, writer);
  }

  /** Returns a row for a class of a user's own, {@code "Clip"} or {@code "my_package>Clip"}. */
  static <C extends Computation> KerasCodec registered(
      String registeredName,
      Class<C> type,
      Function<KerasConfig, ? extends Computation> reader,
      BiConsumer<? super C, LayerOptions> writer) {
    String className = registeredName.substring(registeredName.lastIndexOf('>') + 1);
    return new KerasCodec(className, "", registeredName, type, reader, ofType(type, writer));
  }

  private static <C extends Computation> Optional<BiConsumer<Computation, LayerOptions>> ofType(
      Class<C> type, BiConsumer<? super C, LayerOptions> writer) {
    return Optional.of((computation, options) -> writer.accept(type.cast(computation), options));
  }

  Computation read(KerasConfig config) {
    return reader.apply(config);
  }
}
