package io.github.convnet4j.commandline;

import io.github.convnet4j.train.Normalization;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options for what a file of Keras does not say about its model. */
final class KerasOptions {
  /** The heading of these options. */
  static final String HEADING = "%nFor files of Keras, which do not say these things:%n";

  @Option(
      names = "--classes",
      paramLabel = "FILE",
      description =
          "the names of the outputs: a text file with one name on each line, in the order of the"
              + " outputs; also for saved models without names of their own (default: 0, 1 and so"
              + " on)")
  private Path classes;

  @Option(
      names = "--pixels",
      paramLabel = "BLACK:WHITE|torch",
      converter = PixelText.class,
      description = {
        "the values of black and white that the network takes:",
        "  - 0:255, 0:1 or -1:1; of keras.applications, MobileNet, MobileNetV2, ResNet50V2, NASNet,"
            + " Inception and Xception take -1:1",
        "  - torch: the mean and the deviation of ImageNet's colors, for DenseNet",
        "default: what the network's first layers say, if they are Rescaling or Normalization;"
            + " otherwise 0:1, and a message says so"
      })
  private Normalization pixels;

  @Option(
      names = "--task",
      paramLabel = "NAME",
      description =
          "what the outputs are: classification, multi-label or regression (default: softmax at the"
              + " end means classification, sigmoid multi-label, and neither regression)")
  private TaskKind task;

  Optional<Path> classes() {
    return Optional.ofNullable(classes);
  }

  Optional<Normalization> pixels() {
    return Optional.ofNullable(pixels);
  }

  Optional<TaskKind> task() {
    return Optional.ofNullable(task);
  }

  /**
   * Refuses the options that a saved model leaves no choice for.
   *
   * @param model its folder
   */
  void refuseForSaved(Path model) {
    List<String> given = new ArrayList<>();
    if (pixels != null) {
      given.add("--pixels");
    }
    if (task != null) {
      given.add("--task");
    }
    if (!given.isEmpty()) {
      throw new UsageException(
          "%s: the saved model %s says this itself: leave out the option"
              .formatted(String.join(", ", given), model));
    }
  }
}
