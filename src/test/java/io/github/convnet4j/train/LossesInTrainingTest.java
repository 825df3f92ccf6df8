package io.github.convnet4j.train;

import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.loss.Loss;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.optimizer.Optimizers;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each loss that suits classes learns the bundled digits, and is saved and loaded. */
class LossesInTrainingTest {
  private static final DataSet DIGITS = BundledDigits.read().test();

  static Stream<Loss> losses() {
    return Stream.of(
        Losses.softmaxFocal(2),
        Losses.sigmoidFocal(2).alpha(0.25),
        Losses.sigmoidCrossEntropy().positiveWeights(9, 9, 9, 9, 9, 9, 9, 9, 9, 9),
        Losses.klDivergence(),
        Losses.hinge(),
        Losses.squaredHinge(),
        Losses.categoricalHinge());
  }

  @ParameterizedTest
  @MethodSource("losses")
  void learnsDigits(Loss loss, @TempDir Path folder) {
    Network network = Network.of(DIGITS.inputShapes().get(0), flatten(), dense(10));
    try (Model<Prediction> model =
        Model.of(
            network,
            Tasks.classification().loss(loss),
            Optimizers.adam(0.01),
            ModelOptions.seed(1))) {
      model.fit(DIGITS, FitOptions.epochs(5).batchSize(50));
      Scores scores = model.evaluate(DIGITS);
      assertTrue(scores.accuracy() > 0.8, scores::toString);
      model.save(folder);
      try (Model<Prediction> loaded = Model.load(folder, Prediction.class)) {
        assertEquals(scores.loss(), loaded.evaluate(DIGITS).loss());
      }
    }
  }
}
