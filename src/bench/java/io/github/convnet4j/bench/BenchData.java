package io.github.convnet4j.bench;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.files.IdxFolder;
import java.nio.file.Path;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;
import picocli.CommandLine.Option;

/** The option that says which images the benchmarks run on. */
public final class BenchData {
  private static final int MNIST_TRAIN = 55_000;
  private static final int MNIST_TEST = 10_000;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "the folder with MNIST's four files (default: the bundled digits, repeated until there"
              + " are as many as in MNIST)")
  private Path directory;

  /** Reads the images; without a folder, as many as in MNIST. */
  public DataSets read() {
    return Optional.ofNullable(directory).map(IdxFolder::read).orElseGet(BenchData::enlarged);
  }

  private static DataSets enlarged() {
    DataSets digits = BundledDigits.read();
    return new DataSets(
        repeat(digits.train(), MNIST_TRAIN),
        digits.validation(),
        repeat(digits.test(), MNIST_TEST),
        digits.source() + ", repeated");
  }

  /** Repeats the images until there are {@code size} of them. */
  public static DataSet repeat(DataSet images, int size) {
    byte[] pixels = new byte[Math.multiplyExact(size, images.pixelsPerImage())];
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      int original = i % images.size();
      System.arraycopy(
          images.image(original), 0, pixels, i * images.pixelsPerImage(), images.pixelsPerImage());
      labels[i] = images.label(original);
    }
    return DataSet.of(
        pixels,
        labels,
        Shape.of(images.height(), images.width(), images.channels()),
        images.classes());
  }
}
