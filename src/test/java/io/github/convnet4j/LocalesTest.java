package io.github.convnet4j;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.train.FitOptions.epochs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.inspect.Inspection;
import io.github.convnet4j.listener.CsvHistory;
import io.github.convnet4j.listener.JsonHistory;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.natives.Locales;
import io.github.convnet4j.report.Report;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.tensorboard.TensorBoardListener;
import io.github.convnet4j.train.Model;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** Everything works in every locale, and machine-readable files are the same in all of them. */
class LocalesTest {
  private static Map<String, String> expected = Map.of();

  static List<Locale> locales() {
    // In addition to other digits: a dotless i, and a decimal comma.
    return Stream.concat(
            Locales.withOtherDigits().stream(),
            Stream.of(Locale.forLanguageTag("tr-TR"), Locale.GERMANY))
        .toList();
  }

  @BeforeAll
  static void writeFilesInTheRootLocale(@TempDir Path folder) throws Exception {
    Locales.in(Locale.ROOT, () -> expected = filesOfARun(folder));
    assertTrue(expected.size() >= 5, expected.keySet()::toString);
  }

  /**
   * Trains, saves, exports, loads, inspects and reports on a small network; returns the text of
   * each file.
   */
  private static Map<String, String> filesOfARun(Path folder) throws IOException {
    Path logs = Files.createTempDirectory(folder.getParent(), "logs");
    DataSet images = BundledDigits.read().train().subset(0, 60);
    Network network =
        Network.of(
            Shape.of(28, 28, 1),
            conv2d(2, 3),
            batchNorm(),
            relu(),
            maxPool(7),
            dropout(0.2),
            conv2d(2, 3),
            flatten(),
            dense(10));
    try (Model<Prediction> model =
        Model.of(network, Tasks.classification(), adam(0.01).clipByGlobalNorm(1))) {
      model.fit(
          images,
          epochs(2).batchSize(30).validateOn(images),
          CsvHistory.to(folder.resolve("history.csv")),
          JsonHistory.to(folder.resolve("history.json")),
          TensorBoardListener.into(logs));
      model.save(folder.resolve("model"));
      model.exportSavedModel(folder.resolve("exported"));
      Files.writeString(folder.resolve("summary.txt"), network.summary());
    }
    try (Model<Prediction> loaded = Model.load(folder.resolve("model"), Prediction.class);
        Inspection inspection = Inspection.of(loaded)) {
      inspection.saliency(images.imageFloats(0), 0);
      inspection.gradCam(images.imageFloats(0), 0);
      Report.of(loaded, images).write(folder.resolve("report.html"));
      Files.writeString(
          folder.resolve("evaluation.txt"),
          loaded.evaluate(images) + "\n" + loaded.evaluate(images).confusionMatrix().orElseThrow());
    }
    Map<String, String> texts = new TreeMap<>();
    // An event file contains the time, so only its name is compared: it must be ASCII.
    try (Stream<Path> events = Files.walk(logs)) {
      events.forEach(
          file -> assertTrue(file.getFileName().toString().matches("\\p{ASCII}*"), file::toString));
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.put(
            folder.relativize(file).toString().replace('\\', '/'),
            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return texts;
  }

  @ParameterizedTest
  @MethodSource("locales")
  void filesAreTheSame(Locale locale, @TempDir Path folder) throws Exception {
    Locales.in(
        locale,
        () -> {
          Map<String, String> texts = filesOfARun(folder);
          assertEquals(expected.keySet(), texts.keySet());
          expected.forEach((file, text) -> assertEquals(text, texts.get(file), file));
        });
  }
}
