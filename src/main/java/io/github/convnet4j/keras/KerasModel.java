package io.github.convnet4j.keras;

import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.Weights;
import io.github.convnet4j.picture.PictureFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;

/**
 * A network and its weights, from a file of Keras: {@code .keras} of Keras 3 and tf_keras, or
 * {@code .h5} of Keras 2 or 3.
 *
 * <pre>{@code
 * KerasModel keras = KerasModel.read(Path.of("mobilenet.keras"));
 * try (Model<Prediction> model =
 *     Model.of(keras.network(), classification(labels), adam(0.0001))) {
 *   model.loadWeights(keras.weights());
 * }
 * }</pre>
 *
 * <p>Layers have the names that they have in Keras; those of a model within the model have its name
 * before their own: {@code mobilenetv2/Conv1}. Nothing in a file is ever run: a {@code Lambda}
 * layer is refused.
 */
public final class KerasModel {
  private final Network network;
  private final Network networkWithActivations;
  private final Weights weights;
  private final List<KerasOutput> outputs;
  private final List<String> notes;
  private final String version;

  KerasModel(GraphBuilder.Built built, Weights weights, String version) {
    this.network = built.logits();
    this.networkWithActivations = built.complete();
    this.weights = weights;
    this.outputs = built.outputs();
    this.notes = built.notes();
    this.version = version;
  }

  /**
   * Reads a file with the built-in layers; {@link KerasLayers} adds others.
   *
   * @throws io.github.convnet4j.data.DataException if the file is not a model of Keras or is
   *     damaged, if it has layers that are not supported (the message lists all of them), if it
   *     takes too much memory, or if the library {@code io.jhdf:jhdf} is missing
   */
  public static KerasModel read(Path file) {
    return KerasLayers.standard().read(file);
  }

  /**
   * Returns the network without a final softmax or sigmoid, which the tasks of this library apply
   * themselves: trained and predicted with, {@code classification()} gives the probabilities of
   * Keras. {@link #outputs} says which outputs had one. Layers that are not trainable in Keras are
   * frozen.
   */
  public Network network() {
    return network;
  }

  /**
   * Returns the network that computes what Keras' {@code predict} returns, with the final
   * activations. Its variables are those of {@link #network}. It suits {@code regression()} and
   * {@code reconstruction()}.
   */
  public Network networkWithActivations() {
    return networkWithActivations;
  }

  /** Returns the weights, with the names of the network's variables. */
  public Weights weights() {
    return weights;
  }

  /** Returns the outputs, in Keras' order. */
  public List<KerasOutput> outputs() {
    return outputs;
  }

  /**
   * Returns the format of pictures for the network, if its only input is {@code [height, width, 1]}
   * or {@code [height, width, 3]}.
   */
  public Optional<PictureFormat> pictureFormat() {
    if (network.inputs().size() != 1 || network.input().numDimensions() != 3) {
      return Optional.empty();
    }
    Shape input = network.input();
    PictureFormat format =
        PictureFormat.asTheyAre()
            .size(Math.toIntExact(input.get(0)), Math.toIntExact(input.get(1)));
    if (input.get(2) == 1) {
      return Optional.of(format.colour(PictureFormat.Colour.GREY));
    }
    return input.get(2) == 3
        ? Optional.of(format.colour(PictureFormat.Colour.RGB))
        : Optional.empty();
  }

  /**
   * Returns the values of black and white that the network takes, if it begins with {@code
   * Rescaling} or {@code Normalization}: 0 and 255, or 0 and 1. Otherwise the file does not say it;
   * many networks take values from -1 to 1. Pictures, which have values from 0 to 1 here, get these
   * values by a normalization:
   *
   * <pre>{@code
   * PictureFormat.Range pixels = keras.pixelRange().orElse(new PictureFormat.Range(-1, 1));
   * ModelOptions options =
   *     ModelOptions.defaults()
   *         .normalization(Normalization.toRange(pixels.black(), pixels.white()));
   * }</pre>
   */
  public Optional<PictureFormat.Range> pixelRange() {
    return InputPixels.of(network);
  }

  /** Returns a sentence for each thing that is different from Keras, such as a penalty left out. */
  public List<String> notes() {
    return notes;
  }

  /** Returns the version of Keras that wrote the file; empty if the file does not say. */
  public String kerasVersion() {
    return version;
  }

  /** Returns the network in one line. */
  @Override
  public String toString() {
    return "Keras %s: %s".formatted(version, network);
  }
}
