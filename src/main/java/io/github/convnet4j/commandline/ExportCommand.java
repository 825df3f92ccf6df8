package io.github.convnet4j.commandline;

import io.github.convnet4j.train.Model;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    description = {
      "Writes a model as a SavedModel, for TensorFlow in any language and for TensorFlow Serving.",
      "",
      "Its signature serving_default takes images, [batch, height, width, channels], with values"
          + " from 0 to 1. For a classification it returns probabilities, [batch, classes], and"
          + " classes, [batch]; for a segmentation these for each pixel, [batch, height, width,"
          + " classes] and [batch, height, width]; otherwise predictions, [batch, labels] or"
          + " [batch, targets]. A network with several inputs or outputs has them by their names."
    },
    footer = "  convnet4j export my-digits my-digits-saved-model")
final class ExportCommand extends Subcommand {
  @Parameters(index = "0", paramLabel = "MODEL", description = "the folder that train --out wrote")
  private Path model;

  @Parameters(
      index = "1",
      paramLabel = "FOLDER",
      description = "the folder to write: a new or an empty one")
  private Path folder;

  @Override
  int run(Output output) {
    try (Model<?> loaded = ModelFolder.load(model)) {
      loaded.exportSavedModel(folder);
      output.out().println("Exported to " + folder);
    }
    return ExitCode.OK;
  }
}
