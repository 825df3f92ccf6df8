package io.github.convnet4j.train;

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
import static io.github.convnet4j.task.Tasks.classification;
import static io.github.convnet4j.task.Tasks.regression;
import static io.github.convnet4j.train.FitOptions.epochs;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.ExampleBatch;
import io.github.convnet4j.data.ExampleSet;
import io.github.convnet4j.data.Groups;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.Weights;
import io.github.convnet4j.task.Prediction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

/** A pretrained network with a new head: frozen, on cached features, and fine-tuned. */
class TransferTest {
  private static final DataSet DIGITS = BundledDigits.read().train().take(60);
  private static final String CUT = "global_average_pool";

  private static final Network PRETRAINED =
      Network.of(
          Shape.of(28, 28, 1),
          conv2d(4, 3).stride(2),
          batchNorm(),
          relu(),
          residual(conv2d(4, 3), batchNorm(), relu()),
          conv2d(8, 3).stride(2),
          batchNorm(),
          relu(),
          globalAveragePool(),
          dense(5));

  private static final Network WHOLE =
      PRETRAINED.upTo(CUT).inferenceMode().then(dropout(0.3), dense(10).name("head"));

  /** Weights with moving statistics that differ from those of any batch. */
  private static Weights pretrained() {
    try (Model<Prediction> model = model(PRETRAINED, 0.01)) {
      int[] five = IntStream.range(0, DIGITS.size()).filter(i -> DIGITS.label(i) < 5).toArray();
      DataSet some = DIGITS.select(five);
      int[] labels = some.labels();
      float[] pixels = some.batch(0, some.size()).images();
      model.fit(DataSet.of(pixels, labels, Shape.of(28, 28, 1), 5), epochs(2).batchSize(10));
      return model.weights();
    }
  }

  private static Model<Prediction> model(Network network, double rate) {
    return Model.of(network, classification(), adam(rate), ModelOptions.seed(777));
  }

  private static Set<String> changed(Weights before, Weights after) {
    Set<String> changed = new TreeSet<>();
    for (String name : before.names()) {
      if (!Arrays.equals(before.values(name), after.values(name))) {
        changed.add(name);
      }
    }
    return changed;
  }

  @Test
  void theHeadKeepsItsInitialValuesAndTheOldTopIsNotUsed() {
    Weights pretrained = pretrained();
    try (Model<Prediction> model = model(WHOLE, 0.01)) {
      float[] initial = model.weights("head/kernel");
      LoadedWeights loaded = model.loadWeights(pretrained).requireAllBut("head");
      assertEquals(List.of("dense/kernel", "dense/bias"), loaded.left());
      assertEquals(List.of("head/kernel", "head/bias"), loaded.unchanged());
      assertArrayEquals(initial, model.weights("head/kernel"));
      assertArrayEquals(pretrained.values("conv2d_1/kernel"), model.weights("conv2d_1/kernel"));
      assertTrue(loaded.toString().contains("not in the model: dense/kernel, dense/bias"));
      assertTrue(loaded.toString().contains("and 10 more"), loaded::toString);

      Weights renamed = pretrained.renamed("conv2d_1", "conv1");
      IllegalStateException e =
          assertThrows(
              IllegalStateException.class, () -> model.loadWeights(renamed).requireAllBut("head"));
      assertTrue(e.getMessage().contains("conv2d_1/kernel"), e::getMessage);
      assertTrue(e.getMessage().contains("conv1/kernel"), e::getMessage);
      assertFalse(e.getMessage().contains("head/kernel"), e::getMessage);
    }
  }

  @Test
  void aFrozenBaseDoesNotChange() {
    Weights pretrained = pretrained();
    try (Model<Prediction> model = model(WHOLE.freezeUpTo(CUT), 0.01)) {
      model.loadWeights(pretrained);
      Weights before = model.weights();
      model.fit(DIGITS, epochs(2).batchSize(10));
      assertEquals(Set.of("head/bias", "head/kernel"), changed(before, model.weights()));
    }
  }

