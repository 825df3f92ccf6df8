package io.github.convnet4j.commandline;

import io.github.convnet4j.train.Model;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    description = {
      "Writes a model as a SavedModel, for TensorFlow in any language and for TensorFlow Serving,"
          + " or with --keras as a file of Keras.",
      "",
      "The SavedModel's signature serving_default takes images, [batch, height, width, channels],"
          + " with values from 0 to 1. For a classification it returns probabilities, [batch,"
          + " classes], and classes, [batch]; for a segmentation these for each pixel, [batch,"
          + " height, width, classes] and [batch, height, width]; otherwise predictions, [batch,"
          + " labels] or [batch, targets]. A network with several inputs or outputs has them by"
          + " their names.",
      "",
      "The signature predict_pictures of a model for pictures returns the same for the contents of"
          + " PNG and JPEG files, [batch], which it decodes and prepares like the training"
          + " pictures; but it does not heed the orientation that a camera recorded. The folder"
          + " assets has the names of the classes, and model.json, which says how pictures are"
          + " prepared.",
      "",
      "A Keras file is opened with keras.models.load_model, and can be trained further. It takes"
          + " the same values as serving_default; its predict returns the probabilities or numbers."
          + " It has neither the names of the classes nor how pictures are prepared."
    },
    footer = {
      "  convnet4j export cats-dogs cats-dogs-saved-model",
      "  convnet4j export my-digits my-digits-saved-model --invert",
      "  convnet4j export mobilenet.keras mobilenet-saved-model --classes imagenet_labels.txt",
      "  convnet4j export my-digits --keras my-digits.keras"
    })
final class ExportCommand extends Subcommand {
  @Parameters(index = "0", paramLabel = "MODEL", description = ModelPath.DESCRIPTION)
  private Path model;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FOLDER",
      description = "the folder to write: a new or an empty one")
  private Optional<Path> folder = Optional.empty();

  @Option(
      names = "--keras",
      paramLabel = "FILE.keras",
      description = "write a file of Keras instead; an existing one is replaced")
  private Optional<Path> keras = Optional.empty();

  @ArgGroup(validate = false, heading = PictureOptions.FOR_A_MODEL)
  private PictureOptions options = new PictureOptions();

  @ArgGroup(validate = false, heading = KerasOptions.HEADING)
  private KerasOptions kerasOptions = new KerasOptions();

  @Override
  int run(Output output) {
    if (folder.isPresent() == keras.isPresent()) {
      throw new UsageException("give either FOLDER, for a SavedModel, or --keras FILE.keras");
    }
    if (keras.isPresent() && options.isGiven()) {
      throw new UsageException(
          "--keras: a file of Keras does not say how pictures are prepared: leave out the options"
              + " for pictures");
    }
    try (Model<?> loaded = ModelPath.openAny(model, kerasOptions, options, output)) {
      if (options.isGiven()) {
        NetworkPorts.check(model.toString(), loaded.network());
        options.formatFor(loaded, output);
      }
      folder.ifPresent(loaded::exportSavedModel);
      keras.ifPresent(file -> exportKeras(loaded, file));
      output.out().println("Exported to " + folder.or(() -> keras).orElseThrow());
    }
    return ExitCode.OK;
  }

  private static void exportKeras(Model<?> loaded, Path file) {
    UsageException.naming(
        "--keras " + file,
        () -> {
          loaded.exportKeras(file);
          return file;
        });
  }
}
