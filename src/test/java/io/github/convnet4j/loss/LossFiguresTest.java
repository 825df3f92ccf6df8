package io.github.convnet4j.loss;

import static io.github.convnet4j.loss.Losses.dice;
import static io.github.convnet4j.loss.Losses.huber;
import static io.github.convnet4j.loss.Losses.meanAbsoluteError;
import static io.github.convnet4j.loss.Losses.meanSquaredError;
import static io.github.convnet4j.loss.Losses.sigmoidCrossEntropy;
import static io.github.convnet4j.loss.Losses.softmaxCrossEntropy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

/** Compares with the output of {@code src/test/python/print_losses.py}: Keras' losses. */
class LossFiguresTest {
  private static final Shape PIXELS = Shape.of(2, 2, 3, 3); // [batch, height, width, n]
  private static final Shape ROWS = Shape.of(2, 3);
  private static final int[] CLASSES = {0, 1, 2, 2, 2, 0, 1, 1, 1, 0, 2, 1};
  private static final boolean[] LABELLED = {
    true, false, true, false, true, false, true, true, true, true, true, true
  };

  private static final float[] OUTPUTS = values(i -> (i * 7 % 11 - 5) / 4.0);
  private static final float[] VALUES = values(i -> (i * 5 % 13 - 6) / 8.0);
  private static final float[] SEVERAL = values(i -> i * 3 % 5 % 2);
  private static final float[] ONE_HOT = values(i -> CLASSES[i / 3] == i % 3 ? 1 : 0);
  private static final float[] COUNTS = values(i -> i * 3 % 5);
  private static final float[] SHARES = values(LossFiguresTest::share);
  private static final float[] PARTLY = values(i -> LABELLED[i / 3] ? ONE_HOT[i] : 0);

  /**
   * @param loss the loss
   * @param targets for all pixels
   */
  @SuppressWarnings("ArrayRecordComponent") // Instances are never compared.
  private record Case(Loss loss, float[] targets) {}

  private static final Loss WITH_SETTINGS =
      softmaxCrossEntropy().labelSmoothing(0.2).classWeights(2, 1, 0.5);

  private static final Loss WEIGHTED =
      sigmoidCrossEntropy().labelSmoothing(0.2).positiveWeights(2, 1, 0.5);
  private static final Loss FOCAL =
      Losses.softmaxFocal(0.5).labelSmoothing(0.2).classWeights(2, 1, 0.5);

