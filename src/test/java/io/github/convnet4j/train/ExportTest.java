package io.github.convnet4j.train;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.globalAveragePool;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.residual;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.picture.PictureFormat.Fit;
import io.github.convnet4j.picture.PictureFormat.Rgb;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.task.Classification;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * Exports SavedModels and reads them back with TensorFlow Java. {@code
 * src/test/python/check_export.py} reads them with TensorFlow in Python and compares with the
 * {@code expected.json} written here.
 */
class ExportTest {
  private static final Path EXPORTS = Path.of("target", "exports");
  private static final Path KINDS = Path.of("src/test/resources/io/github/convnet4j/picture/kinds");
  private static final List<String> PICTURES =
      List.of("rgb.jpg", "rgb-8.png", "rgba-8.png", "gray-16.png", "palette-2.png", "cmyk.jpg");

  /** What a pixel that is rounded differently changes in a probability. */
  private static final float OF_PICTURES = 0.005f;

  @TempDir Path folder;

  @Test
  void grayImagesWithoutNormalization() throws IOException {
    Network network =
        Network.of(
            Shape.of(28, 28, 1),
            conv2d(8, 3).stride(2),
            relu(),
            maxPool(2),
            dropout(0.3),
            flatten(),
            dense(10));
    DataSets digits = BundledDigits.read();
    try (Model<Prediction> model =
        Model.of(network, Tasks.classification(), adam(0.01), ModelOptions.seed(777))) {
      model.fit(digits.train(), FitOptions.epochs(1));
      export("grey", model, digits.test().subset(0, 20));
    }
  }

  @Test
  void colorImagesWithNormalizationAndSigmoid() throws IOException {
    DataSet images = colorNoise(40);
    Network network =
        Network.of(
            Shape.of(8, 6, 3),
            conv2d(4, 3),
            batchNorm().momentum(0.5),
            relu(),
            residual(conv2d(6, 3), batchNorm(), relu()),
            globalAveragePool(),
            dense(3));
    Classification task = Tasks.classification().loss(Losses.sigmoidCrossEntropy());
    ModelOptions options =
        ModelOptions.seed(1)
            .normalization(Normalization.of(images))
            .pictures(
                PictureFormat.asTheyAre().fit(Fit.PAD).padding(new Rgb(90, 9, 0)).inverted(true));
    try (Model<Prediction> model = Model.of(network, task, adam(0.01), options)) {
      model.fit(images, FitOptions.epochs(3).batchSize(16));
      export("colour", model, images);
    }
  }

  private static DataSet colorNoise(int n) {
    Random random = new Random(5);
    byte[] pixels = new byte[n * 8 * 6 * 3];
    random.nextBytes(pixels);
    return DataSet.of(pixels, random.ints(n, 0, 3).toArray(), Shape.of(8, 6, 3), 3);
  }

  private static void export(String name, Model<Prediction> model, DataSet images)
      throws IOException {
    Path place = EXPORTS.resolve(name);
    delete(place);
    model.exportSavedModel(place.resolve("model"));
    List<Prediction> predictions = model.predict(images);
    Map<String, float[]> ofPictures = new TreeMap<>();
    Files.createDirectories(place.resolve("pictures"));
    for (String picture : PICTURES) {
      Path file = place.resolve("pictures").resolve(picture);
      Files.copy(KINDS.resolve(picture), file);
      ofPictures.put(picture, model.predict(file).probabilities());
    }
    Map<String, Object> expected =
        Map.of(
            "pictures", ofPictures,
            "images", images.batch(0, images.size()).images(),
            "shape", List.of(images.size(), images.height(), images.width(), images.channels()),
            "probabilities", predictions.stream().map(Prediction::probabilities).toList(),
            "classes", predictions.stream().map(Prediction::classIndex).toList());
    new ObjectMapper().writeValue(place.resolve("expected.json").toFile(), expected);
    checkInJava(place.resolve("model"), images, predictions);
    checkPicturesInJava(place, ofPictures);
    checkAssets(place.resolve("model"), model);
  }

  /** A batch of pictures of different sizes and kinds. */
  private static void checkPicturesInJava(Path place, Map<String, float[]> expected)
      throws IOException {
    byte[][] files = new byte[expected.size()][];
    int next = 0;
    for (String picture : expected.keySet()) {
      files[next++] = Files.readAllBytes(place.resolve("pictures").resolve(picture));
    }
    try (SavedModelBundle bundle =
            SavedModelBundle.load(place.resolve("model").toString(), SavedModelBundle.DEFAULT_TAG);
        TString in = TString.tensorOfBytes(NdArrays.vectorOfObjects(files));
        Result out = bundle.function("predict_pictures").call(Map.of("pictures", in))) {
      TFloat32 probabilities = (TFloat32) out.get("probabilities").orElseThrow();
      next = 0;
      for (float[] of : expected.values()) {
        for (int c = 0; c < of.length; c++) {
          assertEquals(of[c], probabilities.getFloat(next, c), OF_PICTURES);
        }
        next++;
      }
    }
  }

