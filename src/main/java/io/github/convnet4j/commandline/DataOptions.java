package io.github.convnet4j.commandline;

import io.github.convnet4j.data.DataLocator;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.data.ImageFolder;
import io.github.convnet4j.data.PictureFormat;
import io.github.convnet4j.train.ModelOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that choose the images: {@code --data} and {@code --skip-unreadable}. */
final class DataOptions {
  /** Stands for the digits in the jar; {@code ./digits} is a folder of that name. */
  static final String DIGITS = "digits";

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = {
        "the images, which are one of",
        "  - a folder that contains one folder of pictures (PNG, JPEG, GIF, BMP, TIFF) for each"
            + " class, named after the class; or such folders in train, validation (or val, dev,"
            + " eval) and test",
        "  - a folder with MNIST's four IDX files, or with other data in files of the same names",
        "  - the word digits: the 1,797 handwritten digits that come with the program",
        "default: MNIST, from the folder that the environment variable CONVNET4J_DATA names, from"
            + " the user's cache folder, or downloaded to it; the digits if MNIST is not available"
      })
  private Path folder;

  @Option(
      names = "--skip-unreadable",
      description =
          "skip damaged pictures, and list them; without this option a damaged picture is an error")
  private boolean skipUnreadable;

  /** Returns the folder of {@code --data}, if it holds class folders rather than IDX files. */
  Optional<Path> classFolders() {
    return Optional.ofNullable(folder)
        .filter(path -> !isDigits())
        .filter(path -> Files.isDirectory(path) && !DataSets.isIdxFolder(path));
  }

  /** Returns a folder of class folders, with damaged pictures skipped if the user asked for it. */
  ImageFolder imageFolder(Path path, PictureFormat format) {
    ImageFolder pictures = ImageFolder.of(path).format(format);
    return skipUnreadable ? pictures.skipUnreadable() : pictures;
  }

  /** Adds the picture format to the options, if the data are pictures. */
  ModelOptions withPictures(ModelOptions options, PictureFormat format) {
    return classFolders().isPresent() ? options.pictures(format) : options;
  }

  /** Returns the folder of {@code --data}, if it holds IDX files. */
  Optional<Path> idxFolder() {
    return Optional.ofNullable(folder).filter(path -> !isDigits() && DataSets.isIdxFolder(path));
  }

  private boolean isDigits() {
    return folder.equals(Path.of(DIGITS));
  }

  /**
   * Reads the images, and prints a message that describes them.
   *
   * @param format the format of pictures; IDX files are used as they are
   */
  DataSets read(Output output, PictureFormat format) {
    DataMessages messages = new DataMessages(output.messages());
    Optional<DataSets> named =
        folder != null && isDigits()
            ? Optional.of(DataSets.digits())
            : classFolders().map(path -> imageFolder(path, format).read());
    if (named.isPresent()) {
      messages.read(named.get());
      return named.get();
    }
    return DataLocator.ofSystem().locate(Optional.ofNullable(folder), messages);
  }
}
