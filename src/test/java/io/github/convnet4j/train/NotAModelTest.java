package io.github.convnet4j.train;

import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.loss.Loss;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What is taken for a saved model, or for a network, is named in the message. */
class NotAModelTest {
  @TempDir private Path folder;

  private Path saved;

  @BeforeEach
  void save() {
    saved = folder.resolve("model");
    try (Model<Prediction> model =
        Model.of(TinyImages.NETWORK, Tasks.classification(), adam(0.01))) {
      model.save(saved);
      model.exportSavedModel(folder.resolve("exported"));
    }
  }

  private static void assertRefused(Path given, String... parts) {
    for (Runnable read :
        new Runnable[] {
          () -> Model.load(given).close(),
          () -> Model.load(given, Prediction.class).close(),
          () -> Model.readWeights(given),
          () -> Model.readHistory(given, ModelJson.standard())
        }) {
      String message = assertThrows(StoreException.class, read::run).getMessage();
      assertTrue(message.startsWith(given.toString()), message);
      for (String part : parts) {
        assertTrue(message.contains(part), message);
      }
    }
  }

  private Path description() throws IOException {
    try (Stream<Path> files = Files.list(saved)) {
      return files.filter(file -> file.toString().endsWith(".json")).findFirst().orElseThrow();
    }
  }

  @Test
  void anExportedModelIsRecognized() {
    assertRefused(folder.resolve("exported"), "SavedModel", "the model that was exported");
  }

  @Test
  void aFileIsRefusedWithTheFolderItIsIn() throws IOException {
    assertRefused(description(), "is a file", "here " + saved);
    Path other = Files.writeString(folder.resolve("model.h5"), "HDF");
    assertRefused(other, "is a file");
  }

  @Test
  void aFolderOfModelsIsRefusedWithTheFirstOfThem() {
    assertRefused(folder, "such as " + saved);
  }

  @Test
  void theDescriptionOfAModelIsNotANetwork() throws IOException {
    String json = Files.readString(description());
    String message =
        assertThrows(IllegalArgumentException.class, () -> Network.fromJson(json)).getMessage();
    assertTrue(message.contains("saved model") && message.contains("Model.load"), message);
    String keras =
        assertThrows(
                IllegalArgumentException.class,
                () -> Network.fromJson("{\"class_name\": \"Sequential\", \"config\": {}}"))
            .getMessage();
    assertTrue(keras.contains("Keras"), keras);
  }

  /** A loss of a user's. */
  record Mine() implements Loss {
    @Override
    public Operand<TFloat32> perExample(
        Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
      return Losses.softmaxCrossEntropy().perExample(tf, outputs, targets);
    }

    @Override
    public Operand<TFloat32> predictions(Ops tf, Operand<TFloat32> outputs) {
      return tf.nn.softmax(outputs);
    }
  }

  @Test
  void anOwnLossThatIsNotRegisteredSaysHowToRegisterIt() {
    Path own = folder.resolve("own");
    ModelJson json = ModelJson.standard().withLoss("mine", Mine.class);
    try (Model<Prediction> model =
        Model.of(TinyImages.NETWORK, Tasks.classification().loss(new Mine()), adam(0.01))) {
      model.save(own, json);
    }
    String message = assertThrows(StoreException.class, () -> Model.load(own)).getMessage();
    assertTrue(
        message.contains("ModelJson.standard().withLoss(\"mine\", YourLoss.class)"), message);
    Model.load(own, json).close();
  }
}
