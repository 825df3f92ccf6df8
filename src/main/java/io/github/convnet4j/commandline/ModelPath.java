package io.github.convnet4j.commandline;

import io.github.convnet4j.check.Missing;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.SessionOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the model that a command is given: a saved one, or a file of Keras. */
final class ModelPath {
  /** What a command takes, in its help. */
  static final String DESCRIPTION =
      "the folder that train --out wrote, or a file of Keras (.keras, .h5)";

  private ModelPath() {}

  /**
   * Opens a model to give it data; the caller closes it.
   *
   * @throws UsageException if there is no such model, the options do not fit it, or it computes
   *     features and predicts nothing
   */
  static Model<?> open(
      Path path,
      KerasOptions options,
      PictureOptions pictures,
      PrecisionOption precision,
      Output output) {
    if (KerasModelFile.is(path)) {
      KerasModelFile file = KerasModelFile.read(path, pictures);
      file.refuseFeatures(options);
      return file.model(options, pictures, output);
    }
    return saved(path, options, precision.session());
  }

  /** Opens a model of any kind, as {@link #open} does, to write it in another format. */
  static Model<?> openAny(Path path, KerasOptions options, PictureOptions pictures, Output output) {
    return KerasModelFile.is(path)
        ? KerasModelFile.read(path, pictures).model(options, pictures, output)
        : saved(path, options, PrecisionOption.FULL);
  }

  /** Reads a saved model to start another one from. */
  static StartingNetwork start(
      Path folder, DataOptions data, PictureOptions pictures, Output output) {
    check(folder);
    try (Model<?> model = ModelFolder.load(folder)) {
      NetworkPorts.check("--start-from: " + folder, model.network());
      return new StartingNetwork(
          folder,
          model.network(),
          model.weights(),
          data.mayBePictures() ? pictures.formatFor(model, output) : model.pictureFormat(),
          model.options().normalization(),
          true,
          Optional.empty());
    }
  }

  private static Model<?> saved(Path path, KerasOptions options, SessionOptions session) {
    check(path);
    options.refuseForSaved(path);
    return ModelFolder.load(path, options.classes(), session);
  }

  private static void check(Path path) {
    if (Files.isRegularFile(path)) {
      throw new UsageException("%s is a file: give %s".formatted(path, DESCRIPTION));
    }
    if (!Files.exists(path)) {
      throw new UsageException(Missing.sentence(path, "give " + DESCRIPTION));
    }
  }
}