  private static final Map<String, Case> CASES =
      Map.ofEntries(
          Map.entry("softmax", new Case(softmaxCrossEntropy(), ONE_HOT)),
          Map.entry("softmax-settings", new Case(WITH_SETTINGS, ONE_HOT)),
          Map.entry("softmax-partly", new Case(softmaxCrossEntropy(), PARTLY)),
          Map.entry("sigmoid", new Case(sigmoidCrossEntropy(), SEVERAL)),
          Map.entry("squared", new Case(meanSquaredError(), VALUES)),
          Map.entry("absolute", new Case(meanAbsoluteError(), VALUES)),
          Map.entry("huber", new Case(huber(0.5), VALUES)),
          Map.entry("dice", new Case(dice(), ONE_HOT)),
          Map.entry("sum", new Case(softmaxCrossEntropy().plus(dice().times(0.5)), ONE_HOT)),
          Map.entry("tversky", new Case(Losses.tversky(0.3, 0.7), ONE_HOT)),
          Map.entry("softmax-focal", new Case(Losses.softmaxFocal(2), ONE_HOT)),
          Map.entry("softmax-focal-settings", new Case(FOCAL, ONE_HOT)),
          Map.entry("sigmoid-settings", new Case(WEIGHTED, SEVERAL)),
          Map.entry("sigmoid-focal", new Case(Losses.sigmoidFocal(2), SEVERAL)),
          Map.entry(
              "sigmoid-focal-settings", new Case(Losses.sigmoidFocal(0.5).alpha(0.25), SEVERAL)),
          Map.entry("divergence", new Case(Losses.klDivergence(), SHARES)),
          Map.entry("hinge", new Case(Losses.hinge(), SEVERAL)),
          Map.entry("squared-hinge", new Case(Losses.squaredHinge(), SEVERAL)),
          Map.entry("categorical-hinge", new Case(Losses.categoricalHinge(), ONE_HOT)),
          Map.entry("log-cosh", new Case(Losses.logCosh(), VALUES)),
          Map.entry("poisson", new Case(Losses.poisson(), COUNTS)),
          Map.entry("softmax-focal-rows", new Case(FOCAL, ONE_HOT)),
          Map.entry("sigmoid-focal-rows", new Case(Losses.sigmoidFocal(2), SEVERAL)),
          Map.entry("divergence-rows", new Case(Losses.klDivergence(), SHARES)),
          Map.entry("categorical-hinge-rows", new Case(Losses.categoricalHinge(), ONE_HOT)),
          Map.entry("softmax-rows", new Case(WITH_SETTINGS, ONE_HOT)),
          Map.entry("sigmoid-rows", new Case(sigmoidCrossEntropy(), SEVERAL)),
          Map.entry("absolute-rows", new Case(meanAbsoluteError(), VALUES)),
          Map.entry("huber-rows", new Case(huber(0.5), VALUES)));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "softmax",
        "softmax-settings",
        "softmax-partly",
        "sigmoid",
        "squared",
        "absolute",
        "huber",
        "dice",
        "sum",
        "tversky",
        "softmax-focal",
        "softmax-focal-settings",
        "sigmoid-settings",
        "sigmoid-focal",
        "sigmoid-focal-settings",
        "divergence",
        "hinge",
        "squared-hinge",
        "categorical-hinge",
        "log-cosh",
        "poisson"
      })
  void lossesAndGradientsOfPixelsEqualKeras(String name) {
    Case given = CASES.get(name);
    compare(name, "losses", LossRun.perExample(given.loss, PIXELS, OUTPUTS, given.targets));
    compare(name, "gradient", LossRun.gradient(given.loss, PIXELS, OUTPUTS, given.targets));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "softmax-rows",
        "sigmoid-rows",
        "absolute-rows",
        "huber-rows",
        "softmax-focal-rows",
        "sigmoid-focal-rows",
        "divergence-rows",
        "categorical-hinge-rows"
      })
  void lossesAndGradientsOfRowsEqualKeras(String name) {
    Case given = CASES.get(name);
    float[] outputs = firstPixels(OUTPUTS);
    float[] targets = firstPixels(given.targets);
    compare(name, "losses", LossRun.perExample(given.loss, ROWS, outputs, targets));
    compare(name, "gradient", LossRun.gradient(given.loss, ROWS, outputs, targets));
  }

  private static void compare(String name, String kind, float[] actual) {
    assertArrayEquals(figures(name, kind), actual, 1e-6f, name + " " + kind);
  }

  private static float[] values(IntToDoubleFunction value) {
    float[] values = new float[(int) PIXELS.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) value.applyAsDouble(i);
    }
    return values;
  }

  /** Returns the softmax of the values of a pixel. */
  private static double share(int i) {
    double sum = 0;
    for (int j = i - i % 3; j < i - i % 3 + 3; j++) {
      sum += Math.exp(VALUES[j]);
    }
    return Math.exp(VALUES[i]) / sum;
  }

  /** Returns the first pixel of each example. */
  private static float[] firstPixels(float[] pixels) {
    float[] first = new float[(int) ROWS.size()];
    for (int example = 0; example < 2; example++) {
      System.arraycopy(pixels, example * pixels.length / 2, first, example * 3, 3);
    }
    return first;
  }

  private static float[] figures(String name, String kind) {
    for (String line : lines()) {
      String[] words = line.split(" ", -1);
      if (words[0].equals(name) && words[1].equals(kind)) {
        float[] values = new float[words.length - 2];
        for (int i = 0; i < values.length; i++) {
          values[i] = Float.parseFloat(words[i + 2]);
        }
        return values;
      }
    }
    throw new IllegalArgumentException("no line in losses.txt: " + name + " " + kind);
  }

  private static List<String> lines() {
    try (InputStream in = LossFiguresTest.class.getResourceAsStream("/losses.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
