package io.github.convnet4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.evaluate.ConfusionMatrix;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.loss.Loss;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.optimizer.Optimizer;
import io.github.convnet4j.optimizer.Optimizers;
import io.github.convnet4j.optimizer.TrainingStep;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.task.OutputTask;
import io.github.convnet4j.task.Task;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.SavedState.TensorEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

class ModelJsonTest {
  private static final ModelJson JSON = ModelJson.standard();

  private static final Task<?> CLASSES = Tasks.classification("dark", "");

  private static final PictureFormat PICTURES =
      PictureFormat.asTheyAre()
          .size(4, 4)
          .fit(PictureFormat.Fit.CENTER)
          .colour(PictureFormat.Colour.GREY)
          .inverted(true)
          .interpolation(PictureFormat.Interpolation.AREA)
          .antialias(false)
          .padding(new PictureFormat.Rgb(1, 2, 3))
          .range(-0.5, 4095);

  static final Reached REACHED =
      new Reached(
          1L << 40,
          2,
          new Reached.InEpoch(75, 1 / 3.0, 90, 25, FitOptions.LastBatch.CARRY_OVER, -9),
          List.of(
              new EpochResult(
                  1,
                  Double.NaN,
                  Map.of("accuracy", 0.1),
                  Optional.of(
                      Scores.of(
                              Double.POSITIVE_INFINITY,
                              (1L << 33) + 5,
                              Map.of("roc_auc", Double.NaN, "accuracy", 0.25))
                          .withConfusionMatrix(
                              ConfusionMatrix.of(
                                  List.of("dark", ""), new long[][] {{3, 0}, {1L << 33, 2}})))),
              new EpochResult(2, 1e-300, Map.of(), Optional.empty())),
          new PixelRange(-0.1f, 1));

  static final Map<String, double[]> METRICS =
      Map.of("accuracy", new double[] {2, 0, 1, 1L << 40}, "own", new double[] {-0.1, Double.NaN});

  static SavedState state(Optimizer optimizer, Task<?> task) {
    ModelOptions options =
        ModelOptions.seed(-5)
            .pictures(PICTURES)
            .normalization(new Normalization(List.of(0.1), List.of(1 / 3.0)));
    return state(optimizer, task, options);
  }

  private static SavedState state(Optimizer optimizer, Task<?> task, ModelOptions options) {
    return new SavedState(
        Optional.of(TinyImages.NETWORK),
        List.of(new OutputTask<>("dense", task, 0.3)),
        true,
        optimizer,
        options,
        ReachedJson.of(REACHED, METRICS),
        List.of(new TensorEntry("dense/kernel", List.of(16L, 2L))));
  }

  private static SavedState read(String json) {
    return JSON.read(json, false);
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
    SavedState state = state(optimizer, CLASSES);
    assertEquals(state, read(JSON.write(state)));
  }

