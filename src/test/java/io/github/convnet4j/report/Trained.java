package io.github.convnet4j.report;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.optimizer.Optimizers.adam;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.History;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import org.tensorflow.ndarray.Shape;

/** A small network trained on a few digits, with awkward class names. */
final class Trained implements AutoCloseable {
  static final String[] NAMES = {
    "<b>zero</b>", "one & only", "\"two\"", "3", "4", "five's", "6", "7", "ei\u0001ght", "9"
  };

  static final DataSet TEST = BundledDigits.read().test();

  static final FitOptions OPTIONS =
      FitOptions.epochs(3).batchSize(20).validateOn(BundledDigits.read().validation());

  final Model<Prediction> model;
  final History history;

  Trained() {
    Network network =
        Network.of(
            Shape.of(28, 28, 1),
            maxPool(2),
            conv2d(6, 3),
            relu(),
            maxPool(2),
            dropout(0.1),
            flatten(),
            dense(12),
            relu(),
            dense(10));
    model = Model.of(network, Tasks.classification(NAMES), adam(0.01), ModelOptions.seed(4));
    history = model.fit(BundledDigits.read().train().subset(0, 300), OPTIONS);
  }

  @Override
  public void close() {
    model.close();
  }
}