  /** Batch normalization of the last block is trained, but its statistics stay. */
  @Test
  void onlyTheLastBlockIsFineTuned() {
    Weights pretrained = pretrained();
    try (Model<Prediction> model = model(WHOLE.freezeUpTo("residual"), 0.001)) {
      model.loadWeights(pretrained);
      Weights before = model.weights();
      model.fit(DIGITS, epochs(1).batchSize(10));
      assertEquals(
          Set.of(
              "batch_norm_1/beta",
              "batch_norm_1/gamma",
              "conv2d_1/bias",
              "conv2d_1/kernel",
              "head/bias",
              "head/kernel"),
          changed(before, model.weights()));
    }
  }

  /** In inference mode, each example has the same loss in any batch, and in evaluation. */
  @Test
  void theCostDoesNotDependOnTheBatch() {
    Network network = PRETRAINED.upTo(CUT).inferenceMode().then(dense(10).name("head"));
    Weights pretrained = pretrained();
    double evaluated;
    try (Model<Prediction> model = model(network, 1e-12)) {
      model.loadWeights(pretrained);
      evaluated = model.evaluate(DIGITS).loss();
      for (int batch : new int[] {1, 7, 60}) {
        double cost = model.fit(DIGITS, epochs(1).batchSize(batch)).last().cost();
        assertEquals(evaluated, cost, 1e-4, "batch size " + batch);
      }
    }
    try (Model<Prediction> model =
        model(PRETRAINED.upTo(CUT).then(dense(10).name("head")), 1e-12)) {
      model.loadWeights(pretrained);
      double cost = model.fit(DIGITS, epochs(1).batchSize(7)).last().cost();
      assertTrue(Math.abs(evaluated - cost) > 1e-3, "batch statistics: " + cost);
    }
  }

  /** The same steps on features that were computed once give the same weights. */
  @Test
  void theHeadLearnsTheSameFromCachedFeatures() {
    Weights pretrained = pretrained();
    FitOptions options = epochs(5).batchSize(16).validationShare(0.2);
    try (Model<Prediction> whole = model(WHOLE.freezeUpTo(CUT), 0.01);
        Model<Prediction> cached = model(WHOLE.freezeUpTo(CUT), 0.01);
        Model<Prediction> head = model(WHOLE.after(CUT), 0.01)) {
      whole.loadWeights(pretrained).requireAllBut("head");
      cached.loadWeights(whole.weights());
      head.loadWeights(whole.weights()).requireAllBut();
      List<Integer> progress = new ArrayList<>();
      Source features = cached.features(CUT, DIGITS, progress::add);
      assertEquals(60, progress.get(progress.size() - 1));

      History expected = whole.fit(DIGITS, options);
      History history = head.fit(features, options);
      cached.loadWeights(head.weights());

      assertEquals(expected.last().cost(), history.last().cost(), 1e-5);
      for (String name : whole.weightNames()) {
        assertArrayEquals(whole.weights(name), cached.weights(name), 1e-5f, name);
      }
      assertEquals(whole.evaluate(DIGITS).loss(), cached.evaluate(DIGITS).loss(), 1e-5);
      assertEquals(cached.evaluate(DIGITS).loss(), head.evaluate(features).loss(), 1e-5);
    }
  }

  /** Everything but the inputs is that of the examples. */
  @Test
  void featuresKeepTargetsNamesWeightsAndGroups() {
    float[] weights = new float[60];
    int[] groups = new int[60];
    for (int i = 0; i < 60; i++) {
      weights[i] = i;
      groups[i] = i / 6;
    }
    Source examples = DIGITS.grouped(Groups.of(groups)).withWeights(weights);
    try (Model<Prediction> model = model(PRETRAINED, 0.01)) {
      Source features = model.features(CUT, examples);
      assertEquals(60, features.size());
      assertEquals(List.of(Shape.of(8)), features.inputShapes());
      assertEquals(examples.targetShapes(), features.targetShapes());
      assertEquals(Optional.empty(), features.inputFormat());
      assertEquals(examples.groups().map(Groups::count), features.groups().map(Groups::count));
      int[] some = {7, 3, 59, 3};
      assertArrayEquals(examples.weights(some), features.weights(some));
      assertArrayEquals(examples.readTargets(some).get(0), features.readTargets(some).get(0));
      assertEquals(examples.name(7), features.name(7));
      int[] order = IntStream.range(0, 60).toArray();
      assertArrayEquals(examples.draw(order, 12), features.draw(order, 12));

      Source selected = features.select(new int[] {59, 7, 3}).select(new int[] {1, 2});
      ExampleBatch all = features.read(some);
      ExampleBatch two = selected.read(0, 1);
      assertArrayEquals(Arrays.copyOf(all.input(), 16), two.input());
      assertArrayEquals(Arrays.copyOf(all.target(), 20), two.target());
      assertArrayEquals(new float[] {7, 3}, selected.weights(0, 1));
      assertEquals(examples.select(new int[] {7, 3}).name(1), selected.name(1));
    }
  }

