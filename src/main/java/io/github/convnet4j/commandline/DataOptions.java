package io.github.convnet4j.commandline;

import io.github.convnet4j.classifier.ClassifierOptions;
import io.github.convnet4j.data.DataLocator;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.data.ImageFolder;
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
        "  - a folder that has a folder of pictures (PNG, JPEG, GIF, BMP, TIFF) for each class,"
            + " named as the class is; or such folders in train, validation (or val, dev, eval) and"
            + " test",
        "  - a folder with MNIST's four IDX files, or others named as they are",
        "  - the word digits, for the 1,797 handwritten digits that come with the program",
        "default: MNIST in the folder that the variable CONVNET4J_DATA names, or in the user's"
            + " cache folder, or downloaded into it, or else the digits"
      })
  private Path folder;

  @Option(
      names = "--skip-unreadable",
      description =
          "leave out pictures that are damaged, and say which; without it nothing is done if there"
              + " is one")
  private boolean skipUnreadable;

  /** The folder that was named, if it holds class folders and not IDX files. */
  Optional<Path> classFolders() {
    return Optional.ofNullable(folder)
        .filter(path -> !isDigits())
        .filter(path -> Files.isDirectory(path) && !DataSets.isIdxFolder(path));
  }

  /** A folder of class folders, whose damaged pictures are left out if that is wished. */
  ImageFolder imageFolder(Path path, PictureFormat format) {
    ImageFolder pictures = ImageFolder.of(path).format(format);
    return skipUnreadable ? pictures.skipUnreadable() : pictures;
  }

  /** The options with the format of the pictures, if the data are pictures. */
  ClassifierOptions withPictures(ClassifierOptions options, PictureFormat format) {
    return classFolders().isPresent() ? options.pictures(format) : options;
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
            : classFolders().map(path -> imageFolder(path, format).read());
    if (named.isPresent()) {
      messages.read(named.get());
      return named.get();
    }
    return DataLocator.ofSystem().locate(Optional.ofNullable(folder), messages);
  }
}
