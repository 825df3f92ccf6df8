package io.github.convnet4j.keras;

import io.github.convnet4j.layer.Activation;
import io.github.convnet4j.layer.Computation;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tensorflow.ndarray.Shape;

/**
 * The Keras layers that can be read and written, and how each becomes a layer of this library. A
 * class of your own is registered by its name:
 *
 * <pre>{@code
 * KerasModel model =
 *     KerasLayers.standard()
 *         .with("Clip", config -> new Clip(config.number("limit")))
 *         .read(Path.of("mine.keras"));
 * }</pre>
 *
 * <p>The variables of the Java layer must be those of the Keras layer, in the order in which that
 * layer creates them, with the trainable ones first.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class KerasLayers {
  private static final KerasLayers STANDARD =
      new KerasLayers(StandardCodecs.table(), Optional.empty());

  /** The first row counts. */
  private final List<KerasCodec> codecs;

  private final Optional<Shape> inputShape;

  private KerasLayers(List<KerasCodec> codecs, Optional<Shape> inputShape) {
    this.codecs = codecs;
    this.inputShape = inputShape;
  }

  /** Returns the built-in layers. */
  public static KerasLayers standard() {
    return STANDARD;
  }

  /**
   * Returns a copy that also knows a class of yours, or that reads a built-in one differently.
   *
   * @param className the name of the Keras class, without a package
   * @param reader makes a {@link io.github.convnet4j.layer.Layer} or a {@link
   *     io.github.convnet4j.layer.Merge} of the configuration; if it throws an {@link
   *     IllegalArgumentException}, its message becomes part of that of {@link #read}
   */
  public KerasLayers with(String className, Function<KerasConfig, ? extends Computation> reader) {
    if (className.isEmpty()) {
      throw new IllegalArgumentException("className must not be empty");
    }
    return with(KerasCodec.reading(className, Computation.class, reader));
  }

  /**
   * Returns a copy that also reads and writes a class of yours:
   *
   * <pre>{@code
   * KerasLayers layers =
   *     KerasLayers.standard()
   *         .with(
   *             "my_package>Clip",
   *             Clip.class,
   *             config -> new Clip(config.number("limit")),
   *             clip -> Map.of("limit", clip.limit()));
   * }</pre>
   *
   * @param registeredName the name of the Keras class, with the package that {@code
   *     register_keras_serializable} was given and {@code >} before it, if there is one
   * @param type the class here; layers of exactly this class are written
   * @param reader as for {@link #with(String, Function)}
   * @param writer returns the options of the Keras class: what its constructor takes, apart from
   *     name and type. Values are numbers, texts, true or false, and lists and maps of them. If it
   *     throws an {@link IllegalArgumentException}, its message becomes part of that of {@link
   *     KerasWriter#write}
   */
  public <C extends Computation> KerasLayers with(
      String registeredName,
      Class<C> type,
      Function<KerasConfig, ? extends C> reader,
      Function<? super C, ? extends Map<String, ?>> writer) {
    KerasCodec codec =
        KerasCodec.registered(
            registeredName,
            type,
            reader,
            (layer, options) -> writer.apply(layer).forEach(options::put));
    if (codec.className().isEmpty()) {
      throw new IllegalArgumentException(
          "registeredName must have the name of a class: " + registeredName);
    }
    return with(codec);
  }

  private KerasLayers with(KerasCodec codec) {
    List<KerasCodec> more = new ArrayList<>(List.of(codec));
    more.addAll(codecs);
    return new KerasLayers(List.copyOf(more), inputShape);
  }

  /**
   * Returns a copy that gives the input of a model this shape. Files of fully convolutional
   * networks often have none: {@code [null, null, null, 3]}.
   *
   * @param shape of one example: {@code 224, 224, 3}
   */
  public KerasLayers inputShape(long... shape) {
    return new KerasLayers(codecs, Optional.of(Shape.of(shape)));
  }

  Optional<Shape> inputShape() {
    return inputShape;
  }

  /** Returns the names of the Keras classes that can be read. */
  public Set<String> classNames() {
    return codecs.stream()
        .map(KerasCodec::className)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Returns the row by which layers of a Keras class are read. */
  KerasCodec codec(String className) {
    return codecs.stream()
        .filter(codec -> codec.className().equals(className))
        .findFirst()
        .orElseThrow(
            () ->
                new UnsupportedException(
                    className.equals("Lambda")
                        ? "it consists of Python code, which is never run"
                        : "there is no such layer here"));
  }

  /** Returns the row by which a layer or merge is written. */
  KerasCodec codec(Computation computation) {
    return codec(computation.getClass())
        .or(() -> computation instanceof Activation ? codec(Activation.class) : Optional.empty())
        .orElseThrow(() -> new UnsupportedException("Keras has no such layer"));
  }

  private Optional<KerasCodec> codec(Class<?> type) {
    return codecs.stream()
        .filter(codec -> codec.type() == type && codec.writer().isPresent())
        .findFirst();
  }

  /** Returns the Keras class of a layer or merge; the first row of the table with its type. */
  Optional<String> className(Computation computation) {
    return codecs.stream()
        .filter(codec -> codec.type() == computation.getClass())
        .map(KerasCodec::className)
        .findFirst();
  }

  /**
   * Reads a network and its weights, as {@link KerasModel#read} does.
   *
   * @throws io.github.convnet4j.data.DataException as described there
   */
  public KerasModel read(Path file) {
    return KerasReader.read(file, this);
  }

  /**
   * Reads a file that has only weights, for a network that is described in Java.
   *
   * @param file {@code .weights.h5}, what {@code save_weights} of Keras 2 wrote, or a whole model
   *     of which only the weights are used
   * @param network its layers have the names of Keras' layers, or are as many and in the same order
   * @return the weights with the names of the network's variables
   * @throws io.github.convnet4j.data.DataException if the file cannot be read, or its variables are
   *     not those of the network
   */
  public Weights readWeights(Path file, Network network) {
    return KerasReader.readWeights(file, network, this);
  }
}
