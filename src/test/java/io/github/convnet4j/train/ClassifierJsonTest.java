package io.github.convnet4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.PictureFormat;
import io.github.convnet4j.evaluate.ConfusionMatrix;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.layer.Rewrite;
import io.github.convnet4j.loss.Loss;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.optimizer.Optimizer;
import io.github.convnet4j.optimizer.Optimizers;
import io.github.convnet4j.optimizer.TrainingStep;
import io.github.convnet4j.train.SavedState.TensorEntry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

class ModelJsonTest {
  private static final ModelJson JSON = ModelJson.standard();

  private static final PictureFormat PICTURES =
      PictureFormat.asTheyAre().size(4, 4).colour(PictureFormat.Colour.GREY).inverted(true);

  private static final Reached REACHED =
      new Reached(
          1L << 40,
          2,
          new Reached.InEpoch(75, 1 / 3.0, 70, 90, 25, FitOptions.LastBatch.CARRY_OVER, -9),
          List.of(
              new EpochResult(
                  1,
                  Double.NaN,
                  0.1,
                  Optional.of(
                      new Scores(
                          Double.POSITIVE_INFINITY,
                          ConfusionMatrix.of(
                              List.of("dark", ""), new long[][] {{3, 0}, {1L << 33, 2}})))),
              new EpochResult(2, 1e-300, 1, Optional.empty())));

  private static SavedState state(Optimizer optimizer, Loss loss) {
    ClassifierOptions options =
        ClassifierOptions.defaults()
            .seed(-5)
            .loss(loss)
            .classNames("dark", "")
            .pictures(PICTURES)
            .normalization(new Normalization(List.of(0.1), List.of(1 / 3.0)));
    return new SavedState(
        TinyImages.NETWORK,
        optimizer,
        options,
        ReachedJson.of(REACHED),
        List.of(new TensorEntry("dense/kernel", List.of(16L, 2L))));
  }

