package io.github.convnet4j.inspect;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.tanh;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import io.github.convnet4j.train.Normalization;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

class SaliencyTest {
  @Test
  void equalsTheWeightsOfALinearNetwork() {
    Network network = Network.of(Shape.of(4, 3, 1), flatten(), dense(5));
    try (Model<Prediction> model =
        Model.of(network, Tasks.classification(), adam(0.1), ModelOptions.seed(9))) {
      float[] kernel = model.weights("dense/kernel"); // [12, 5]
      for (int classIndex = 0; classIndex < 5; classIndex++) {
        float[] column = new float[12];
        float[] absolute = new float[12];
        for (int i = 0; i < 12; i++) {
          column[i] = kernel[i * 5 + classIndex];
          absolute[i] = Math.abs(column[i]);
        }
        Saliency saliency = Saliency.of(model, new float[12], classIndex);
        assertArrayEquals(column, saliency.gradient());
        assertArrayEquals(absolute, saliency.map());
        assertEquals(classIndex, saliency.classIndex());
        assertEquals(4, saliency.height());
        assertEquals(3, saliency.width());
      }
    }
  }

  @Test
  void isWithRespectToPixelsBeforeNormalizationAndItsMapUsesTheStrongestChannel() {
    // One pixel of three channels; each is divided by its standard deviation: 2, 4 and 8.
    Network network =
        Network.of(
            Shape.of(1, 1, 3),
            flatten(),
            dense(2).kernelInitializer(Given.values(1, 0, -6, 0, 8, 0)));
    Normalization normalization = new Normalization(List.of(0.1, 0.2, 0.3), List.of(2.0, 4.0, 8.0));
    try (Model<Prediction> model =
        Model.of(
            network,
            Tasks.classification(),
            adam(0.1),
            ModelOptions.seed(9).normalization(normalization))) {
      Saliency saliency = Saliency.of(model, new float[] {0.5f, 0.5f, 0.5f}, 0);
      assertArrayEquals(new float[] {0.5f, -1.5f, 1}, saliency.gradient());
      assertArrayEquals(new float[] {1.5f}, saliency.map());
    }
  }

  @Test
  void equalsTheSlopeOfTheLogit() {
    Network network =
        Network.of(Shape.of(6, 6, 1), conv2d(3, 3), tanh(), maxPool(2), flatten(), dense(4));
    Random random = new Random(5);
    float[] image = new float[36];
    for (int i = 0; i < image.length; i++) {
      image[i] = random.nextFloat();
    }
    try (Model<Prediction> model =
            Model.of(network, Tasks.classification(), adam(0.1), ModelOptions.seed(9));
        Inspection inspection = Inspection.of(model)) {
      float[] gradient = inspection.saliency(image, 2).gradient();
      float h = 1e-2f;
      for (int i = 0; i < image.length; i += 5) {
        float[] more = image.clone();
        float[] less = image.clone();
        more[i] += h;
        less[i] -= h;
        float slope =
            (inspection.logits(more)[2] - inspection.logits(less)[2]) / (more[i] - less[i]);
        assertEquals(slope, gradient[i], 2e-3f);
      }
    }
  }
}