  private static void checkAssets(Path exported, Model<Prediction> model) throws IOException {
    Path assets = exported.resolve("assets");
    assertEquals(model.classNames(), Files.readAllLines(assets.resolve("classes.txt")));
    JsonNode json = new ObjectMapper().readTree(assets.resolve("model.json").toFile());
    assertEquals(1, json.path("version").intValue());
    assertEquals(model.classNames().size(), json.path("outputs").path(0).path("names").size());
    JsonNode format = json.path("pictures").path(0);
    assertEquals(
        model.pictureFormat().size().orElseThrow().height(),
        format.path("size").path(0).intValue());
    assertEquals(model.pictureFormat().colour().name(), format.path("colour").textValue());
    assertEquals(model.pictureFormat().inverted(), format.path("inverted").booleanValue());
    assertEquals(
        model.options().normalization().mean().size(),
        json.path("normalization").path("mean").size());
  }

  /** Tables and networks with several inputs have no pictures. */
  @Test
  void withoutPicturesThereIsOneSignature() throws IOException {
    for (Shape shape : List.of(Shape.of(3), Shape.of(4, 4, 2))) {
      Network network = Network.of(shape, flatten(), dense(2));
      Path to = folder.resolve(shape.numDimensions() + "");
      try (Model<Prediction> model = Model.of(network, Tasks.classification("a", "b"), adam(0.1))) {
        model.exportSavedModel(to);
      }
      try (SavedModelBundle bundle =
          SavedModelBundle.load(to.toString(), SavedModelBundle.DEFAULT_TAG)) {
        assertEquals(
            List.of("serving_default"), bundle.signatures().stream().map(Signature::key).toList());
      }
      JsonNode json =
          new ObjectMapper().readTree(to.resolve("assets").resolve("model.json").toFile());
      assertEquals(0, json.path("pictures").size());
      assertEquals(List.of("a", "b"), Files.readAllLines(to.resolve("assets/classes.txt")));
    }
  }

  private static void checkInJava(Path model, DataSet images, List<Prediction> expected) {
    try (SavedModelBundle bundle =
            SavedModelBundle.load(model.toString(), SavedModelBundle.DEFAULT_TAG);
        TFloat32 in =
            Tensors.of(
                Shape.of(images.size(), images.height(), images.width(), images.channels()),
                images.batch(0, images.size()).images());
        Result out = bundle.function("serving_default").call(Map.of("images", in))) {
      TFloat32 probabilities = (TFloat32) out.get("probabilities").orElseThrow();
      TInt64 classes = (TInt64) out.get("classes").orElseThrow();
      for (int i = 0; i < expected.size(); i++) {
        assertEquals(expected.get(i).classIndex(), classes.getLong(i));
        float[] row = new float[images.classes()];
        for (int c = 0; c < row.length; c++) {
          row[c] = probabilities.getFloat(i, c);
        }
        assertArrayEquals(expected.get(i).probabilities(), row, 1e-6f);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  @Test
  void rejectsAFolderThatIsNotEmpty() throws IOException {
    Files.writeString(folder.resolve("letter.txt"), "dear");
    Network network = Network.of(Shape.of(2, 2, 1), flatten(), dense(2));
    try (Model<Prediction> model = Model.of(network, Tasks.classification(), adam(0.01))) {
      StoreException error =
          assertThrows(StoreException.class, () -> model.exportSavedModel(folder));
      assertTrue(error.getMessage().contains(folder.toString()), error::getMessage);
      assertTrue(error.getMessage().contains("letter.txt"), error::getMessage);
      assertEquals("dear", Files.readString(folder.resolve("letter.txt")));
      StoreException file =
          assertThrows(
              StoreException.class, () -> model.exportSavedModel(folder.resolve("letter.txt")));
      assertTrue(file.getMessage().contains("letter.txt"), file::getMessage);
      model.exportSavedModel(Files.createDirectory(folder.resolve("empty")));
      assertTrue(Files.exists(folder.resolve("empty").resolve("saved_model.pb")));
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(2, left.count());
    }
  }
}
