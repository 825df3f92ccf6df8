package io.github.convnet4j.train;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.rescaling;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.train.FitOptions.epochs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.ExampleSet;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

/** Inputs on another scale than the images of the training are refused, or a warning is logged. */
class InputScaleTest {
  private static final DataSet UNIT = TinyImages.of(20, 1);
  private static final ExampleSet LARGE = scaled(255);

  @TempDir private Path folder;

  /** The same images with values up to a factor. */
  private static ExampleSet scaled(float factor) {
    float[] pixels = new float[16 * UNIT.size()];
    for (int i = 0; i < UNIT.size(); i++) {
      float[] image = UNIT.imageFloats(i);
      for (int p = 0; p < 16; p++) {
        pixels[16 * i + p] = factor * image[p];
      }
    }
    int[] labels = IntStream.range(0, UNIT.size()).map(UNIT::label).toArray();
    return ExampleSet.builder()
        .input("image", pixels, 4, 4, 1)
        .classTarget("kind", labels, 2)
        .build();
  }

  private static Model<Prediction> model(Layer... layers) {
    List<Layer> all = new ArrayList<>(List.of(layers));
    all.addAll(List.of(flatten(), dense(2)));
    Network network = Network.of(Shape.of(4, 4, 1), all.toArray(Layer[]::new));
    return Model.of(network, Tasks.classification(), adam(0.01));
  }

  private static float[] filled(float value) {
    float[] image = new float[16];
    Arrays.fill(image, value);
    return image;
  }

  private static void assertRefused(Model<Prediction> model, float[] image, String... parts) {
    try (Predictor<Prediction> predictor = model.predictor()) {
      String name = model.network().inputs().keySet().iterator().next();
      for (Runnable predict :
          new Runnable[] {
            () -> model.predict(image),
            () -> model.predict(Map.of(name, image)),
            () -> predictor.predict(image)
          }) {
        String message = assertThrows(IllegalArgumentException.class, predict::run).getMessage();
        assertTrue(message.startsWith("input must"), message);
        for (String part : parts) {
          assertTrue(message.contains(part), message);
        }
      }
    }
  }

  @Test
  void valuesThatAreNotFiniteAreRefused() {
    try (Model<Prediction> model = model()) {
      for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
        float[] image = filled(0);
        image[7] = value;
        assertRefused(model, image, "value 7 is " + value);
      }
    }
  }

  @Test
  void pixelsUpTo255AreRefusedIfTheModelWasTrainedOnPixelsUpTo1() {
    float[] large = filled(255);
    try (Model<Prediction> model = model()) {
      model.predict(large); // Nothing is known about the images before the first training.
      model.fit(UNIT, epochs(1));
      assertRefused(model, large, "255.0", "by 255");
      model.predict(filled(3)); // Much light, but the same scale.
      model.predict(filled(-3));
      model.save(folder);
    }
    try (Model<Prediction> loaded = Model.load(folder, Prediction.class)) {
      assertRefused(loaded, large, "255.0", "by 255");
      Snapshot snapshot = loaded.snapshot(loaded.snapshot().toBytes());
      loaded.restore(snapshot);
      assertRefused(loaded, large, "255.0");
    }
  }

  @Test
  void bytesAreRefusedIfTheModelWasTrainedOnPixelsUpTo255() {
    try (Model<Prediction> model = model(rescaling(1 / 255.0))) {
      model.predictPixels(new byte[16]);
      model.fit(LARGE, epochs(1));
      model.predict(filled(255));
      model.predict(filled(0.5f));
      assertRefused(model, filled(1e5f), "100000.0");
      try (Predictor<Prediction> predictor = model.predictor()) {
        for (Runnable predict :
            new Runnable[] {
              () -> model.predictPixels(new byte[16]), () -> predictor.predictPixels(new byte[16])
            }) {
          String message = assertThrows(IllegalArgumentException.class, predict::run).getMessage();
          assertTrue(message.startsWith("image must be floats"), message);
        }
      }
    }
  }

  /** Numbers that are not images may have any scale. */
  @Test
  void vectorsMayBeOnAnyScale() {
    Network network = Network.of(Shape.of(3), dense(1));
    ExampleSet numbers =
        ExampleSet.builder()
            .input("numbers", new float[] {0, 0.5f, 1, 1, 0, 0.2f}, 3)
            .target("sum", new float[] {1, 2}, 1)
            .build();
    try (Model<float[]> model = Model.of(network, Tasks.regression(), adam(0.01))) {
      model.fit(numbers, epochs(1));
      model.predict(new float[] {1000, 0, 0});
    }
  }

  /** Trains for an epoch, and returns the warnings. */
  private static List<String> warnings(Model<Prediction> model, ExampleSet examples) {
    List<String> warnings = new ArrayList<>();
    Logger logger = Logger.getLogger("io.github.convnet4j");
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord warning) {
            warnings.add(warning.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try (model) {
      model.fit(examples, epochs(2).batchSize(5));
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
    return warnings;
  }

  @Test
  void trainingOnPixelsUpTo255LogsOneWarning() {
    List<String> warnings = warnings(model(), LARGE);
    assertEquals(1, warnings.size(), warnings::toString);
    assertTrue(warnings.get(0).contains("rescaling(1 / 255.0)"), warnings::toString);
  }

  @Test
  void noWarningIsLoggedIfTheValuesAreSmallOrTheModelScalesThem() {
    assertEquals(List.of(), warnings(model(), scaled(1)));
    assertEquals(List.of(), warnings(model(rescaling(1 / 255.0)), LARGE));
    assertEquals(List.of(), warnings(model(batchNorm()), LARGE));
    Model<Prediction> normalized =
        Model.of(
            TinyImages.NETWORK,
            Tasks.classification(),
            adam(0.01),
            ModelOptions.seed(1).normalization(Normalization.of(LARGE)));
    assertEquals(List.of(), warnings(normalized, LARGE));
  }
}
