package io.github.convnet4j.examples;

import io.github.convnet4j.commandline.DataMessages;
import io.github.convnet4j.data.DataLocator;
import io.github.convnet4j.data.DataSets;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the images come from. */
final class DataOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "the folder with the four MNIST files, or with others named as they are (default: the"
              + " first found of the property convnet4j.data, the variable CONVNET4J_DATA, the"
              + " cache folder, a download into it, the digits that come with the program)")
  private Path directory;

  /** Reads the data sets, and says on the console's messages which they are. */
  DataSets read(Console console) {
    return DataLocator.ofSystem()
        .locate(Optional.ofNullable(directory), new DataMessages(console.messages()));
  }

  /**
   * The same for an example that trains and draws an image.
   *
   * @throws UsageException if the images have colours, or fewer of them are there than one batch
   *     takes
   */
  DataSets readGrey(Console console, TrainingSettings settings) {
    DataSets images = readGrey(console, 1);
    settings.stepsPerEpoch(images.train());
    return images;
  }

  /**
   * The same for an example that draws images.
   *
   * @param atLeast how many training images the example needs
   * @throws UsageException if there are fewer, or the images have colours
   */
  DataSets readGrey(Console console, int atLeast) {
    DataSets images = read(console);
    if (images.train().channels() != 1) {
      throw new UsageException(
          "--data must hold grey images, of 1 channel, since this example draws them: the images"
              + " there have "
              + images.train().channels());
    }
    if (images.train().size() < atLeast) {
      throw new UsageException(
          "--data must hold at least "
              + atLeast
              + " training images for this example: "
              + images.summary());
    }
    return images;
  }
}
