package io.github.convnet4j.inspect;

import static io.github.convnet4j.layer.Layers.averagePool;
import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.concat;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.residual;
import static io.github.convnet4j.layer.Layers.separableConv2d;
import static io.github.convnet4j.layer.Layers.sequence;
import static io.github.convnet4j.layer.Nodes.add;
import static io.github.convnet4j.layer.Nodes.input;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.layer.Input;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.Node;
import io.github.convnet4j.layer.Nodes;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import io.github.convnet4j.train.Normalization;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** An inspection computes the same as its model. */
class InspectionTest {
  private static final DataSet DIGITS = BundledDigits.read().train().subset(0, 40);

  private static final Network NETWORK =
      Network.of(
          Shape.of(28, 28, 1),
          averagePool(2),
          sequence(conv2d(4, 3), batchNorm(), relu(), maxPool(2), dropout(0.4)),
          residual(conv2d(8, 3).stride(2), batchNorm()),
          concat(separableConv2d(3, 3), conv2d(2, 1)),
          dropout(0.2),
          flatten(),
          dense(10));

  private static Model<Prediction> trained() {
    Model<Prediction> model =
        Model.of(
            NETWORK,
            Tasks.classification(),
            adam(0.01),
            ModelOptions.seed(3).normalization(Normalization.of(0.3f, 0.4f)));
    model.fit(DIGITS, FitOptions.epochs(2).batchSize(20));
    return model;
  }

  /** With a call of the session for each variable, it took hours. */
  @Test
  void opensForHundredsOfLayers() {
    Layer[] layers = new Layer[400];
    Arrays.fill(layers, dense(3));
    Network deep = Network.of(Shape.of(3), layers);
    try (Model<Prediction> model = Model.of(deep, Tasks.classification(), adam(0.01))) {
      float[] logits =
          assertTimeoutPreemptively(
              Duration.ofMinutes(2),
              () -> {
                try (Inspection inspection = Inspection.of(model)) {
                  return inspection.logits(new float[] {1, 2, 3});
                }
              });
      assertEquals(3, logits.length);
    }
  }

  @Test
  void logitsMatchTheModelsProbabilities() {
    try (Model<Prediction> model = trained();
        Inspection inspection = Inspection.of(model)) {
      for (int i = 0; i < 5; i++) {
        float[] image = DIGITS.imageFloats(i);
        assertArrayEquals(
            model.predict(image).probabilities(), softmax(inspection.logits(image)), 1e-5f);
      }
    }
  }

  @Test
  void aModelWithMixedPrecisionIsInspectedInFullPrecision() {
    float[] image = DIGITS.imageFloats(0);
    ModelOptions options = ModelOptions.seed(3);
    try (Model<Prediction> full = Model.of(NETWORK, Tasks.classification(), adam(0.01), options);
        Model<Prediction> mixed =
            Model.of(NETWORK, Tasks.classification(), adam(0.01), options.mixedPrecision());
        Inspection expected = Inspection.of(full);
        Inspection actual = Inspection.of(mixed)) {
      assertFalse(
          Arrays.equals(full.predict(image).probabilities(), mixed.predict(image).probabilities()));
      assertArrayEquals(expected.logits(image), actual.logits(image));
      List<LayerOutput> outputs = expected.layerOutputs(image);
      for (int i = 0; i < outputs.size(); i++) {
        assertArrayEquals(
            outputs.get(i).values(),
            actual.layerOutputs(image).get(i).values(),
            outputs.get(i)::toString);
      }
      assertArrayEquals(
          expected.saliency(image, 4).gradient(), actual.saliency(image, 4).gradient());
      assertArrayEquals(expected.gradCam(image, 4).map(), actual.gradCam(image, 4).map());
    }
  }

