package io.github.convnet4j.examples;

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
    try (DataMessages messages = new DataMessages(console.messages())) {
      return DataLocator.ofSystem().locate(Optional.ofNullable(directory), messages);
    }
  }
}
