package io.github.convnet4j.examples;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.globalAveragePool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.rescaling;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.task.Tasks.classification;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.convnet4j.examples.FineTunePhotos.Interval;
import io.github.convnet4j.examples.FineTunePhotos.Pretrained;
import io.github.convnet4j.examples.FineTunePhotos.Results;
import io.github.convnet4j.examples.FineTunePhotos.Settings;
import io.github.convnet4j.examples.FineTunePhotos.Way;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.picture.Picture;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.ndarray.Shape;

class FineTunePhotosTest {
  private static final int SIDE = 16;

  /** Fine noise in one photograph, and squares of 4x4 pixels in the other. */
  private static Picture photo(int square) {
    Random random = new Random(square);
    byte[] pixels = new byte[64 * 64 * 3];
    byte[] values = new byte[64 * 64];
    random.nextBytes(values);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = values[i / 3 / 64 / square * 64 + i / 3 % 64 / square];
    }
    return Picture.of(64, 64, 3, pixels);
  }

  private static Pretrained pretrained() {
    Network network =
        Network.of(
            Shape.of(SIDE, SIDE, 3),
            rescaling(1 / 255.0),
            conv2d(8, 3),
            batchNorm(),
            relu(),
            conv2d(8, 3),
            batchNorm(),
            relu(),
            globalAveragePool(),
            dense(5));
    try (Model<Prediction> model = Model.of(network, classification(), adam(0.01))) {
      return new Pretrained(network, model.weights(), "global_average_pool", "relu");
    }
  }

  @Test
  void everyWayIsTriedWithEverySeed(@TempDir Path folder) throws IOException {
    Recorder recorder = new Recorder();
    PhotoPatches patches =
        new PhotoPatches(List.of("fine", "coarse"), List.of(photo(1), photo(4)), SIDE);
    Path chart = folder.resolve("new/curves.svg");
    Results results =
        FineTunePhotos.run(
            recorder.console(), pretrained(), patches, new Settings(5, 10, 10, 2), chart);
    assertEquals(Set.of(Way.values()), results.accuracies().keySet());
    results.accuracies().values().forEach(each -> assertEquals(2, each.size()));
    results.curves().values().forEach(curve -> assertEquals(10, curve.size()));
    assertTrue(recorder.out().startsWith("fine, coarse: 5 training and 10 test patches"));
    assertEquals(2 + Way.values().length, recorder.out().lines().count(), recorder.out());
    assertTrue(recorder.messages().contains("unchanged: classes/kernel, classes/bias"));
    assertTrue(Files.readString(chart).contains("from scratch"));
  }

  /** 2 +/- 4.303 * 1 / sqrt(3). */
  @Test
  void intervalsAreThoseOfStudentsDistribution() {
    Interval interval = Interval.of(List.of(1.0, 2.0, 3.0));
    assertEquals(2, interval.mean(), 1e-12);
    assertEquals(4.303 / Math.sqrt(3), interval.half(), 1e-12);
    assertEquals(0, Interval.of(List.of(1.0, 1.0)).half());
  }

  private static void writePhotos(Path folder) throws IOException {
    for (int square : new int[] {1, 4}) {
      byte[] pixels = photo(square).pixels();
      BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
      for (int i = 0; i < 64 * 64; i++) {
        image.getRaster().setSample(i % 64, i / 64, 0, pixels[3 * i]);
      }
      ImageIO.write(image, "png", folder.resolve("squares" + square + ".png").toFile());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--epochs 15, --epochs, 15",
    "--seeds 1, --seeds, 1",
    "--seeds 11, --seeds, 11",
    "--few 0, --few, 0",
    "--test 0, --test, 0",
    "--patch 33, --patch, 33",
    "--photos missing, missing, missing",
    "--patch 16 --network missing.keras, missing.keras, missing.keras",
  })
  void mistakesEndInOneSentence(String options, String option, String value, @TempDir Path folder)
      throws IOException {
    writePhotos(folder);
    Recorder recorder = new Recorder();
    String all = "FineTunePhotos --data " + folder + " --photos " + folder + " " + options;
    if (options.startsWith("--photos")) {
      all = "FineTunePhotos --data " + folder + " " + options;
    }
    assertEquals(2, recorder.execute(all.split(" ", -1)), recorder.messages());
    assertEquals(1, recorder.messages().lines().count(), recorder.messages());
    assertTrue(recorder.messages().contains(option), recorder.messages());
    assertTrue(recorder.messages().contains(value), recorder.messages());
  }

  /** With the network that knows ImageNet, if it is there. */
  @Test
  void runsWithTheNetworkOfImageNet(@TempDir Path folder) throws IOException {
    String data = System.getenv("CONVNET4J_DATA");
    Path file = Path.of(data == null ? "" : data, "pretrained", "mobilenet_v2_imagenet.keras");
    assumeTrue(Files.exists(file), () -> "needs " + file + " in the folder CONVNET4J_DATA");
    writePhotos(folder);
    Recorder recorder = new Recorder();
    String options =
        "FineTunePhotos --network %s --photos %s --patch 32 --few 3 --test 10 --epochs 10 --seeds 2"
            .formatted(file, folder);
    String chart = folder.resolve("curves.svg").toString();
    String[] args = (options + " --chart " + chart).split(" ", -1);
    assertEquals(0, recorder.execute(args), recorder.messages());
    assertTrue(
        recorder.messages().contains("not in the model: classifier/kernel, classifier/bias"));
    assertTrue(recorder.out().contains("then the last blocks"), recorder.out());

    Recorder unknown = new Recorder();
    String[] wrong = (options + " --frozen block_15_add").split(" ", -1);
    assertEquals(2, unknown.execute(wrong), unknown.messages());
    assertTrue(unknown.messages().contains("block_15_add"), unknown.messages());
    assertTrue(unknown.messages().contains("b15_add"), unknown.messages());
  }
}
