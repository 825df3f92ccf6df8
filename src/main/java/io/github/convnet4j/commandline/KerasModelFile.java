package io.github.convnet4j.commandline;

import static io.github.convnet4j.layer.Layers.dense;

import io.github.convnet4j.check.IoReason;
import io.github.convnet4j.data.DataException;
import io.github.convnet4j.keras.KerasLayers;
import io.github.convnet4j.keras.KerasModel;
import io.github.convnet4j.keras.KerasOutput;
import io.github.convnet4j.layer.Dense;
import io.github.convnet4j.layer.PlacedNode;
import io.github.convnet4j.layer.Sigmoid;
import io.github.convnet4j.layer.Softmax;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.Weights;
import io.github.convnet4j.natives.NativeTensorFlow;
import io.github.convnet4j.optimizer.Optimizer;
import io.github.convnet4j.optimizer.Optimizers;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.task.OutputTask;
import io.github.convnet4j.task.Task;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import io.github.convnet4j.train.Normalization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.tensorflow.ndarray.Shape;

/** A file of Keras as a model, with options for what the file does not say. */
final class KerasModelFile {
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F'};

  /** A file with one of these is meant to be one of Keras, even if it is damaged. */
  private static final List<String> ENDINGS = List.of(".keras", ".h5", ".hdf5");

  private static final int GREY = 1;
  private static final int RGB = 3;

  /** Any will do, since the model is not trained. */
  private static final Optimizer OPTIMIZER = Optimizers.adam(0.001);

  private final Path path;
  private final KerasModel keras;

  private KerasModelFile(Path path, KerasModel keras) {
    this.path = path;
    this.keras = keras;
  }