  static Stream<Optimizer> optimizers() {
    return Stream.of(
        Optimizers.adam(0.001).beta1(0.8).beta2(0.99).epsilon(1e-7),
        Optimizers.adamW(0.001, 0.004),
        Optimizers.adamax(0.001),
        Optimizers.nadam(0.001),
        Optimizers.sgd(0.1).momentum(0.9).nesterov(),
        Optimizers.adaGrad(0.1),
        Optimizers.adaDelta(0.1),
        Optimizers.rmsProp(0.1).momentum(0.5).centered(),
        Optimizers.ftrl(0.1).l1(0.5),
        Optimizers.adam(0.001).clipByValue(0.5).clipByGlobalNorm(1));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void readsEveryOptimizerThatItWrote(Optimizer optimizer) {
    SavedState state = state(optimizer, Losses.softmaxCrossEntropy());
    assertEquals(state, JSON.read(JSON.write(state)));
  }

  static Stream<Loss> losses() {
    return Stream.of(
        Losses.softmaxCrossEntropy().labelSmoothing(0.1).classWeights(1, 2.5),
        Losses.sigmoidCrossEntropy(),
        Losses.meanSquaredError(),
        Losses.meanAbsoluteError(),
        Losses.huber(0.3),
        Losses.softmaxCrossEntropy().plus(Losses.dice().times(0.5)));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void readsEveryLossThatItWrote(Loss loss) {
    SavedState state = state(Optimizers.adam(0.001), loss);
    assertEquals(state, JSON.read(JSON.write(state)));
  }

  /** A custom optimizer: SGD with half the rate. */
  record Half(double rate) implements Optimizer {
    @Override
    public double learningRate() {
      return rate / 2;
    }

    @Override
    public TrainingStep apply(
        Graph graph,
        List<Variable<TFloat32>> variables,
        List<? extends Operand<TFloat32>> gradients) {
      return Optimizers.sgd(learningRate()).apply(graph, variables, gradients);
    }
  }

  @Test
  void aCustomOptimizerIsRegisteredByName() {
    SavedState state = state(new Half(0.5), Losses.softmaxCrossEntropy());
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> JSON.write(state));
    assertTrue(
        error
            .getMessage()
            .contains("ModelJsonTest$Half (kind Half) is not registered: add it to ModelJson"),
        error::getMessage);
    ModelJson json = JSON.withOptimizer("half", Half.class);
    assertEquals(state, json.read(json.write(state)));
    String taken =
        assertThrows(IllegalArgumentException.class, () -> JSON.withOptimizer("adam", Half.class))
            .getMessage();
    assertTrue(taken.contains("kind") && taken.contains("adam"), taken);
  }

  /** Older versions wrote settings as 32-bit floats, with the digits that a float needs. */
  @ParameterizedTest
  @ValueSource(floats = {0.001f, 1 / 3f, 0.9f, 1e-8f, 0.99999994f, 1.7014118e38f})
  void readsTheFloatsOfOlderVersionsWithoutLoss(float rate) {
    String json = JSON.write(state(Optimizers.adam(0.5), Losses.softmaxCrossEntropy()));
    String old = json.replace("\"learningRate\" : 0.5", "\"learningRate\" : " + rate);
    assertEquals(rate, (float) JSON.read(old).optimizer().learningRate());
  }

  @Test
  void versionOneHasNoRewrites() {
    SavedState state = state(Optimizers.adam(0.001), Losses.softmaxCrossEntropy());
    String json = JSON.write(state);
    assertEquals(Rewrite.all(), JSON.read(json).options().rewrites());
    String one =
        withoutPictures(json)
            .replaceFirst("\"version\" : 3", "\"version\" : 1")
            .replaceFirst(",\\s*\"rewrites\" : \\[[^]]*]", "");
    assertFalse(one.contains("rewrites"), one);
    assertEquals(Set.of(), JSON.read(one).options().rewrites());
  }

  @Test
  void versionTwoHasNoPictures() {
    SavedState state = state(Optimizers.adam(0.001), Losses.softmaxCrossEntropy());
    String json = JSON.write(state);
    String two = withoutPictures(json).replaceFirst("\"version\" : 3", "\"version\" : 2");
    assertEquals(Optional.empty(), ((ClassifierOptions) JSON.read(two).options()).pictures());
    assertEquals(Rewrite.all(), JSON.read(two).options().rewrites());
  }

  private static String withoutPictures(String json) {
    String without = json.replaceFirst(",\\s*\"pictures\" : \\[[^\\[\\]]*\\[[^]]*][^]]*]", "");
    assertFalse(without.contains("pictures"), without);
    return without;
  }

  @ParameterizedTest
  @MethodSource("formats")
  void readsEveryPictureFormatThatItWrote(Optional<PictureFormat> format) {
    ClassifierOptions options = ClassifierOptions.defaults().seed(1);
    SavedState state =
        new SavedState(
            TinyImages.NETWORK,
            Optimizers.adam(0.001),
            format.map(options::pictures).orElse(options),
            ReachedJson.of(REACHED),
            List.of());
    // The class names must be those of the history.
    SavedState read = JSON.read(JSON.write(state).replace("\"classNames\" : [ ]", NAMES));
    assertEquals(format, ((ClassifierOptions) read.options()).pictures());
  }

  private static final String NAMES = "\"classNames\" : [ \"dark\", \"\" ]";

  static Stream<Optional<PictureFormat>> formats() {
    PictureFormat plain = PictureFormat.asTheyAre();
    return Stream.of(
        Optional.empty(),
        Optional.of(plain),
        Optional.of(plain.inverted(true)),
        Optional.of(plain.size(3, 5).colour(PictureFormat.Colour.RGB)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          "version" : 3 | "version" : 4 | version must be at most 3 (use a newer release of this library): 4
          "version" : 3 | "version" : 0 | version must be a whole number, at least 1: 0
          "adam" | "eve" | optimizer: unknown kind eve: known kinds are [ada_delta, ada_grad, adam, adam_w, adamax, clipped, ftrl, nadam, rms_prop, sgd]
          "softmax_cross_entropy" | "hope" | options.loss: unknown kind hope: known kinds are [dice, huber, mean_absolute_error, mean_squared_error, scaled, sigmoid_cross_entropy, softmax_cross_entropy, sum]
          "beta1" : 0.9 | "beta1" : 1.5 | optimizer: beta1 must be at least 0 and below 1: 1.5
          "units" : 2 | "units" : 0 | not a network in JSON: layers[1]: dense: units must be at least 1: 0
          "epochs" : 2 | "epochs" : -1 | steps and epochs must be at least 0: 1099511627776 and -1
          "epochs" : 2, | '' | reached.epochs: missing or null
          "images" : 75 | "images" : 91 | reached.inEpoch: inEpoch must be within the epoch's 90 images: 91, 70 of them correct
          "size" : [ 4, 4 ] | "size" : [ 4 ] | options.pictures: size must be height and width, or empty: [4]
          "size" : [ 4, 4 ] | "size" : [ 4, 0 ] | options.pictures: width must be at least 1: 0
          1, 0, 8589934592 | 1, 2, 8589934592 | counts must have classes from 0 to 1: 2
          1, 0, 8589934592 | 1, 0 | counts must be triples of label, prediction and count: [0, 0, 3, 1, 0, 1, 1, 2]
          """)
  void namesWhatIsWrong(String what, String by, String message) {
    String json = JSON.write(state(Optimizers.adam(0.001), Losses.softmaxCrossEntropy()));
    assertTrue(json.contains(what), json);
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> JSON.read(json.replace(what, by)).reached().toReached(List.of("dark", "")));
    assertEquals(message, error.getMessage());
  }
}
