package io.github.convnet4j.listener;

import static io.github.convnet4j.initializer.Initializers.ones;
import static io.github.convnet4j.initializer.Initializers.zeros;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.optimizer.Optimizers.sgd;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.NotFiniteException;
import io.github.convnet4j.train.TrainingListener;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

class StopOnNaNTest {
  private static final Shape ONE_PIXEL = Shape.of(1, 1, 1);

  /** Two dense layers, the first of them frozen. */
  private static final Network TWO_LAYERS =
      Network.of(
              ONE_PIXEL,
              flatten(),
              dense(3).kernelInitializer(ones()),
              dense(2).kernelInitializer(zeros()))
          .freeze("dense");

  /** Images of one pixel, of class 0, 1, 0, 1, … */
  private static DataSet pixels(float... pixels) {
    int[] labels = new int[pixels.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 2;
    }
    return DataSet.of(pixels, labels, Shape.of(1, 1, 1), 2);
  }

  private static NotFiniteException fault(
      Model<Prediction> model, DataSet images, TrainingListener listener) {
    return assertThrows(
        NotFiniteException.class,
        () -> model.fit(images, Tiny.epochs(3).batchSize(1).shuffleSeed(1), listener));
  }

  @Test
  void namesTheEpochTheBatchAndTheFirstLayerThatIsNotFinite() {
    try (Model<Prediction> model = Model.of(TWO_LAYERS, Tasks.classification(), sgd(0.1))) {
      NotFiniteException fault = fault(model, pixels(0, 1, 0, 1, Float.NaN, 1), StopOnNaN.onCost());
      assertEquals(Optional.of("dense_1"), fault.layer(), "the first layer is frozen");
      String batch = "epoch 1, batch %d".formatted(model.stepsTrained());
      assertTrue(fault.getMessage().contains(batch), fault::getMessage);
      assertTrue(fault.getMessage().contains("NaN"), fault::getMessage);
      assertTrue(fault.getMessage().contains("dense_1"), fault::getMessage);
    }
  }

  /**
   * A step of 1000 * 0.5 times the largest float makes the weights infinite, and then the next
   * cost.
   */
  @Test
  void findsInfiniteWeightsAStepBeforeAnInfiniteCost() {
    DataSet images = pixels(1000, 1000);
    try (Model<Prediction> model =
            Model.of(TWO_LAYERS, Tasks.classification(), sgd(Float.MAX_VALUE));
        Model<Prediction> same =
            Model.of(TWO_LAYERS, Tasks.classification(), sgd(Float.MAX_VALUE))) {
      NotFiniteException first = fault(model, images, StopOnNaN.onCostOrWeights());
      assertEquals(1, model.stepsTrained());
      assertFalse(first.getMessage().contains("NaN"), first::getMessage);
      assertEquals(Optional.of("dense_1"), first.layer());
      fault(same, images, StopOnNaN.onCost());
      assertEquals(2, same.stepsTrained());
    }
  }

  /**
   * The first step sets the weight and the bias of one class to +max / 2, and those of the other to
   * -max / 2. The logits are then +max and -max, whose difference is infinite. The second step sets
   * weight and bias to -max / 2 and +max / 2, which are finite.
   */
  @Test
  void reportsAnInfiniteCostWithFiniteWeights() {
    Network network = Network.of(ONE_PIXEL, flatten(), dense(2).kernelInitializer(zeros()));
    try (Model<Prediction> model =
        Model.of(network, Tasks.classification(), sgd(Float.MAX_VALUE))) {
      NotFiniteException fault = fault(model, pixels(1, 1), StopOnNaN.onCostOrWeights());
      assertTrue(fault.getMessage().contains("epoch 1, batch 2"), fault::getMessage);
      assertTrue(fault.getMessage().contains("Infinity"), fault::getMessage);
      assertEquals(Optional.empty(), fault.layer());
    }
  }

  @Test
  void doesNotStopTrainingThatIsFinite() {
    try (Model<Prediction> model = Tiny.model()) {
      assertEquals(
          2, model.fit(Tiny.TRAIN, Tiny.epochs(2), StopOnNaN.onCostOrWeights()).epochs().size());
    }
  }
}