  static Stream<Task<?>> tasks() {
    return Stream.of(
        CLASSES,
        Tasks.classification().loss(Losses.sigmoidCrossEntropy()),
        Tasks.classification()
            .loss(Losses.softmaxCrossEntropy().labelSmoothing(0.1).classWeights(1, 2.5)),
        Tasks.multiLabel("old", "new"),
        Tasks.regression("days"),
        Tasks.segmentation("sky", "sea").unlabeled(255),
        Tasks.reconstruction(),
        Tasks.reconstruction().loss(Losses.sigmoidCrossEntropy()));
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void readsEveryTaskAndItsLossThatItWrote(Task<?> task) {
    SavedState state = state(Optimizers.adam(0.001), task);
    assertEquals(state, read(JSON.write(state)));
  }

  static Stream<Loss> losses() {
    return Stream.of(
        Losses.softmaxCrossEntropy().labelSmoothing(0.1).classWeights(1, 2.5),
        Losses.softmaxFocal(2).labelSmoothing(0.1).classWeights(1, 2.5),
        Losses.klDivergence(),
        Losses.categoricalHinge(),
        Losses.dice(),
        Losses.tversky(0.3, 0.7),
        Losses.sigmoidCrossEntropy().labelSmoothing(0.1).positiveWeights(1, 2.5),
        Losses.sigmoidFocal(2).alpha(0.25),
        Losses.hinge(),
        Losses.squaredHinge(),
        Losses.meanSquaredError(),
        Losses.meanAbsoluteError(),
        Losses.huber(0.5),
        Losses.logCosh(),
        Losses.poisson(),
        Losses.meanSquaredError().plus(Losses.meanAbsoluteError().times(0.5)));
  }

  /** A custom task with any loss. */
  record AnyLoss(Loss loss) implements Task<Integer> {
    @Override
    public Class<Integer> predictionType() {
      return Integer.class;
    }

    @Override
    public Integer prediction(float[] values, Shape output) {
      return values.length;
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void readsEveryLossThatItWrote(Loss loss) {
    ModelJson json = JSON.withTask("any_loss", AnyLoss.class);
    SavedState state = state(Optimizers.adam(0.001), new AnyLoss(loss));
    assertEquals(state, json.read(json.write(state), false));
  }

  @Test
  void settingsOfALossThatAFileLacksHaveTheirDefaults() {
    Task<?> labels = Tasks.multiLabel("a", "b");
    String json = JSON.write(state(Optimizers.adam(0.001), labels));
    String old =
        json.replaceFirst(",\\s*\"labelSmoothing\" : 0.0", "")
            .replaceFirst(",\\s*\"positiveWeights\" : \\[ ]", "");
    assertTrue(!old.contains("positiveWeights") && !old.contains("labelSmoothing"), old);
    assertEquals(labels, read(old).tasks().get(0).task());
  }

  /** A custom task: one number, rounded. */
  record Rounded(int digits) implements Task<Long> {
    @Override
    public Class<Long> predictionType() {
      return Long.class;
    }

    @Override
    public Loss loss() {
      return Losses.meanSquaredError();
    }

    @Override
    public Long prediction(float[] values, Shape output) {
      return Math.round(values[0] * Math.pow(10, digits));
    }
  }

  @Test
  void aCustomTaskIsRegisteredByName() {
    SavedState state = state(Optimizers.adam(0.001), new Rounded(3));
    String message =
        assertThrows(IllegalArgumentException.class, () -> JSON.write(state)).getMessage();
    assertTrue(message.contains("Rounded") && message.contains("withTask(\"Rounded\""), message);
    ModelJson json = JSON.withTask("rounded", Rounded.class);
    assertEquals(state, json.read(json.write(state), false));
  }

  @Test
  void metricStatesOfTheEpochAreReadAsTheyWere() {
    Map<String, double[]> states =
        read(JSON.write(state(Optimizers.adam(0.001), CLASSES))).reached().metricStates();
    assertEquals(METRICS.keySet(), states.keySet());
    METRICS.forEach((name, values) -> assertArrayEquals(values, states.get(name), name));
    assertEquals(
        REACHED.history(),
        read(JSON.write(state(Optimizers.adam(0.001), CLASSES)))
            .reached()
            .toReached(List.of("dark", ""))
            .history());
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
    SavedState state = state(new Half(0.5f), CLASSES);
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> JSON.write(state));
    assertTrue(
        error
            .getMessage()
            .matches(
                ".*Half \\(kind Half\\) is not registered.*withOptimizer\\(\"Half\","
                    + " Half.class\\)"),
        error::getMessage);
    ModelJson json = JSON.withOptimizer("half", Half.class);
    assertEquals(state, json.read(json.write(state), false));
    String taken =
        assertThrows(IllegalArgumentException.class, () -> JSON.withOptimizer("adam", Half.class))
            .getMessage();
    assertTrue(taken.contains("kind") && taken.contains("adam"), taken);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void readsEveryPictureFormatThatItWrote(Optional<PictureFormat> format) {
    ModelOptions options = ModelOptions.seed(1);
    SavedState state =
        state(Optimizers.adam(0.001), CLASSES, format.map(options::pictures).orElse(options));
    assertEquals(format, read(JSON.write(state)).options().pictures());
  }

  static Stream<Optional<PictureFormat>> formats() {
    PictureFormat plain = PictureFormat.asTheyAre();
    return Stream.of(
        Optional.empty(),
        Optional.of(plain),
        Optional.of(plain.inverted(true)),
        Optional.of(plain.size(3, 5).colour(PictureFormat.Colour.RGB)),
        Optional.of(PICTURES));
  }

  /** Files of older versions have only size, colors and inversion. */
  @Test
  void aPictureFormatWithoutTheNewerSettingsHasTheirDefaults() {
    String json = JSON.write(state(Optimizers.adam(0.001), CLASSES));
    String older =
        json.replaceAll("\"(?:fit|interpolation)\" : \"[A-Z]+\",", "")
            .replaceAll("\"antialias\" : false,\\s*\"padding\" : \\[ 1, 2, 3 ],", "")
            .replaceAll(
                "\"inverted\" : true,\\s*\"range\" : \\[ -0.5, 4095.0 ]", "\"inverted\" : true");
    assertFalse(older.contains("padding") || older.contains("range"), older);
    assertEquals(
        Optional.of(
            PictureFormat.asTheyAre().size(4, 4).colour(PictureFormat.Colour.GREY).inverted(true)),
        read(older).options().pictures());
  }

  @ParameterizedTest
  @CsvSource({
    "adam, eve, optimizer: unknown kind eve, withOptimizer, YourOptimizer.class",
    "softmax_cross_entropy, hope, tasks[0].task.loss: unknown kind hope, withLoss, YourLoss.class",
    "classification, divination, tasks[0].task: unknown kind divination, withTask, YourTask.class"
  })
  void anUnknownKindSaysHowToRegisterIt(
      String known, String unknown, String fault, String method, String className) {
    String json = JSON.write(state(Optimizers.adam(0.001), CLASSES));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> read(json.replace("\"" + known + "\"", "\"" + unknown + "\"")))
            .getMessage();
    assertTrue(message.startsWith(fault), message);
    assertTrue(message.contains(known), message);
    assertTrue(
        message.endsWith(
            "ModelJson.standard().%s(\"%s\", %s)".formatted(method, unknown, className)),
        message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          "version" : 4 | "version" : 5 | version must be at most 4 (use a newer release of this library): 5
          "version" : 4 | "version" : 0 | version must be a whole number, at least 1: 0
          "beta1" : 0.9 | "beta1" : 1.5 | optimizer: beta1 must be at least 0 and below 1: 1.5
          "units" : 2 | "units" : 0 | not a network in JSON: layers[1]: dense: units must be at least 1: 0
          "epochs" : 2 | "epochs" : -1 | steps and epochs must be at least 0: 1099511627776 and -1
          "epochs" : 2, | '' | reached.epochs: missing or null
          "examples" : 75 | "examples" : 91 | reached.inEpoch: inEpoch must be within the epoch's 90 examples: 91
          "weight" : 0.3 | "weight" : -1 | tasks[0]: weight must be 0 or a positive, finite number: -1.0
          "classNames" : [ "dark", "" ] | "classNames" : [ "dark", "dark" ] | tasks[0].task: classNames must all be different: [dark, dark]
          "size" : [ 4, 4 ] | "size" : [ 4 ] | options.pictures[0]: size must be height and width, or empty: [4]
          "size" : [ 4, 4 ] | "size" : [ 4, 0 ] | options.pictures[0]: width must be at least 1: 0
          "padding" : [ 1, 2, 3 ] | "padding" : [ 1, 2 ] | options.pictures[0]: padding must be red, green and blue: [1, 2]
          "padding" : [ 1, 2, 3 ] | "padding" : [ 1, 2, 256 ] | options.pictures[0]: blue must be from 0 to 255: 256
          "range" : [ -0.5, 4095.0 ] | "range" : [ 7.0, 7.0 ] | options.pictures[0]: white must be above black, 7.0: 7.0
          1, 0, 8589934592 | 1, 2, 8589934592 | counts must have classes from 0 to 1: 2
          1, 0, 8589934592 | 1, 0 | counts must be triples of label, prediction and count: [0, 0, 3, 1, 0, 1, 1, 2]
          """)
  void namesWhatIsWrong(String what, String by, String message) {
    String json = JSON.write(state(Optimizers.adam(0.001), CLASSES));
    assertTrue(json.contains(what), json);
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> read(json.replace(what, by)).reached().toReached(List.of("dark", "")));
    assertEquals(message, error.getMessage());
  }
}
