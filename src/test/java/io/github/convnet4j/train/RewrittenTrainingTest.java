package io.github.convnet4j.train;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.train.FitOptions.epochs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.Rewrite;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

/** Compares training with and without rewrites of the graph. */
class RewrittenTrainingTest {
  private static final DataSet DIGITS = BundledDigits.read().train();

  private static Network network(Layer... between) {
    List<Layer> layers = new ArrayList<>(List.of(conv2d(8, 3), relu(), maxPool(2), conv2d(8, 3)));
    layers.addAll(List.of(between));
    layers.addAll(List.of(flatten(), dense(10)));
    return Network.of(Shape.of(DIGITS.height(), DIGITS.width(), 1), layers);
  }

  private static Model<Prediction> trained(Network network, Rewrite... rewrites) {
    ModelOptions options = ModelOptions.seed(7).rewrites(Set.of(rewrites));
    Model<Prediction> model = Model.of(network, Tasks.classification(), adam(0.001), options);
    model.fit(DIGITS, epochs(2).batchSize(50));
    return model;
  }

  private static Set<String> operations(Model<Prediction> model) {
    Set<String> types = new HashSet<>();
    model.graph().operations().forEachRemaining(operation -> types.add(operation.type()));
    return types;
  }

  @Test
  void poolingBeforeReluGivesTheSameResults() {
    try (Model<Prediction> plain = trained(network());
        Model<Prediction> rewritten =
            trained(network(), Rewrite.RELU_AFTER_MAX_POOL, Rewrite.MAX_POOL_BY_ONE_DNN)) {
      assertEquals(plain.history().epochs(), rewritten.history().epochs());
      assertTrue(Arrays.equals(plain.weights("conv2d/kernel"), rewritten.weights("conv2d/kernel")));
      assertTrue(operations(plain).contains("MaxPoolGradV2"));
      assertFalse(operations(rewritten).contains("MaxPoolGradV2"));
      assertTrue(operations(rewritten).contains("MaxPoolGrad"));
    }
  }

  @Test
  void learnsWithDropoutByBytes() {
    try (Model<Prediction> rewritten =
        trained(network(relu(), dropout(0.3)), Rewrite.DROPOUT_BY_BYTES)) {
      assertFalse(operations(rewritten).contains("StatelessRandomUniform"));
      rewritten.fit(DIGITS, epochs(10).batchSize(50));
      double accuracy = rewritten.evaluate(BundledDigits.read().test()).accuracy();
      assertTrue(accuracy > 0.8, () -> "accuracy " + accuracy);
    }
  }

  @Test
  void aSavedModelKeepsItsRewrites(@TempDir Path folder) {
    Path to = folder.resolve("saved");
    try (Model<Prediction> plain = trained(network())) {
      plain.save(to);
    }
    try (Model<Prediction> loaded = Model.load(to, Prediction.class)) {
      assertEquals(Set.of(), loaded.options().rewrites());
      assertTrue(operations(loaded).contains("MaxPoolV2"));
    }
    try (Model<Prediction> byDefault = Model.of(network(), Tasks.classification(), adam(0.001))) {
      assertEquals(Rewrite.all(), byDefault.options().rewrites());
    }
  }
}
