package io.github.convnet4j.listener;

import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.optimizer.Optimizers.sgd;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.LayerContext;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.NetworkJson;
import io.github.convnet4j.store.Content;
import io.github.convnet4j.store.SavedFiles;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.tensorboard.TensorBoardListener;
import io.github.convnet4j.train.EpochResult;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.History;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelJson;
import io.github.convnet4j.train.NotFiniteException;
import io.github.convnet4j.train.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class CheckpointsTest {
  @TempDir Path parent;
  private Path folder;
  private final List<String> messages = new ArrayList<>();

  @BeforeEach
  void choose() {
    folder = parent.resolve("checkpoints");
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(".lock"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void train(int epochs) {
    try (Model<Prediction> model = Tiny.model()) {
      model.fit(Tiny.TRAIN, Tiny.epochs(epochs), Checkpoints.everyEpoch(folder));
    }
  }

  /** Changes one byte in the middle of the values of a checkpoint. */
  private Path damage(int epoch) throws IOException {
    Path checkpoint = new CheckpointFolder(folder).path(new CheckpointFolder.Place(epoch, 0));
    try (Stream<Path> files = Files.list(checkpoint)) {
      Path values = files.filter(f -> f.toString().endsWith(".bin")).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(values);
      bytes[bytes.length / 2] ^= 1;
      Files.write(values, bytes);
      return values;
    }
  }

  private Model<Prediction> latest() {
    return Checkpoints.latest(folder, Prediction.class, messages::add).orElseThrow();
  }

  @Test
  void resumesFromTheLatestCheckpointAsIfNeverInterrupted() {
    train(2);
    assertEquals(List.of("epoch-0001", "epoch-0002"), names());
    try (Model<Prediction> model = latest();
        Model<Prediction> straight = Tiny.model()) {
      model.fit(Tiny.TRAIN, Tiny.epochs(2), Checkpoints.everyEpoch(folder));
      straight.fit(Tiny.TRAIN, Tiny.epochs(4));
      Tiny.NETWORK
          .parameters()
          .forEach(p -> assertArrayEquals(straight.weights(p.name()), model.weights(p.name())));
    }
    assertEquals(List.of("epoch-0001", "epoch-0002", "epoch-0003", "epoch-0004"), names());
    assertEquals(List.of(), messages);
  }

  @Test
  void keepsTheGivenNumberAndLeavesOtherFilesAlone() throws IOException {
    Files.createDirectories(folder.resolve("epoch-99"));
    Files.writeString(folder.resolve("notes.txt"), "mine");
    List<List<String>> seen = new ArrayList<>();
    try (Model<Prediction> model = Tiny.model()) {
      model.fit(
          Tiny.TRAIN,
          Tiny.epochs(4),
          Checkpoints.everyEpoch(folder).keep(2),
          Tiny.onSettled(training -> seen.add(names())));
    }
    // Each epoch has three steps, and the last one ends it.
    assertEquals(List.of("epoch-99", "notes.txt"), seen.get(1));
    assertEquals(List.of("epoch-0001", "epoch-99", "notes.txt"), seen.get(2));
    assertEquals(List.of("epoch-0003", "epoch-0004", "epoch-99", "notes.txt"), seen.get(11));
  }

  @Test
  void savesAfterTheGivenStepsAndAfterEpochs() {
    try (Model<Prediction> model = Tiny.model()) {
      model.fit(
          Tiny.TRAIN, Tiny.epochs(3), Checkpoints.everySteps(folder, 2).keep(Integer.MAX_VALUE));
    }
    // Steps 2, 4, 6 and 8 of 9, three per epoch.
    assertEquals(
        List.of(
            "epoch-0000-batch-00002",
            "epoch-0001",
            "epoch-0001-batch-00001",
            "epoch-0002",
            "epoch-0002-batch-00002",
            "epoch-0003"),
        names());
  }

  @Test
  void keepsTheBestAcrossCallsOfFit() {
    Checkpoints checkpoints = Checkpoints.best(folder, "val_loss");
    List<EpochResult> epochs = new ArrayList<>();
    try (Model<Prediction> model = Tiny.model()) {
      for (int i = 0; i < 2; i++) {
        History history = model.fit(Tiny.TRAIN, Tiny.validated(12), checkpoints);
        epochs.addAll(history.epochs());
        EpochResult best =
            epochs.stream().min((a, b) -> Double.compare(loss(a), loss(b))).orElseThrow();
        assertEquals(1, names().size());
        try (Model<Prediction> saved = latest()) {
          assertEquals(best.epoch(), saved.epochsTrained());
          assertEquals(best.validation().orElseThrow(), saved.evaluate(Tiny.VALIDATION));
        }
      }
    }
    assertTrue(
        epochs.subList(12, 24).stream().mapToDouble(CheckpointsTest::loss).min().orElseThrow()
            > epochs.subList(0, 12).stream().mapToDouble(CheckpointsTest::loss).min().orElseThrow(),
        () -> "the second call has the best epoch: choose other settings");
  }

  private static double loss(EpochResult epoch) {
    return epoch.validation().orElseThrow().loss();
  }

  @Test
  void fallsBackToTheCheckpointBeforeADamagedOneAndNamesTheFile() throws IOException {
    train(3);
    Path values = damage(3);
    try (Model<Prediction> model = latest()) {
      assertEquals(2, model.epochsTrained());
      assertEquals(1, messages.size());
      String start =
          "the checkpoint of epoch 3 cannot be used: %s is damaged: its SHA-256 checksum must be "
              .formatted(values);
      assertTrue(messages.get(0).startsWith(start), messages.get(0));

      model.fit(Tiny.TRAIN, Tiny.epochs(1), Checkpoints.everyEpoch(folder));
    }
    try (Model<Prediction> repaired = latest()) {
      assertEquals(3, repaired.epochsTrained());
    }
    assertEquals(1, messages.size());
  }

  @Test
  void findsNoCheckpointInAnEmptyFolder() throws IOException {
    assertEquals(Optional.empty(), Checkpoints.latest(folder, Prediction.class, messages::add));
    Files.createDirectories(folder.resolve("epoch-0001"));
    assertEquals(Optional.empty(), Checkpoints.latest(folder, Prediction.class, messages::add));
    Path sums = folder.resolve("epoch-0001").resolve("SHA256SUMS");
    assertEquals(
        List.of(
            "the checkpoint of epoch 1 cannot be used: %s is missing: %s holds no finished save"
                .formatted(sums, folder.resolve("epoch-0001"))),
        messages);
    train(1);
    latest().close();
  }

  @Test
  void theLastCheckpointIsGoodAfterAnExceptionInAListener() {
    RuntimeException thrown = new RuntimeException("no paper in the printer");
    try (Model<Prediction> model = Tiny.model()) {
      RuntimeException caught =
          assertThrows(
              RuntimeException.class,
              () ->
                  model.fit(
                      Tiny.TRAIN,
                      Tiny.epochs(5),
                      Checkpoints.everyEpoch(folder).keep(1),
                      Tiny.onBatch(
                          (training, result) -> {
                            if (result.epoch() == 3 && result.batch() == 2) {
                              throw thrown;
                            }
                          })));
      assertSame(thrown, caught);
    }
    assertEquals(List.of("epoch-0002"), names());
    try (Model<Prediction> model = latest();
        Model<Prediction> straight = Tiny.model()) {
      List<Double> costs = straight.fit(Tiny.TRAIN, Tiny.epochs(3)).costs();
      assertEquals(costs.subList(2, 3), model.fit(Tiny.TRAIN, Tiny.epochs(1)).costs());
    }
  }

  @Test
  void keepsTheLastCheckpointIfTheNextCannotBeWritten() throws IOException {
    Path notes = folder.resolve("epoch-0002/notes.txt");
    TrainingListener writing =
        Tiny.onEpoch(
            (training, result) -> {
              if (result.epoch() == 2) {
                write(notes);
              }
            });
    try (Model<Prediction> model = Tiny.model()) {
      assertThrows(
          StoreException.class,
          () ->
              model.fit(
                  Tiny.TRAIN, Tiny.epochs(3), writing, Checkpoints.everyEpoch(folder).keep(1)));
    }
    try (Model<Prediction> model = latest()) {
      assertEquals(1, model.epochsTrained());
    }
  }

  /** A custom layer that Checkpoints does not know. */
  record Half() implements Layer {
    @Override
    public String kind() {
      return "half";
    }

    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
      return context.tf().math.mul(input, context.tf().constant(0.5f));
    }
  }

  @Test
  void refusesAnUnknownLayerBeforeTheFirstStep() {
    Network network = Network.of(Shape.of(28, 28, 1), new Half(), flatten(), dense(10));
    try (Model<Prediction> model = Model.of(network, Tasks.classification(), sgd(0.1))) {
      IllegalArgumentException fault =
          assertThrows(
              IllegalArgumentException.class,
              () -> model.fit(Tiny.TRAIN, Tiny.epochs(1), Checkpoints.everyEpoch(folder)));
      assertTrue(fault.getMessage().contains("half"), fault::getMessage);
      assertEquals(0, model.stepsTrained());
      assertFalse(Files.exists(folder));

      ModelJson json =
          ModelJson.standard().network(NetworkJson.standard().withLayer("half", Half.class));
      model.fit(Tiny.TRAIN, Tiny.epochs(1), Checkpoints.everyEpoch(folder).json(json));
      assertEquals(List.of("epoch-0001"), names());
    }
  }

  @Test
  void refusesAnOccupiedNameBeforeTheFirstStep() throws IOException {
    write(folder.resolve("epoch-0009/notes.txt"));
    write(folder.resolve("epoch-0003/notes.txt"));
    try (Model<Prediction> model = Tiny.model()) {
      StoreException fault =
          assertThrows(
              StoreException.class,
              () -> model.fit(Tiny.TRAIN, Tiny.epochs(5), Checkpoints.everyEpoch(folder)));
      assertTrue(fault.getMessage().contains("epoch-0003"), fault::getMessage);
      assertEquals(0, model.stepsTrained());
      // The other one is beyond the end of this run.
      Files.delete(folder.resolve("epoch-0003/notes.txt"));
      model.fit(Tiny.TRAIN, Tiny.epochs(5), Checkpoints.everyEpoch(folder));
    }
  }

  @Test
  void refusesTheFolderOfASavedModel() {
    Path saved = parent.resolve("model");
    try (Model<Prediction> model = Tiny.model()) {
      model.save(saved);
      for (TrainingListener listener :
          List.of(
              Checkpoints.everyEpoch(saved),
              Checkpoints.everyEpoch(saved.resolve("checkpoints")),
              CsvHistory.to(saved.resolve("history.csv")),
              JsonHistory.to(saved.resolve("history.json")),
              TensorBoardListener.into(saved),
              TensorBoardListener.into(saved.resolve("logs")))) {
        StoreException fault =
            assertThrows(
                StoreException.class, () -> model.fit(Tiny.TRAIN, Tiny.epochs(1), listener));
        assertTrue(fault.getMessage().contains(saved.toString()), fault::getMessage);
        assertEquals(0, model.stepsTrained());
      }
      model.save(saved);
    }
  }

  /** After a good epoch, the steps of the next one make the weights diverge. */
  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void endsTrainingAndReplacesNothingIfAValueIsNotFinite(int steps) {
    Checkpoints checkpoints =
        steps == 0 ? Checkpoints.everyEpoch(folder) : Checkpoints.everySteps(folder, steps);
    FitOptions options =
        FitOptions.upTo(3)
            .batchSize(25)
            .learningRate(
                moment -> moment.step() < moment.stepsPerEpoch() ? 0.01 : Float.MAX_VALUE);
    try (Model<Prediction> model = Model.of(Tiny.NETWORK, Tasks.classification(), sgd(0.01))) {
      NotFiniteException fault =
          assertThrows(
              NotFiniteException.class, () -> model.fit(Tiny.TRAIN, options, checkpoints.keep(1)));
      assertTrue(fault.variable().isPresent(), fault::getMessage);
      assertTrue(model.stepsTrained() > 3, fault::getMessage);
    }
    assertEquals(List.of("epoch-0001"), names());
    try (Model<Prediction> last = latest()) {
      assertEquals(Optional.empty(), last.firstNotFinite());
    }
    assertEquals(List.of(), messages);
  }

  /** Earlier versions saved such checkpoints. */
  @Test
  void skipsACheckpointThatIsNotFinite() throws IOException {
    train(2);
    Path second = folder.resolve("epoch-0002");
    Map<String, Content> files = new LinkedHashMap<>();
    try (SavedFiles sound = SavedFiles.open(second)) {
      for (String name : sound.names()) {
        byte[] bytes = sound.bytes(name);
        if (name.equals("variables.bin")) {
          bytes[2] = (byte) 0xc0;
          bytes[3] = (byte) 0x7f; // A NaN, least significant byte first.
        }
        files.put(name, out -> out.write(bytes));
      }
    }
    SavedFiles.write(second, files);
    try (Model<Prediction> model = latest()) {
      assertEquals(1, model.epochsTrained());
      assertEquals(1, messages.size());
      assertTrue(messages.get(0).contains(second.toString()), messages.get(0));
      assertTrue(messages.get(0).contains("not all finite"), messages.get(0));
      model.fit(Tiny.TRAIN, Tiny.epochs(1), Checkpoints.everyEpoch(folder));
    }
    latest().close();
    assertEquals(1, messages.size());
  }

  @Test
  void toleratesFilesThatDesktopsCreateInCheckpoints() {
    TrainingListener desktop =
        Tiny.onSettled(
            training -> names().forEach(name -> write(folder.resolve(name).resolve(".DS_Store"))));
    try (Model<Prediction> model = Tiny.model()) {
      model.fit(Tiny.TRAIN, Tiny.epochs(4), Checkpoints.everySteps(folder, 1).keep(2), desktop);
    }
    assertEquals(List.of("epoch-0003-batch-00002", "epoch-0004"), names());
    latest().close();
  }

  @Test
  void refusesASecondRunInTheSameFolder() {
    try (Model<Prediction> first = Tiny.model();
        Model<Prediction> second = Tiny.model()) {
      StoreException[] fault = new StoreException[1];
      first.fit(
          Tiny.TRAIN,
          Tiny.epochs(2),
          Checkpoints.everyEpoch(folder),
          Tiny.onEpoch(
              (training, result) ->
                  fault[0] =
                      CompletableFuture.supplyAsync(
                              () ->
                                  assertThrows(
                                      StoreException.class,
                                      () ->
                                          second.fit(
                                              Tiny.TRAIN,
                                              Tiny.epochs(1),
                                              Checkpoints.everyEpoch(folder))))
                          .join()));
      assertTrue(fault[0].getMessage().startsWith(folder + " is in use"), fault[0]::getMessage);
      assertEquals(0, second.stepsTrained());
    }
    assertEquals(List.of("epoch-0001", "epoch-0002"), names());
  }

  /** Also after an exception, since the caller may catch it and train again. */
  @Test
  void releasesTheFolderWhenTrainingEnds() throws IOException {
    try (Model<Prediction> model = Tiny.model()) {
      assertThrows(
          IllegalStateException.class,
          () ->
              model.fit(
                  Tiny.TRAIN,
                  Tiny.epochs(1),
                  Checkpoints.everySteps(folder, 1),
                  CsvHistory.to(parent.resolve("history.csv")),
                  Tiny.onEpoch(
                      (training, result) -> {
                        throw new IllegalStateException("no paper");
                      })));
      CompletableFuture.runAsync(
              () ->
                  model.fit(
                      Tiny.TRAIN,
                      Tiny.epochs(1),
                      Checkpoints.everySteps(folder, 1),
                      CsvHistory.to(parent.resolve("history.csv"))))
          .join();
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertTrue(files.noneMatch(file -> file.endsWith(".lock")));
    }
  }

  @Test
  void loadsTheLatestWhileAnotherRunSaves() {
    train(1);
    CompletableFuture<Void> training =
        CompletableFuture.runAsync(
            () -> {
              try (Model<Prediction> model = latest()) {
                model.fit(Tiny.TRAIN, Tiny.epochs(12), Checkpoints.everySteps(folder, 1).keep(1));
              }
            });
    int loaded = 0;
    do {
      latest().close();
      loaded++;
    } while (!training.isDone());
    training.join();
    assertTrue(loaded > 0);
  }

  private static void write(Path file) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, "mine");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void refusesToOverwriteTheCheckpointsOfAnotherRun() {
    train(2);
    try (Model<Prediction> fresh = Tiny.model()) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> fresh.fit(Tiny.TRAIN, Tiny.epochs(1), Checkpoints.everyEpoch(folder)))
              .getMessage();
      assertTrue(message.startsWith(folder.resolve("epoch-0002") + " "), message);
      assertTrue(message.contains("Checkpoints.latest"), message);
      assertEquals(0, fresh.stepsTrained());
    }
  }

  @Test
  void refusesBadSettings() {
    assertEquals(
        "keep must be at least 1: 0",
        assertThrows(IllegalArgumentException.class, () -> Checkpoints.everyEpoch(folder).keep(0))
            .getMessage());
    try (Model<Prediction> model = Tiny.model()) {
      assertEquals(
          "Checkpoints.best monitors val_loss, which needs validation examples: add"
              + " validateOn(examples) or validationShare(0.1) to fit's options",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> model.fit(Tiny.TRAIN, Tiny.epochs(1), Checkpoints.best(folder, "val_loss")))
              .getMessage());
    }
  }
}
