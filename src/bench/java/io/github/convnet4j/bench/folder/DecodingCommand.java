package io.github.convnet4j.bench.folder;

import static io.github.convnet4j.augment.Transforms.flipHorizontally;
import static io.github.convnet4j.augment.Transforms.randomResizedCrop;

import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.bench.report.Format;
import io.github.convnet4j.bench.report.Results;
import io.github.convnet4j.bench.report.TextTable;
import io.github.convnet4j.bench.stats.Quartiles;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.ExampleBatch;
import io.github.convnet4j.files.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads all pictures of a folder batch by batch, without a network. */
@Command(
    name = "decoding",
    description = "pictures that are decoded and scaled, and augmented, per second")
public final class DecodingCommand implements Runnable {
  @Mixin private PictureFolder pictures = new PictureFolder();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description =
          "times that all pictures are read, after two that do not count (default:"
              + " ${DEFAULT-VALUE})")
  private int rounds = 5;

  @Mixin private Results results = new Results();

  /**
   * A kind of work.
   *
   * @param perCoreSecond pictures for each second of processor time
   * @param perSecond pictures per second, on all cores
   */
  record Outcome(String work, Quartiles perCoreSecond, Quartiles perSecond) {}

  @Override
  public void run() {
    DataSet onDisk = pictures.read(Storage.onDisk());
    Augmentation augmentation = Augmentation.of(randomResizedCrop(0.3, 1), flipHorizontally());
    List<Outcome> outcomes =
        List.of(
            measured("decoded", onDisk, Augmentation.none()),
            measured("decoded and augmented", onDisk, augmentation));
    TextTable table = new TextTable("pictures", "per second of a core", "per second");
    for (Outcome outcome : outcomes) {
      table.add(
          outcome.work(), Format.rate(outcome.perCoreSecond()), Format.rate(outcome.perSecond()));
    }
    results.show("decoding", table.toString(), outcomes);
  }

  private Outcome measured(String work, DataSet examples, Augmentation augmentation) {
    List<Effort> efforts = new ArrayList<>();
    for (int round = -1; round <= rounds; round++) {
      Effort start = Effort.untilNow();
      int read = readAll(examples, augmentation);
      if (round > 0) {
        efforts.add(Effort.untilNow().since(start, read));
      }
    }
    return new Outcome(
        work,
        Quartiles.of(efforts.stream().map(each -> 1 / each.processorSeconds()).toList()),
        Quartiles.of(efforts.stream().map(each -> 1 / each.seconds()).toList()));
  }

  /** Reads all whole batches into the same arrays, as training does. */
  private int readAll(DataSet examples, Augmentation augmentation) {
    Shape shape = Shape.of(examples.height(), examples.width(), examples.channels());
    int size = pictures.batch();
    ExampleBatch batch = examples.newBatch(size);
    int from = 0;
    for (; from + size <= examples.size(); from += size) {
      examples.fill(IntStream.range(from, from + size).toArray(), batch);
      if (!augmentation.transforms().isEmpty()) {
        augmentation.applyToBatch(batch.inputs().get(0), size, shape, 0, from);
      }
    }
    return from;
  }
}
