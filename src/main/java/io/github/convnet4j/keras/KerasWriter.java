package io.github.convnet4j.keras;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.layer.Activation;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.Weights;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.ndarray.Shape;

/**
 * Writes a network and its weights as a {@code .keras} file, which Keras 3.8 and later open, and
 * train further:
 *
 * <pre>{@code
 * KerasWriter.of(network, weights)
 *     .activation("output", softmax())
 *     .write(Path.of("digits.keras"));
 * }</pre>
 *
 * <pre>{@code
 * model = keras.models.load_model("digits.keras")
 * }</pre>
 *
 * <p>{@code Model.exportKeras} does this for a model, with the activations of its tasks.
 *
 * <p>Layers have the names in Keras that they have here, with {@code >} for the slashes of a path.
 * Residual and other composite layers are written as the layers that they consist of. {@link
 * KerasModel#read} returns a network that computes the same, with the same weights.
 *
 * <p>Immutable: each method returns a copy with one thing changed.
 */
public final class KerasWriter {
  private final Network network;
  private final Weights weights;
  private final KerasLayers layers;
  private final Map<String, Layer> preparations;
  private final Map<String, Activation> activations;

  private KerasWriter(
      Network network,
      Weights weights,
      KerasLayers layers,
      Map<String, Layer> preparations,
      Map<String, Activation> activations) {
    this.network = network;
    this.weights = weights;
    this.layers = layers;
    this.preparations = preparations;
    this.activations = activations;
  }

  /**
   * Returns a writer with the built-in layers.
   *
   * @param weights have the variables of the network; others are not written
   * @throws IllegalArgumentException if a variable is missing or has another shape
   */
  public static KerasWriter of(Network network, Weights weights) {
    for (Parameter parameter : network.parameters()) {
      String name = parameter.name();
      if (!weights.names().contains(name)) {
        throw new IllegalArgumentException(
            "weights must have all variables of the network: %s is missing".formatted(name));
      }
      if (!weights.shape(name).equals(parameter.shape())) {
        throw new IllegalArgumentException(
            "weights must have %s with the shape %s: it has the shape %s"
                .formatted(name, parameter.shape(), weights.shape(name)));
      }
    }
    return new KerasWriter(network, weights, KerasLayers.standard(), Map.of(), Map.of());
  }

  /** Returns a copy that also writes the layers that are registered here. */
  public KerasWriter layers(KerasLayers newLayers) {
    return new KerasWriter(
        network, weights, requireNonNull(newLayers, "newLayers"), preparations, activations);
  }

  /**
   * Returns a copy that applies an activation to an output, as the task of a model does: what
   * {@code predict} returns in Keras. {@link KerasModel#network} leaves out softmax and sigmoid
   * again.
   *
   * @param output the name of the output
   * @throws IllegalArgumentException if there is no output of that name
   */
  public KerasWriter activation(String output, Activation activation) {
    network.outputNode(output); // Throws if there is none.
    return new KerasWriter(
        network, weights, layers, preparations, with(activations, output, activation));
  }

  /**
   * Returns a copy that applies a layer to an input before the network does, for example a
   * normalization.
   *
   * @param input the name of the input
   * @param layer without variables; keeps the shape
   * @throws IllegalArgumentException if there is no input of that name, or the layer does not fit
   */
  public KerasWriter preparation(String input, Layer layer) {
    if (!network.inputs().containsKey(input)) {
      throw new IllegalArgumentException(
          "input must be one of the inputs %s: %s".formatted(network.inputs().keySet(), input));
    }
    Shape shape = network.inputs().get(input);
    if (!layer.outputShape(shape).equals(shape) || !layer.parameters(shape).isEmpty()) {
      throw new IllegalArgumentException(
          "layer must keep the shape of the input, and have no variables: " + layer);
    }
    return new KerasWriter(network, weights, layers, with(preparations, input, layer), activations);
  }

  private static <T> Map<String, T> with(Map<String, T> map, String key, T value) {
    Map<String, T> copy = new LinkedHashMap<>(map);
    copy.put(key, value);
    return copy;
  }

  /**
   * Writes the file. An existing file is replaced when the new one is complete.
   *
   * @param file its name ends in {@code .keras}, which Keras requires
   * @throws IllegalArgumentException if the file has another name, or the network has layers or
   *     options that Keras does not have; the message lists all of them
   * @throws io.github.convnet4j.store.StoreException if the file cannot be written, or the library
   *     {@code io.jhdf:jhdf} is missing
   */
  public void write(Path file) {
    if (!file.toString().endsWith(".keras")) {
      throw new IllegalArgumentException(
          "file must have a name that ends in .keras, because Keras opens no other: " + file);
    }
    WrittenModel model = new GraphWriter(network, layers).write(preparations, activations);
    KerasFileWriter.write(file, model, weights);
  }
}
