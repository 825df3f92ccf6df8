package io.github.convnet4j.files;

import io.github.convnet4j.check.IoReason;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.store.TemporaryFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Files that can be downloaded from several mirrors.
 *
 * @param mirrors URLs of folders, each with a final slash, in the order in which they are tried
 */
record Download(List<URI> mirrors, List<RemoteFile> files, HttpFetch http) {
  /** MNIST's four files. */
  static final Download MNIST =
      new Download(
          List.of(
              URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"),
              URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
              URI.create("http://yann.lecun.com/exdb/mnist/")),
          List.of(
              new RemoteFile(
                  "train-images-idx3-ubyte.gz",
                  9_912_422,
                  "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
              new RemoteFile(
                  "train-labels-idx1-ubyte.gz",
                  28_881,
                  "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
              new RemoteFile(
                  "t10k-images-idx3-ubyte.gz",
                  1_648_877,
                  "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
              new RemoteFile(
                  "t10k-labels-idx1-ubyte.gz",
                  4_542,
                  "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6")),
          new HttpFetch(Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofMinutes(10)));

  /**
   * Downloads the files that the folder does not hold yet. A file gets its name only when it is
   * complete, so several programs may do this at the same time.
   *
   * @throws IOException if no mirror provides one of the files, or the folder cannot be written
   */
  void into(Path folder, DataListener listener) throws IOException {
    Files.createDirectories(folder);
    List<URI> order = new ArrayList<>(mirrors);
    for (RemoteFile file : files) {
      if (!file.isIn(folder)) {
        fetch(file, folder, order, listener);
      }
    }
  }

  /**
   * Downloads one file. A mirror that fails moves to the end of the order, for the remaining files
   * too.
   */
  private void fetch(RemoteFile file, Path folder, List<URI> order, DataListener listener)
      throws IOException {
    try (TemporaryFile temporary = TemporaryFile.in(folder)) {
      for (int tried = 0; tried < mirrors.size(); tried++) {
        URI address = order.get(0).resolve(file.name());
        try {
          http.fetch(address, file, temporary.path(), listener);
          temporary.moveTo(folder.resolve(file.name()));
          return;
        } catch (IOException e) {
          listener.message("Download of %s failed: %s".formatted(address, IoReason.of(e)));
          order.add(order.remove(0));
        }
      }
    } catch (StoreException e) {
      throw new IOException(e.getMessage(), e);
    }
    throw new IOException("no mirror provided " + file.name());
  }
}
