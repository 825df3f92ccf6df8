package io.github.convnet4j.train;

import static io.github.convnet4j.optimizer.Optimizers.adam;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.fuzz.JsonEdits;
import io.github.convnet4j.fuzz.Judge;
import io.github.convnet4j.listener.Checkpoints;
import io.github.convnet4j.listener.EarlyStopping;
import io.github.convnet4j.listener.ReduceOnPlateau;
import io.github.convnet4j.store.Content;
import io.github.convnet4j.store.SavedFiles;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A checkpoint in which one file may hold anything. Its checksums are right, so that its contents
 * are read.
 */
class SavedModelFuzzTest {
  private static final String DESCRIPTION = "model.json";
  private static final String VALUES = "variables.bin";
  private static final DataSet IMAGES = TinyImages.of(10, 1);
  private static final Path CHECKPOINT = Path.of("epoch-0001");

  @TempDir private static Path folder;

  /** The files of the checkpoint. */
  private static final Map<String, byte[]> FILES = checkpoint();

  private static Map<String, byte[]> checkpoint() {
    try {
      Path checkpoints = Files.createTempDirectory("checkpoints");
      try (Model<Prediction> model =
          Model.of(TinyImages.NETWORK, Tasks.classification("dark", "light"), adam(0.01))) {
        fit(model, 1, Checkpoints.everyEpoch(checkpoints));
      }
      Map<String, byte[]> contents = new LinkedHashMap<>();
      try (SavedFiles files = SavedFiles.open(checkpoints.resolve(CHECKPOINT))) {
        files.names().forEach(name -> contents.put(name, files.bytes(name)));
      }
      SavedFiles.delete(checkpoints.resolve(CHECKPOINT));
      return contents;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fit(Model<Prediction> model, int epochs, TrainingListener last) {
    model.fit(
        IMAGES,
        FitOptions.epochs(epochs).batchSize(5).validateOn(IMAGES),
        EarlyStopping.on("val_loss", 3),
        ReduceOnPlateau.on("val_loss", 2),
        last);
  }

  private static String listener(Class<?> type) {
    String name = type == EarlyStopping.class ? "early" : "reduce";
    return FILES.keySet().stream()
        .filter(file -> file.startsWith("listener_" + name))
        .findFirst()
        .orElseThrow();
  }

  static Stream<byte[]> description() {
    return Stream.of(FILES.get(DESCRIPTION));
  }

  static Stream<byte[]> edits() {
    return JsonEdits.seeds();
  }

  static Stream<byte[]> values() {
    return Stream.of(FILES.get(VALUES));
  }

  static Stream<byte[]> earlyStopping() {
    return Stream.of(FILES.get(listener(EarlyStopping.class)));
  }

  static Stream<byte[]> plateau() {
    return Stream.of(FILES.get(listener(ReduceOnPlateau.class)));
  }

  @MethodSource("description")
  @FuzzTest
  void descriptionText(byte[] input) {
    load(DESCRIPTION, input);
  }

  @MethodSource("edits")
  @FuzzTest
  void descriptionContent(byte[] input) {
    String json = new String(FILES.get(DESCRIPTION), StandardCharsets.UTF_8);
    load(DESCRIPTION, JsonEdits.apply(input, json).getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("values")
  @FuzzTest
  void variables(byte[] input) {
    load(VALUES, input);
  }

  /** The state of a listener is read when it takes part in a run. */
  @MethodSource("earlyStopping")
  @FuzzTest
  void stateOfEarlyStopping(byte[] input) {
    resume(listener(EarlyStopping.class), input);
  }

  @MethodSource("plateau")
  @FuzzTest
  void stateOfPlateau(byte[] input) {
    resume(listener(ReduceOnPlateau.class), input);
  }

  private static Path write(String name, byte[] content) {
    Path saved = folder.resolve(CHECKPOINT);
    Map<String, Content> files = new LinkedHashMap<>();
    FILES.forEach(
        (file, bytes) -> files.put(file, out -> out.write(file.equals(name) ? content : bytes)));
    SavedFiles.write(saved, files);
    return saved;
  }

  private static void load(String name, byte[] content) {
    Path saved = write(name, content);
    Judge.judge(
        saved,
        () -> {
          try (Model<?> model = Model.load(saved)) {
            model.snapshot();
          }
        });
    Judge.judge(saved, () -> Model.readHistory(saved, ModelJson.standard()));
    Judge.judge(saved, () -> Model.readWeights(saved));
  }

  private static void resume(String name, byte[] content) {
    Path saved = write(name, content);
    Judge.judge(
        name.substring(0, name.indexOf('.')),
        () -> {
          try (Model<Prediction> model = Model.load(saved, Prediction.class)) {
            fit(model, 1, new TrainingListener() {});
          }
        });
  }
}
