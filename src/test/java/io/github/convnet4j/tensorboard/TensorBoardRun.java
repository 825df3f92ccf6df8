package io.github.convnet4j.tensorboard;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.train.FitOptions.epochs;

import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.optimizer.Optimizers;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import java.nio.file.Path;
import org.tensorflow.ndarray.Shape;

/**
 * Trains on the bundled digits, stops and continues, to be checked in TensorBoard or with {@code
 * src/test/python/check_tensorboard.py}:
 *
 * <pre>{@code
 * mvn -q test-compile
 * java -cp target/classes:target/test-classes:… io.github.convnet4j.tensorboard.TensorBoardRun
 * tensorboard --logdir target/tensorboard
 * }</pre>
 */
final class TensorBoardRun {
  private TensorBoardRun() {}

  public static void main(String[] args) {
    DataSets digits = BundledDigits.read();
    Network network =
        Network.of(
            Shape.of(28, 28, 1),
            conv2d(16, 5),
            relu(),
            maxPool(2),
            dropout(0.3),
            conv2d(32, 3),
            relu(),
            maxPool(2),
            flatten(),
            dense(10));
    FitOptions options = epochs(4).batchSize(50).validateOn(digits.validation());
    TensorBoardListener listener =
        TensorBoardListener.into(Path.of("target", "tensorboard", "digits")).batchCostEvery(5);
    try (Model<Prediction> model =
        Model.of(network, Tasks.classification(), Optimizers.adam(0.001), ModelOptions.seed(777))) {
      model.fit(digits.train(), options, listener);
      model.fit(digits.train(), options, listener);
    }
  }
}