  @Test
  void examplesWithoutTargetsHaveFeatures() {
    try (Model<float[]> model =
        Model.of(Network.of(Shape.of(2), dense(3), dense(1)), regression(), adam(0.1))) {
      Source features =
          model.features(
              "dense", ExampleSet.builder().input("x", new float[] {1, 2, 3, 4}, 2).build());
      assertEquals(List.of(), features.targetShapes());
      float[] kernel = model.weights("dense/kernel");
      assertEquals(3 * kernel[0] + 4 * kernel[3], features.read(1).input()[0], 1e-6);
    }
  }

  private static String fault(Class<? extends Exception> type, Runnable run) {
    return assertThrows(type, run::run).getMessage();
  }

  @Test
  void mistakesAreNamed() {
    Network network =
        Network.of(Shape.of(28, 28, 1), conv2d(2, 3), relu(), maxPool(2), flatten(), dense(10));
    try (Model<Prediction> model = model(network, 0.01)) {
      String message = fault(IllegalArgumentException.class, () -> model.features("pool", DIGITS));
      assertTrue(message.contains("pool (") && message.contains("max_pool"), message);
      // ReLU is applied after the pooling, so its own output is not computed.
      message = fault(IllegalArgumentException.class, () -> model.features("relu", DIGITS));
      assertTrue(message.contains("relu") && message.contains("literalGraph"), message);
      Source wrong = TinyImages.of(3, 1);
      message = fault(IllegalArgumentException.class, () -> model.features("flatten", wrong));
      assertTrue(message.contains("[28, 28, 1]") && message.contains("[4, 4, 1]"), message);
    }
    try (Model<Prediction> literal =
        Model.of(network, classification(), adam(0.01), ModelOptions.defaults().literalGraph())) {
      assertEquals(List.of(Shape.of(28, 28, 2)), literal.features("relu", DIGITS).inputShapes());
    }
    Model<Prediction> closed = model(network, 0.01);
    closed.close();
    fault(IllegalStateException.class, () -> closed.features("flatten", DIGITS));
  }

  /** 2^31 examples of 5,000 values would take 40 TiB. */
  @Test
  void featuresThatDoNotFitAreRefusedBeforeAnythingIsComputed() {
    Source many =
        new Source() {
          @Override
          public int size() {
            return Integer.MAX_VALUE;
          }

          @Override
          public List<Shape> inputShapes() {
            return List.of(Shape.of(2));
          }

          @Override
          public List<Shape> targetShapes() {
            return List.of();
          }

          @Override
          public void fill(int[] indices, ExampleBatch batch) {
            throw new AssertionError("nothing must be read");
          }
        };
    try (Model<float[]> model =
        Model.of(Network.of(Shape.of(2), dense(5000), dense(1)), regression(), adam(0.1))) {
      String message = fault(DataException.class, () -> model.features("dense", many));
      assertTrue(message.contains("2147483647 examples, [5000]"), message);
      assertTrue(message.contains("-Xmx"), message);
    }
  }

  /** Inference mode is part of the network, and is saved with the model. */
  @Test
  void inferenceModeIsSaved(@TempDir Path folder) {
    try (Model<Prediction> model = model(WHOLE.freezeUpTo("residual"), 0.001)) {
      model.fit(DIGITS, epochs(1).batchSize(20));
      model.save(folder);
      try (Model<Prediction> loaded = Model.load(folder, Prediction.class)) {
        assertEquals(model.network(), loaded.network());
        model.fit(DIGITS, epochs(1).batchSize(20));
        loaded.fit(DIGITS, epochs(1).batchSize(20));
        assertEquals(model.weights(), loaded.weights());
      }
    }
  }
}
