package io.github.convnet4j.inspect;

import static io.github.convnet4j.layer.Layers.averagePool;
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

import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.Model;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

class GradCamTest {
  /**
   * A 1x1 convolution of stride 2 reads four pixels x of 4x4 and gives two maps of 2x2, x and -2x.
   * The logit of class 0 weights the first map by 1, 2, 3, 4 and the second by 1; that of class 1
   * weights the first by 0 and the second by 1.
   */
  private static final Network HAND_MADE =
      Network.of(
          Shape.of(4, 4, 1),
          conv2d(2, 1).stride(2).withoutBias().kernelInitializer(Given.values(1, -2)),
          flatten(),
          dense(2)
              .kernelInitializer(
                  Given.values(
                      1, 0, 1, 1, // first pixel: map 0, map 1; each for class 0, class 1
                      2, 0, 1, 1, 3, 0, 1, 1, 4, 0, 1, 1)));

  // The convolution reads 4 at (0, 0), 0 at (0, 2), 0 at (2, 0) and 8 at (2, 2).
  private static final float[] IMAGE = {4, 9, 0, 9, 9, 9, 9, 9, 0, 9, 8, 9, 9, 9, 9, 9};

  @Test
  void isTheSumOfMapsWeightedByMeanGradients() {
    try (Model<Prediction> model = Model.of(HAND_MADE, Tasks.classification(), adam(0.1))) {
      GradCam cam = GradCam.of(model, IMAGE, 0);
      assertEquals("conv2d", cam.layer());
      assertEquals(2, cam.height());
      assertEquals(2, cam.width());
      // Mean gradients: (1 + 2 + 3 + 4) / 4 = 2.5 and 1; the sum is 2.5 x - 2 x = x / 2.
      assertArrayEquals(new float[] {2, 0, 0, 4}, cam.map());
    }
  }

  @Test
  void setsNegativeEvidenceToZero() {
    try (Model<Prediction> model = Model.of(HAND_MADE, Tasks.classification(), adam(0.1))) {
      // Mean gradients 0 and 1; the sum is -2 x, which is never positive.
      assertArrayEquals(new float[4], GradCam.of(model, IMAGE, 1).map());
    }
  }

  @Test
  void enlargesTheMapBilinearlyToTheImage() {
    try (Model<Prediction> model = Model.of(HAND_MADE, Tasks.classification(), adam(0.1))) {
      // Pixel centers 0.5, 1.5, 2.5, 3.5 lie at 0, 0.25, 0.75 and 1 between the two rows. At the
      // fractions a down and b across, (2, 0; 0, 4) becomes
      // 2 (1 - a) (1 - b) + 4 a b.
      float[] shares = {0, 0.25f, 0.75f, 1};
      float[] expected = new float[16];
      for (int i = 0; i < 16; i++) {
        float a = shares[i / 4];
        float b = shares[i % 4];
        expected[i] = 2 * (1 - a) * (1 - b) + 4 * a * b;
      }
      assertArrayEquals(expected, GradCam.of(model, IMAGE, 0).overImage(), 1e-6f);
    }
  }

  @Test
  void usesTheLastConvolutionOrALayerOfTheSameSizeAfterIt() {
    assertEquals(
        Optional.of("relu_1"),
        layer(
            conv2d(2, 3),
            relu(),
            maxPool(2),
            conv2d(3, 3),
            batchNorm(),
            relu(),
            maxPool(2),
            flatten(),
            dense(2)));
    assertEquals(
        Optional.of("relu"),
        layer(
            conv2d(2, 3),
            residual(conv2d(2, 3), batchNorm()),
            relu(),
            globalAveragePool(),
            dense(2)));
    assertEquals(Optional.of("average_pool"), layer(averagePool(2), flatten(), dense(2)));
    assertEquals(Optional.of("conv2d"), layer(conv2d(2, 3), dropout(0.5), flatten(), dense(2)));
    assertEquals(Optional.empty(), layer(flatten(), dense(3), relu(), dense(2)));
  }

  private static Optional<String> layer(Layer... layers) {
    try (Model<Prediction> model =
            Model.of(Network.of(Shape.of(8, 8, 1), layers), Tasks.classification(), adam(0.1));
        Inspection inspection = Inspection.of(model)) {
      return inspection.gradCamLayer();
    }
  }

  @Test
  void anEarlierLayerCanBeGivenByName() {
    Network network =
        Network.of(Shape.of(8, 8, 1), conv2d(2, 3), maxPool(2), conv2d(3, 3), flatten(), dense(2));
    try (Model<Prediction> model = Model.of(network, Tasks.classification(), adam(0.1));
        Inspection inspection = Inspection.of(model)) {
      float[] image = new float[64];
      image[20] = 1;
      assertEquals(8, inspection.gradCam(image, 1, "conv2d").height());
      assertEquals(4, inspection.gradCam(image, 1, "conv2d_1").height());
      assertEquals(4, inspection.gradCam(image, 1, "max_pool").height());
      assertEquals("conv2d_1", inspection.gradCam(image, 1).layer());
    }
  }

  @Test
  void refusesANetworkWithoutFeatureMaps() {
    Network network = Network.of(Shape.of(8, 8, 1), flatten(), dense(2));
    try (Model<Prediction> model = Model.of(network, Tasks.classification(), adam(0.1))) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> GradCam.of(model, new float[64], 0))
              .getMessage();
      assertTrue(message.contains("[height, width, channels]"), message);
    }
  }
}
