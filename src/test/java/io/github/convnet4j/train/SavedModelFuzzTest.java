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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A checkpoint in which one file may hold anything. Its checksums are right, so that its contents
 * are read.
 */
class SavedModelFuzzTest {
  private static final String DESCRIPTION = "model.json";
  private static final Path OLD = Path.of("src", "test", "resources", "saved");
  private static final String VALUES = "variables.bin";
  private static final DataSet IMAGES = TinyImages.of(10, 1);
  private static final Path CHECKPOINT = Path.of("epoch-0001");

  @TempDir private static Path folder;

  /** The files of a checkpoint. */
  private static final Map<String, byte[]> FILES = checkpoint();

  /** The files of saves: that checkpoint, and some of earlier versions. */
  private static final List<Map<String, byte[]>> SAVES =
      List.of(
          FILES,
          files(OLD.resolve("v3/checkpoint")),
          files(OLD.resolve("v2/regressor")),
          files(OLD.resolve("v1/labels")));

  private static Model<Prediction> model;

  @BeforeAll
  static void open() {
    model = model();
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static Model<Prediction> model() {
    return Model.of(TinyImages.NETWORK, Tasks.classification("dark", "light"), adam(0.01));
  }

  private static Map<String, byte[]> checkpoint() {
    try {
      Path checkpoints = Files.createTempDirectory("checkpoints");
      try (Model<Prediction> model = model()) {
        fit(model, 1, Checkpoints.everyEpoch(checkpoints));
      }
      Map<String, byte[]> contents = files(checkpoints.resolve(CHECKPOINT));
      SavedFiles.delete(checkpoints.resolve(CHECKPOINT));
      return contents;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, byte[]> files(Path save) {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    try (SavedFiles files = SavedFiles.open(save)) {
      files.names().forEach(name -> contents.put(name, files.bytes(name)));
    }
    return contents;
  }

  private static String description(Map<String, byte[]> save) {
    return save.keySet().stream().filter(name -> name.endsWith(".json")).findFirst().orElseThrow();
  }

  private static void fit(Model<Prediction> model, int epochs, TrainingListener last) {
    model.fit(
        IMAGES,
        FitOptions.upTo(epochs).batchSize(5).validateOn(IMAGES),
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

  static Stream<byte[]> descriptions() {
    return SAVES.stream().map(save -> save.get(description(save)));
  }

  static Stream<byte[]> edits() {
    return Stream.concat(JsonEdits.seeds(), Stream.of(new byte[1], new byte[2], new byte[3]));
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

  @MethodSource("descriptions")
  @FuzzTest
  void descriptionText(byte[] input) {
    load(FILES, DESCRIPTION, input);
  }

  /** The length of the input says in which save. */
  @MethodSource("edits")
  @FuzzTest
  void descriptionContent(byte[] input) {
    Map<String, byte[]> save = SAVES.get(input.length % SAVES.size());
    String name = description(save);
    String json = new String(save.get(name), StandardCharsets.UTF_8);
    load(save, name, JsonEdits.apply(input, json).getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("values")
  @FuzzTest
  void variables(byte[] input) {
    load(FILES, VALUES, input);
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

  private static Path write(Map<String, byte[]> save, String name, byte[] content) {
    Path saved = folder.resolve(CHECKPOINT);
    Map<String, Content> files = new LinkedHashMap<>();
    save.forEach(
        (file, bytes) -> files.put(file, out -> out.write(file.equals(name) ? content : bytes)));
    SavedFiles.write(saved, files);
    return saved;
  }

  private static void load(Map<String, byte[]> save, String name, byte[] content) {
    Path saved = write(save, name, content);
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
    Path saved = write(FILES, name, content);
    Judge.judge(
        name.substring(0, name.indexOf('.')),
        () -> {
          model.resume(saved);
          fit(model, 2, new TrainingListener() {});
        });
  }
}
