package io.github.convnet4j.inspect;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.globalAveragePool;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.Model;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

class EmbeddingsTest {
  private static final DataSet DIGITS = BundledDigits.read().test();

  @Test
  void areTheInputOfTheLastDenseLayer() {
    Network network =
        Network.of(
            Shape.of(28, 28, 1), maxPool(4), flatten(), dense(6), relu(), dropout(0.5), dense(10));
    DataSet images = DIGITS.subset(0, 130); // more than one batch
    try (Model<Prediction> model = Model.of(network, Tasks.classification(), adam(0.1));
        Inspection inspection = Inspection.of(model)) {
      Embeddings embeddings = inspection.embeddings(images);
      assertEquals("dense_1", embeddings.layer());
      assertEquals(130, embeddings.size());
      assertEquals(6, embeddings.length());
      for (int i : List.of(0, 99, 100, 129)) {
        List<LayerOutput> outputs = inspection.layerOutputs(images.imageFloats(i));
        LayerOutput relu = outputs.get(outputs.size() - 2);
        assertEquals("relu", relu.layer());
        assertArrayEquals(relu.values(), embeddings.row(i), 1e-6f);
        assertEquals(images.label(i), embeddings.label(i));
      }
    }
  }

  @Test
  void areTheInputOfTheLastLayerWithoutADenseLayer() {
    Network network =
        Network.of(Shape.of(28, 28, 1), maxPool(14), conv2d(10, 1), globalAveragePool());
    try (Model<Prediction> model = Model.of(network, Tasks.classification(), adam(0.1))) {
      Embeddings embeddings = Embeddings.of(model, DIGITS.subset(0, 3));
      assertEquals("global_average_pool", embeddings.layer());
      assertEquals(2 * 2 * 10, embeddings.length());
    }
  }

  @Test
  void areThePixelsForASingleDenseLayer() {
    Network network = Network.of(Shape.of(28, 28, 1), flatten(), dense(10));
    try (Model<Prediction> model = Model.of(network, Tasks.classification(), adam(0.1))) {
      Embeddings embeddings = Embeddings.of(model, DIGITS.subset(0, 3));
      assertArrayEquals(DIGITS.imageFloats(2), embeddings.row(2));
      assertThrows(IndexOutOfBoundsException.class, () -> embeddings.row(3));
      DataSet small = DataSet.of(new byte[4], new int[] {0}, Shape.of(2, 2, 1), 10);
      String message =
          assertThrows(IllegalArgumentException.class, () -> Embeddings.of(model, small))
              .getMessage();
      assertTrue(message.contains("[28, 28, 1]") && message.contains("[2, 2, 1]"), message);
    }
  }
}