  /** Whether a file is one of Keras, or is meant to be one. */
  static boolean is(Path path) {
    if (!Files.isRegularFile(path)) {
      return false;
    }
    String name = path.toString().toLowerCase(Locale.ROOT);
    if (ENDINGS.stream().anyMatch(name::endsWith)) {
      return true;
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] start = in.readNBytes(ZIP.length);
      return Arrays.equals(start, ZIP) || Arrays.equals(start, HDF5);
    } catch (IOException e) {
      throw new UsageException("%s cannot be read: %s".formatted(path, IoReason.of(e)));
    }
  }

  /**
   * Reads a file. A size that the options have becomes that of the network's input.
   *
   * @throws DataException if it cannot be read
   */
  static KerasModelFile read(Path path, PictureOptions pictures) {
    return new KerasModelFile(
        path,
        pictures
            .size()
            .map(size -> read(path, size, pictures.isGrey()))
            .orElseGet(() -> KerasModel.read(path)));
  }

  private static KerasModel read(Path path, PictureFormat.Size size, boolean grey) {
    long channels = grey ? GREY : RGB;
    try {
      KerasModel model = KerasModel.read(path);
      Optional<PictureFormat> own = model.pictureFormat();
      if (own.isEmpty() || own.get().size().equals(Optional.of(size))) {
        return model;
      }
      channels = model.network().input().get(2);
    } catch (DataException e) {
      // The input may have no size; anything else that is wrong is reported below.
    }
    return KerasLayers.standard().inputShape(size.height(), size.width(), channels).read(path);
  }

  /** Refuses a network that ends in features, from which nothing is predicted. */
  void refuseFeatures(KerasOptions options) {
    if (options.task().isPresent()
        || keras.outputs().size() != 1
        || keras.network().inputs().size() != 1) {
      return; // The user says what the output is, or the number of outputs is refused later.
    }
    KerasOutput output = keras.outputs().get(0);
    if (kind(output).isEmpty() || (isLinear(output) && !endsInDense())) {
      throw new UsageException(
          "%s computes features, %s, and predicts nothing: train a head for your own pictures with train --start-from %s"
              .formatted(path, output.shape(), path));
    }
  }

  private static boolean isLinear(KerasOutput output) {
    return !(output.activation() instanceof Softmax) && !(output.activation() instanceof Sigmoid);
  }

  /** Whether there is a dense layer after pixels have become a vector. */
  private boolean endsInDense() {
    boolean dense = false;
    for (PlacedNode node : keras.network().nodes()) {
      if (node.computation() instanceof Dense) {
        dense = true;
      } else if (node.output().numDimensions() > 1
          || node.inputs().stream().anyMatch(input -> input.numDimensions() > 1)) {
        dense = false;
      }
    }
    return dense;
  }

  /** Returns what an output predicts; empty for features and images. */
  private Optional<TaskKind> kind(KerasOutput output) {
    if (output.shape().numDimensions() == 1) {
      return Optional.of(
          output.activation() instanceof Softmax
              ? TaskKind.CLASSIFICATION
              : output.activation() instanceof Sigmoid
                  ? TaskKind.MULTI_LABEL
                  : TaskKind.REGRESSION);
    }
    boolean pixels =
        output.activation() instanceof Softmax
            && keras.network().inputs().size() == 1
            && isSizeOf(keras.network().input(), output.shape());
    return pixels ? Optional.of(TaskKind.SEGMENTATION) : Optional.empty();
  }

  private static boolean isSizeOf(Shape image, Shape output) {
    return image.numDimensions() == 3
        && output.numDimensions() == 3
        && image.get(0) == output.get(0)
        && image.get(1) == output.get(1);
  }

  /**
   * Returns the model, and prints a message if something has to be assumed; the caller closes it.
   *
   * @throws UsageException if an option does not fit the file
   */
  Model<?> model(KerasOptions options, PictureOptions pictures, Output output) {
    ModelOptions prepared = prepared(options, pictures);
    Model<?> model =
        keras.outputs().size() == 1
            ? withOneOutput(options, prepared)
            : withSeveralOutputs(options, prepared);
    note(pixels(options.pixels()), pictures).ifPresent(output.messages()::println);
    return model;
  }

  /**
   * Returns the network, to start another one from.
   *
   * @param given the values of pixels, if the user says so
   */
  StartingNetwork start(Optional<Normalization> given, PictureOptions pictures) {
    PictureFormat taken =
        keras
            .pictureFormat()
            .orElseThrow(
                () ->
                    new UsageException(
                        "--start-from: %s must take pictures, [height, width, 1 or 3]: it takes %s"
                            .formatted(path, keras.network().inputs().values())));
    given.ifPresent(this::checkColors);
    PictureFormat format = pictures.formatFor(path, taken);
    Optional<Normalization> pixels = pixels(given);
    boolean hasHead = keras.outputs().stream().anyMatch(each -> !isLinear(each)) || endsInDense();
    return new StartingNetwork(
        path,
        keras.network(),
        keras.weights(),
        format,
        pixels.orElseGet(Normalization::unit),
        hasHead,
        note(pixels, pictures));
  }

  private Model<?> withOneOutput(KerasOptions options, ModelOptions prepared) {
    KerasOutput only = keras.outputs().get(0);
    if (isYesOrNo(only) && asksForClasses(options)) {
      return withTwoClasses(options, prepared);
    }
    options.task().ifPresent(given -> checkTask(given, only));
    Optional<TaskKind> kind = options.task().or(() -> kind(only));
    String[] names =
        options
            .classes()
            .map(file -> NameFile.read(file, path, size(only)).toArray(String[]::new))
            .orElseGet(() -> new String[0]);
    return withWeights(
        keras.weights(), () -> Model.of(keras.network(), task(kind, names), OPTIMIZER, prepared));
  }

  private static boolean isYesOrNo(KerasOutput output) {
    return output.activation() instanceof Sigmoid && output.shape().size() == 1;
  }

  private static boolean asksForClasses(KerasOptions options) {
    return options.task().equals(Optional.of(TaskKind.CLASSIFICATION))
        || (options.task().isEmpty()
            && options.classes().filter(file -> NameFile.count(file) == 2).isPresent());
  }

  /**
   * Returns a classification of a network with one sigmoid, as Keras trains it for two classes: the
   * logits 0 and x have the softmax 1 - sigmoid(x) and sigmoid(x).
   */
  private Model<?> withTwoClasses(KerasOptions options, ModelOptions prepared) {
    String layer = "two_classes";
    Network network = keras.network().then(dense(2).name(layer));
    Weights.Builder weights = Weights.builder();
    keras
        .weights()
        .names()
        .forEach(
            name -> weights.add(name, keras.weights().shape(name), keras.weights().values(name)));
    weights.add(layer + "/kernel", Shape.of(1, 2), new float[] {0, 1});
    weights.add(layer + "/bias", Shape.of(2), new float[2]);
    String[] names =
        options
            .classes()
            .map(file -> NameFile.read(file, path, 2).toArray(String[]::new))
            .orElseGet(() -> new String[0]);
    return withWeights(
        weights.build(), () -> Model.of(network, Tasks.classification(names), OPTIMIZER, prepared));
  }

  private static long size(KerasOutput output) {
    return output.shape().get(output.shape().numDimensions() - 1);
  }

  private static Task<?> task(Optional<TaskKind> kind, String... names) {
    if (kind.isEmpty()) {
      return Tasks.reconstruction();
    }
    return switch (kind.get()) {
      case CLASSIFICATION -> Tasks.classification(names);
      case MULTI_LABEL -> Tasks.multiLabel(names);
      case REGRESSION -> Tasks.regression(names);
      case SEGMENTATION -> Tasks.segmentation(names);
    };
  }

  /** Checks the task that was given, since a network with softmax or sigmoid leaves no choice. */
  private void checkTask(TaskKind given, KerasOutput output) {
    boolean fits =
        isLinear(output)
            ? (given == TaskKind.SEGMENTATION) == (output.shape().numDimensions() == 3)
            : kind(output).equals(Optional.of(given));
    if (!fits) {
      throw new UsageException(
          "--task %s does not fit %s, whose output %s ends in %s: leave out the option"
              .formatted(given, path, output.shape(), output.activation().kind()));
    }
  }

  private Model<?> withSeveralOutputs(KerasOptions options, ModelOptions prepared) {
    if (options.classes().isPresent() || options.task().isPresent()) {
      throw new UsageException(
          "%s: these options are for models with one output, but %s has %s"
              .formatted(
                  options.classes().isPresent() ? "--classes" : "--task",
                  path,
                  keras.network().outputs().keySet()));
    }
    OutputTask<?>[] tasks =
        keras.outputs().stream()
            .map(output -> Tasks.output(output.name(), task(kind(output))))
            .toArray(OutputTask<?>[]::new);
    return withWeights(
        keras.weights(), () -> Model.of(keras.network(), Tasks.all(tasks), OPTIMIZER, prepared));
  }

  private Model<?> withWeights(Weights weights, Supplier<Model<?>> untrained) {
    NativeTensorFlow.load();
    Model<?> model = UsageException.naming(path.toString(), untrained);
    if (!weights.isEmpty()) {
      model.loadWeights(weights);
    }
    return model;
  }

  /** Returns how the model takes pictures. */
  private ModelOptions prepared(KerasOptions options, PictureOptions pictures) {
    Optional<PictureFormat> taken = keras.pictureFormat();
    if (taken.isEmpty()) {
      if (options.pixels().isPresent()) {
        throw new UsageException(
            "--pixels is for networks that take pictures, but %s takes %s"
                .formatted(path, keras.network().inputs().values()));
      }
      return ModelOptions.defaults();
    }
    options.pixels().ifPresent(this::checkColors);
    return ModelOptions.defaults()
        .pictures(pictures.formatFor(path, taken.get()))
        .normalization(pixels(options.pixels()).orElseGet(Normalization::unit));
  }

  /** Returns the given values of pixels, or else those that the first layers of the network say. */
  private Optional<Normalization> pixels(Optional<Normalization> given) {
    return given.or(
        () -> keras.pixelRange().map(range -> Normalization.toRange(range.black(), range.white())));
  }

  private void checkColors(Normalization pixels) {
    int means = pixels.mean().size();
    long channels = keras.network().input().get(2);
    if (means > 1 && means != channels) {
      throw new UsageException(
          "--pixels torch is for pictures in color, but %s takes %s"
              .formatted(path, keras.network().input()));
    }
  }

  /** Returns a sentence on what is assumed about pictures, if something is. */
  private Optional<String> note(Optional<Normalization> pixels, PictureOptions pictures) {
    List<String> assumed = new ArrayList<>();
    List<String> remedies = new ArrayList<>();
    Optional<PictureFormat> taken = keras.pictureFormat();
    if (taken.isPresent() && !pictures.isGiven()) {
      assumed.add("are stretched to " + taken.get().size().orElseThrow());
      remedies.add("--fit");
    }
    if (taken.isPresent() && pixels.isEmpty()) {
      assumed.add("have values from 0 to 1");
      remedies.add("--pixels");
    }
    return assumed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s does not say how its pictures were prepared: they %s, unless you give %s"
                .formatted(path, String.join(" and ", assumed), String.join(" or ", remedies)));
  }
}
