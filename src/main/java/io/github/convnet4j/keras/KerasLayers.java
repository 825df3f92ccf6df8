package io.github.convnet4j.keras;

import io.github.convnet4j.layer.Computation;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.Weights;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.tensorflow.ndarray.Shape;

/**
 * The Keras layers that can be read, and how each becomes a layer of this library. A class of your
 * own is registered by its name:
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

  private final Map<String, KerasCodec> codecs;
  private final Optional<Shape> inputShape;

  private KerasLayers(Map<String, KerasCodec> codecs, Optional<Shape> inputShape) {
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
    Map<String, KerasCodec> more = new LinkedHashMap<>(codecs);
    more.put(className, new KerasCodec(className, Computation.class, reader));
    return new KerasLayers(more, inputShape);
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
    return codecs.keySet();
  }

  /** Returns a row of the table. */
  KerasCodec codec(String className) {
    KerasCodec codec = codecs.get(className);
    if (codec == null) {
      throw new UnsupportedException(
          className.equals("Lambda")
              ? "it consists of Python code, which is never run"
              : "there is no such layer here");
    }
    return codec;
  }

  /** Returns the Keras class of a layer or merge; the first row of the table with its type. */
  Optional<String> className(Computation computation) {
    return codecs.values().stream()
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