  private static float[] softmax(float[] logits) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit);
    }
    float[] probabilities = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = (float) (Math.exp(logits[i]) / sum);
    }
    return probabilities;
  }

  @Test
  void returnsTheOutputsOfLayersAtAnyDepth() {
    try (Model<Prediction> model = trained();
        Inspection inspection = Inspection.of(model)) {
      List<LayerOutput> outputs = inspection.layerOutputs(DIGITS.imageFloats(0));
      assertEquals(
          List.of(
              "average_pool [14, 14, 1]",
              "sequence/conv2d [14, 14, 4]",
              "sequence/batch_norm [14, 14, 4]",
              "sequence/relu [14, 14, 4]",
              "sequence/max_pool [7, 7, 4]",
              "residual/conv2d [4, 4, 8]",
              "residual/batch_norm [4, 4, 8]",
              "residual/projection [4, 4, 8]",
              "residual [4, 4, 8]",
              "concat/separable_conv2d [4, 4, 3]",
              "concat/conv2d [4, 4, 2]",
              "concat [4, 4, 5]",
              "flatten [80]",
              "dense [10]"),
          outputs.stream().map(LayerOutput::toString).toList());
      LayerOutput last = outputs.get(outputs.size() - 1);
      assertArrayEquals(inspection.logits(DIGITS.imageFloats(0)), last.values());
    }
  }

  /** A network that is not a chain: its merges have outputs like its layers. */
  @Test
  void returnsTheOutputsOfMerges() {
    Input image = input("image", 28, 28, 1);
    Node maps = image.then(maxPool(2), conv2d(4, 3), relu());
    Node joined = Nodes.concat(maps, add(maps.then(conv2d(4, 3)), maps)); // [14, 14, 8]
    Network network = Network.of(image, joined.then(flatten(), dense(10)));
    try (Model<Prediction> classifier = Model.of(network, Tasks.classification(), adam(0.01));
        Inspection inspection = Inspection.of(classifier)) {
      assertEquals(
          List.of(
              "max_pool [14, 14, 1]",
              "conv2d [14, 14, 4]",
              "relu [14, 14, 4]",
              "conv2d_1 [14, 14, 4]",
              "add [14, 14, 4]",
              "concat [14, 14, 8]",
              "flatten [1568]",
              "dense [10]"),
          inspection.layerOutputs(DIGITS.imageFloats(0)).stream()
              .map(LayerOutput::toString)
              .toList());
      assertEquals("concat", inspection.gradCamLayer().orElseThrow());
      assertEquals(1568, inspection.embeddingLength());
      float[] image0 = DIGITS.imageFloats(0);
      assertArrayEquals(
          classifier.predict(image0).probabilities(), softmax(inspection.logits(image0)), 1e-5f);
    }
  }

  @Test
  void theChannelsOfALayerAreItsMaps() {
    try (Model<Prediction> model = trained();
        Inspection inspection = Inspection.of(model)) {
      List<LayerOutput> outputs = inspection.layerOutputs(DIGITS.imageFloats(0));
      LayerOutput relu = outputs.get(3);
      float[] values = relu.values();
      for (int channel = 0; channel < 4; channel++) {
        float[] map = relu.map(channel);
        assertEquals(14 * 14, map.length);
        for (int i = 0; i < map.length; i++) {
          assertEquals(values[i * 4 + channel], map[i]);
        }
      }
      assertThrows(IndexOutOfBoundsException.class, () -> relu.map(4));
      LayerOutput dense = outputs.get(13);
      assertThrows(IllegalStateException.class, () -> dense.map(0));
    }
  }

  @Test
  void averagePoolIsTheMeanOfNormalizedPixels() {
    try (Model<Prediction> model = trained();
        Inspection inspection = Inspection.of(model)) {
      float[] image = DIGITS.imageFloats(2);
      float[] pooled = inspection.layerOutputs(image).get(0).values();
      int at = 10 * 28 + 14; // the upper left of the four pixels pooled into row 5, column 7
      float mean = (image[at] + image[at + 1] + image[at + 28] + image[at + 29]) / 4;
      assertEquals((mean - 0.3f) / 0.4f, pooled[5 * 14 + 7], 1e-6f);
    }
  }

  @Test
  void outlivesItsModel() {
    Model<Prediction> model = trained();
    try (Inspection inspection = Inspection.of(model)) {
      float[] before = inspection.logits(DIGITS.imageFloats(0));
      model.close();
      assertArrayEquals(before, inspection.logits(DIGITS.imageFloats(0)));
    }
    assertThrows(IllegalStateException.class, () -> Inspection.of(model));
  }

  @Test
  void refusesBadArgumentsByName() {
    try (Model<Prediction> model = trained();
        Inspection inspection = Inspection.of(model)) {
      float[] image = DIGITS.imageFloats(0);
      assertMessage(
          "image must have the network's input shape [28, 28, 1], 784 values: 3",
          () -> inspection.logits(new float[3]));
      assertMessage("classIndex must be from 0 to 9: 10", () -> inspection.saliency(image, 10));
      assertMessage("classIndex must be from 0 to 9: -1", () -> inspection.gradCam(image, -1));
      assertMessage(
          "layer must have an output [height, width, channels]: flatten has [80]",
          () -> inspection.gradCam(image, 0, "flatten"));
      assertMessage(
          "no layer is named conv: the layers are average_pool, sequence/conv2d,"
              + " sequence/batch_norm, sequence/relu, sequence/max_pool, sequence/dropout,"
              + " sequence, residual/conv2d, residual/batch_norm, residual/projection, residual,"
              + " concat/separable_conv2d, concat/conv2d, concat, dropout, flatten, dense",
          () -> inspection.gradCam(image, 0, "conv"));
    }
  }

  private static void assertMessage(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }
}
