package io.github.convnet4j.bench.folder;

import io.github.convnet4j.bench.UsageException;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.files.ImageFolder;
import io.github.convnet4j.files.Storage;
import io.github.convnet4j.picture.PictureFormat;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that say which pictures are read. */
final class PictureFolder {
  @Option(
      names = "--pictures",
      paramLabel = "DIR",
      required = true,
      description =
          "a folder of class folders with pictures; see src/bench/pictures/make_photos.py")
  private Path directory;

  @Option(
      names = "--size",
      paramLabel = "N",
      description =
          "scale the pictures to N x N (default: ${DEFAULT-VALUE}); those of this size stay as they"
              + " are")
  private int size = 224;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "pictures per batch (default: ${DEFAULT-VALUE})")
  private int batch = 32;

  /** Returns the training pictures. */
  DataSet read(Storage storage) {
    PictureFormat format =
        PictureFormat.asTheyAre().size(size, size).colour(PictureFormat.Colour.RGB);
    DataSet pictures = ImageFolder.of(directory).format(format).storage(storage).read().train();
    if (pictures.size() < batch) {
      throw new UsageException(
          "--pictures must hold at least --batch %d pictures for training: %d"
              .formatted(batch, pictures.size()));
    }
    return pictures;
  }

  int batch() {
    return batch;
  }

  int size() {
    return size;
  }
}
