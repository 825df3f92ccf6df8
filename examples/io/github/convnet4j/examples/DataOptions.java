package io.github.convnet4j.examples;

import io.github.convnet4j.commandline.DataMessages;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.files.DataLocator;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that says where the images come from. */
final class DataOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "the folder with MNIST's four files, or with other data in files of the same names"
              + " (default: the first that is found of: the folder in the system property"
              + " convnet4j.data, the folder in the environment variable CONVNET4J_DATA, the cache"
              + " folder, a download into the cache folder, the digits that come with the program)")
  private Path directory;

  /** Reads the data sets, and prints a message that describes them. */
  DataSets read(Console console) {
    return DataLocator.ofSystem()
        .locate(Optional.ofNullable(directory), new DataMessages(console.messages()));
  }

  /**
   * Reads the data sets for an example that trains on them and draws an image.
   *
   * @throws UsageException if the images are not grey, or there are fewer than one batch needs
   */
  DataSets readGrey(Console console, TrainingSettings settings) {
    DataSets images = readGrey(console, 1);
    settings.stepsPerEpoch(images.train());
    return images;
  }

  /**
   * Reads the data sets for an example that draws images.
   *
   * @param atLeast the number of training images that the example needs
   * @throws UsageException if there are fewer, or the images are not grey
   */
  DataSets readGrey(Console console, int atLeast) {
    DataSets images = read(console);
    if (images.train().channels() != 1) {
      throw new UsageException(
          "--data must hold grey images, with 1 channel, since this example draws them: the number"
              + " of channels is "
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
