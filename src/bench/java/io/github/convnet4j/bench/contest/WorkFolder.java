package io.github.convnet4j.bench.contest;

import io.github.convnet4j.bench.process.TemporaryFolder;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.data.EpochOrder;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The work of a contest as files that a program in any language can read: images and labels as
 * uncompressed IDX files of bytes, and the order of the training images as {@code order.idx}, an
 * IDX file of ints, {@code [epochs, images]}. A temporary folder, deleted when closed.
 */
final class WorkFolder implements AutoCloseable {
  private static final int IDX_BYTES = 0x0800;
  private static final int IDX_INTS = 0x0C00;

  private final TemporaryFolder folder;

  private WorkFolder(TemporaryFolder folder) {
    this.folder = folder;
  }

  /**
   * Writes the work.
   *
   * @param sets grey images; training images that do not fill a batch are left out
   * @param batchSize images per step
   * @param steps the number of steps for which the order suffices
   * @param seed the seed of the order
   */
  static WorkFolder write(DataSets sets, int batchSize, int steps, int seed) {
    DataSet train = sets.train().subset(0, sets.train().size() / batchSize * batchSize);
    try {
      WorkFolder folder = new WorkFolder(TemporaryFolder.make("convnet4j-bench"));
      folder.write("train", train);
      folder.write("test", sets.test());
      int stepsPerEpoch = train.size() / batchSize;
      folder.writeOrder(train.size(), (steps - 1) / stepsPerEpoch + 1, seed);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("the contest's work cannot be written", e);
    }
  }

  Path path() {
    return folder.path();
  }

  private void write(String name, DataSet images) throws IOException {
    int size = images.size();
    try (DataOutputStream out = open(name + "-images.idx")) {
      header(out, IDX_BYTES, size, images.height(), images.width());
      for (int i = 0; i < size; i++) {
        out.write(images.image(i));
      }
    }
    try (DataOutputStream out = open(name + "-labels.idx")) {
      header(out, IDX_BYTES, size);
      for (int i = 0; i < size; i++) {
        out.writeByte(images.label(i));
      }
    }
  }

  private void writeOrder(int images, int epochs, int seed) throws IOException {
    EpochOrder order = EpochOrder.of(images, seed);
    try (DataOutputStream out = open("order.idx")) {
      header(out, IDX_INTS, epochs, images);
      for (int epoch = 0; epoch < epochs; epoch++) {
        for (int index : order.next()) {
          out.writeInt(index);
        }
      }
    }
  }

  private DataOutputStream open(String name) throws IOException {
    return new DataOutputStream(
        new BufferedOutputStream(Files.newOutputStream(path().resolve(name))));
  }

  private static void header(DataOutputStream out, int type, int... shape) throws IOException {
    out.writeInt(type | shape.length);
    for (int size : shape) {
      out.writeInt(size);
    }
  }

  @Override
  public void close() {
    folder.close();
  }
}
