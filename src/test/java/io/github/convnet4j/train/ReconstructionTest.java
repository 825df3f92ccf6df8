package io.github.convnet4j.train;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.optimizer.Optimizers.sgd;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.ExampleSet;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.evaluate.Metrics;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.initializer.Initializers;
import io.github.convnet4j.layer.Layers;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Tasks;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** Images as targets: the network's own input, or another image. */
class ReconstructionTest {
  /** Each pixel is y = w x + b, at first 0. */
  private static Network scaled(int height, int width) {
    return Network.of(
        Shape.of(height, width, 1), conv2d(1, 1).kernelInitializer(Initializers.zeros()));
  }

  @TempDir Path folder;

  @Test
  void aStepOfMeanSquaredErrorMatchesTheFormula() {
    ExampleSet images =
        ExampleSet.builder()
            .input("image", new float[] {1, 2, 3, 4}, 1, 2, 1)
            .target("image", new float[] {2, 4, 6, 8}, 1, 2, 1)
            .build();
    try (Model<float[]> model = Model.of(scaled(1, 2), Tasks.reconstruction(), sgd(0.1))) {
      History history = model.fit(images, FitOptions.epochs(1));
      // The targets are twice the inputs. The loss is the mean of y² over images and pixels, and
      // its derivative with respect to a pixel's output is -2 y / 4.
      assertEquals((4 + 16 + 36 + 64) / 4.0, history.last().cost(), 1e-5);
      assertEquals((2 + 4 + 6 + 8) / 4.0, history.last().value("mean_absolute_error"), 1e-6);
      float w = 0.1f * (1 * 2 + 2 * 4 + 3 * 6 + 4 * 8) * 2 / 4;
      float b = 0.1f * (2 + 4 + 6 + 8) * 2 / 4;
      assertArrayEquals(new float[] {w}, model.weights("conv2d/kernel"), 1e-5f);
      assertArrayEquals(new float[] {b}, model.weights("conv2d/bias"), 1e-5f);
      assertArrayEquals(
          new float[] {5 * w + b, 6 * w + b}, model.predict(new float[] {5, 6}), 1e-5f);
    }
  }

  @Test
  void learnsToReturnItsInput() {
    DataSet images = TinyImages.of(40, 1);
    Source twins = images.withInputsAsTargets();
    try (Model<float[]> model = Model.of(scaled(4, 4), Tasks.reconstruction(), adam(0.05))) {
      History history =
          model.fit(
              twins,
              FitOptions.epochs(60).batchSize(10).validationShare(0.2).metrics(Metrics.psnr()));
      Scores scores = model.evaluate(TinyImages.of(10, 2).withInputsAsTargets());
      assertTrue(scores.value("mean_absolute_error") < 0.02, scores::toString);
      // A mean squared error of 0.001 is 30 dB.
      assertTrue(history.last().value("val_psnr") > 30, history::toString);
      assertTrue(scores.confusionMatrix().isEmpty());
      assertArrayEquals(images.imageFloats(0), model.predictPixels(images.image(0)), 0.1f);
      assertEquals(1, model.weights("conv2d/kernel")[0], 0.1);
    }
  }

  @Test
  void withSigmoidCrossEntropyTargetsAreFromZeroToOne() {
    ExampleSet tooLarge =
        ExampleSet.builder().input("image", new float[] {0.5f, 0, 0.5f, 2}, 1, 2, 1).build();
    ExampleSet good = ExampleSet.builder().input("image", new float[] {0, 1}, 1, 2, 1).build();
    try (Model<float[]> model =
        Model.of(
            scaled(1, 2), Tasks.reconstruction().loss(Losses.sigmoidCrossEntropy()), sgd(0.1))) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> model.evaluate(tooLarge.withInputsAsTargets()))
              .getMessage();
      assertTrue(message.startsWith("targets of example 1: "), message);
      assertTrue(message.contains("target 1") && message.endsWith("2.0"), message);
      assertArrayEquals(new float[] {0.5f, 0.5f}, model.predict(new float[2]));
      assertEquals(Math.log(2), model.evaluate(good.withInputsAsTargets()).loss(), 1e-6);
    }
  }

  @Test
  void refusesLogitsWithASigmoidAndTargetsOfAnotherShape() {
    Network sigmoid = Network.of(Shape.of(4, 4, 1), conv2d(1, 1), Layers.sigmoid());
    String logits =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    Model.of(
                        sigmoid,
                        Tasks.reconstruction().loss(Losses.sigmoidCrossEntropy()),
                        sgd(0.1)))
            .getMessage();
    assertTrue(logits.contains("sigmoid()"), logits);
    try (Model<float[]> model = Model.of(sigmoid, Tasks.reconstruction(), sgd(0.1))) {
      String shape =
          assertThrows(IllegalArgumentException.class, () -> model.evaluate(TinyImages.of(2, 1)))
              .getMessage();
      assertTrue(shape.contains("[4, 4, 1]") && shape.contains("[2]"), shape);
    }
  }

  @Test
  void aLoadedModelAndAnExportReturnTheSameImages() {
    DataSet images = TinyImages.of(10, 1);
    Path export = folder.resolve("export");
    try (Model<float[]> model = Model.of(scaled(4, 4), Tasks.reconstruction(), adam(0.05))) {
      model.fit(images.withInputsAsTargets(), FitOptions.epochs(2));
      float[] expected = model.predictPixels(images.image(3));
      model.save(folder.resolve("saved"));
      try (Model<float[]> loaded = Model.load(folder.resolve("saved"), float[].class)) {
        assertArrayEquals(expected, loaded.predictPixels(images.image(3)));
        assertEquals(model.history(), loaded.history());
        loaded.exportSavedModel(export);
      }
      try (SavedModelBundle bundle =
              SavedModelBundle.load(export.toString(), SavedModelBundle.DEFAULT_TAG);
          TFloat32 in = Tensors.of(Shape.of(1, 4, 4, 1), images.imageFloats(3));
          Result out = bundle.function("serving_default").call(Map.of("images", in))) {
        assertArrayEquals(expected, Tensors.floats(out.get("predictions").orElseThrow()), 1e-6f);
      }
    }
  }
}
