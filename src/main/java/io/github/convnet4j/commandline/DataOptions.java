package io.github.convnet4j.commandline;

import io.github.convnet4j.data.DataLocator;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.data.PictureFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which images: {@code --data}. */
final class DataOptions {
  /** What is typed for the digits in the jar; {@code ./digits} is a folder of that name. */
  static final String DIGITS = "digits";

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = {
        "the images, one of",
        "  - a folder that has a folder of pictures (PNG, JPEG, GIF, BMP) for each class, named as"
            + " the class is; or such folders in train, validation and test",
        "  - a folder with MNIST's four IDX files, or others named as they are",
        "  - the word digits, for the 1,797 handwritten digits that come with the program",
        "default: MNIST in the folder that the variable CONVNET4J_DATA names, or in the user's"
            + " cache folder, or downloaded into it, or else the digits"
      })
  private Path folder;

  /** The folder that was named, if it holds class folders and not IDX files. */
  Optional<Path> classFolders() {
    return Optional.ofNullable(folder)
        .filter(path -> !isDigits())
        .filter(path -> Files.isDirectory(path) && !DataSets.isIdxFolder(path));
  }

  /** The folder that was named, if it is one of IDX files. */
  Optional<Path> idxFolder() {
    return Optional.ofNullable(folder).filter(path -> !isDigits() && DataSets.isIdxFolder(path));
  }

  private boolean isDigits() {
    return folder.equals(Path.of(DIGITS));
  }

  /**
   * Reads them, and says on the messages which they are.
   *
   * @param format of pictures; IDX files are taken as they are
   */
  DataSets read(Output output, PictureFormat format) {
    DataMessages messages = new DataMessages(output.messages());
    Optional<DataSets> named =
        folder != null && isDigits()
            ? Optional.of(DataSets.digits())
            : classFolders().map(path -> DataSets.imageFolder(path, format));
    if (named.isPresent()) {
      messages.message("Data: " + named.get().summary());
      return named.get();
    }
    return DataLocator.ofSystem().locate(Optional.ofNullable(folder), messages);
  }
}
