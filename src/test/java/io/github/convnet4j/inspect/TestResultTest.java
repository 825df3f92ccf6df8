package io.github.convnet4j.inspect;

import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

class TestResultTest {
  private static final DataSets DIGITS = BundledDigits.read();
  private static final DataSet IMAGES = DIGITS.train(); // more than one chunk

  private static Model<Prediction> trained() {
    Network network = Network.of(Shape.of(28, 28, 1), maxPool(4), flatten(), dense(10));
    Model<Prediction> model =
        Model.of(network, Tasks.classification(), adam(0.01), ModelOptions.seed(3));
    model.fit(DIGITS.validation(), FitOptions.epochs(8).batchSize(20));
    return model;
  }

  @Test
  void countsEqualThoseOfTheEvaluation() {
    try (Model<Prediction> model = trained()) {
      TestResult result = TestResult.of(model, IMAGES, 5);
      assertEquals(
          model.evaluate(IMAGES).confusionMatrix().orElseThrow(), result.confusionMatrix());
      assertEquals(result.confusionMatrix(), result.labelledPredictions().confusionMatrix());
    }
  }

  @Test
  void theWorstMistakesAreTheMostCertain() {
    try (Model<Prediction> model = trained()) {
      List<Prediction> predictions = model.predict(IMAGES);
      List<Mistake> all = new ArrayList<>();
      for (int i = 0; i < IMAGES.size(); i++) {
        Prediction prediction = predictions.get(i);
        int label = IMAGES.label(i);
        if (prediction.classIndex() != label) {
          all.add(
              new Mistake(
                  i,
                  label,
                  prediction.classIndex(),
                  prediction.probability(),
                  prediction.probabilities()[label]));
        }
      }
      all.sort(
          Comparator.comparingDouble((Mistake m) -> m.probability())
              .reversed()
              .thenComparing(Mistake::index));
      assertTrue(all.size() > 20, "too few mistakes: " + all.size());
      assertEquals(all.subList(0, 7), TestResult.of(model, IMAGES, 7).worstMistakes());
      assertEquals(all, TestResult.of(model, IMAGES, 100_000).worstMistakes());
      assertEquals(List.of(), TestResult.of(model, IMAGES, 0).worstMistakes());
    }
  }

  @Test
  void aSampleIsEvenlySpaced() {
    Sample sample = Sample.atMost(100, IMAGES); // of 1412
    assertArrayEquals(
        new int[] {0, 14, 28, 42, 56, 70, 84, 98, 112, 127},
        IntStream.range(0, 10).map(sample::index).toArray());
    assertEquals(100, sample.examples().size());
    assertArrayEquals(IMAGES.imageFloats(127), sample.examples().read(9).input());
    assertArrayEquals(IMAGES.oneHot(127), sample.examples().read(9).target());
    for (int i = 0; i < 100; i++) {
      assertEquals(OptionalInt.of(i), sample.position(sample.index(i)));
    }
    assertEquals(
        100, IntStream.range(0, 1412).filter(index -> sample.position(index).isPresent()).count());
    assertTrue(Sample.atMost(1412, IMAGES).isWhole());
    assertThrows(IllegalArgumentException.class, () -> new Sample(IMAGES, 1413));
  }

  @Test
  void mistakesOfASampleHaveTheIndicesOfTheDataSet() {
    try (Model<Prediction> model = trained()) {
      TestResult result = TestResult.of(model, Sample.atMost(300, IMAGES), 10);
      assertEquals(300, result.confusionMatrix().total());
      for (Mistake mistake : result.worstMistakes()) {
        Prediction prediction = model.predict(IMAGES.imageFloats(mistake.index()));
        assertEquals(mistake.label(), IMAGES.label(mistake.index()));
        assertEquals(mistake.prediction(), prediction.classIndex());
        assertEquals(mistake.probability(), prediction.probability(), 1e-5f);
      }
    }
  }
}
