package io.github.convnet4j.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.own.Lion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares with the output of {@code src/test/python/print_optimizers.py}. */
class PythonFiguresTest {
  private static final Map<String, Optimizer> OPTIMIZERS =
      Map.ofEntries(
          Map.entry("adam", Optimizers.adam(0.001)),
          Map.entry("adam-large", Optimizers.adam(0.1).beta1(0.8).beta2(0.9).epsilon(1e-4)),
          Map.entry("sgd", Optimizers.sgd(0.1)),
          Map.entry("momentum", Optimizers.sgd(0.1).momentum(0.9)),
          Map.entry("nesterov", Optimizers.sgd(0.1).momentum(0.9).nesterov()),
          Map.entry("adagrad", Optimizers.adaGrad(0.1)),
          Map.entry("adadelta", Optimizers.adaDelta(1.0)),
          Map.entry("rmsprop", Optimizers.rmsProp(0.01)),
          Map.entry(
              "rmsprop-centered",
              Optimizers.rmsProp(0.01).decay(0.8).momentum(0.5).epsilon(1e-3).centered()),
          Map.entry("ftrl", Optimizers.ftrl(0.1)),
          Map.entry(
              "ftrl-penalties",
              Optimizers.ftrl(0.1)
                  .learningRatePower(-0.25)
                  .initialAccumulator(0.2)
                  .l1(0.01)
                  .l2(0.02)
                  .l2Shrinkage(0.03)),
          Map.entry("clip-value", Optimizers.sgd(0.5).clipByValue(0.2)),
          Map.entry("clip-norm", Optimizers.sgd(0.5).clipByNorm(0.3)),
          Map.entry("clip-global-norm", Optimizers.sgd(0.5).clipByGlobalNorm(0.5)),
          Map.entry("keras-adam", Optimizers.adam(0.1)),
          Map.entry("keras-adamw", Optimizers.adamW(0.1, 0.2)),
          Map.entry("keras-adamax", Optimizers.adamax(0.1)),
          Map.entry("keras-nadam", Optimizers.nadam(0.1).scheduleDecay(1)),
          Map.entry("keras-lion", new Lion(0.1, 0.8, 0.95, 0)));

  /**
   * All bits are equal on the kind of processor on which Python ran. Other processors may fuse a
   * multiplication and an addition and round once instead of twice.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "adam",
        "adam-large",
        "sgd",
        "momentum",
        "nesterov",
        "adagrad",
        "adadelta",
        "rmsprop",
        "rmsprop-centered",
        "ftrl",
        "ftrl-penalties"
      })
  void fiveStepsEqualTensorFlow1InPython(String name) {
    boolean sameProcessor = System.getProperty("os.arch").matches("amd64|x86_64");
    compare(name, sameProcessor ? 0 : 1e-6f);
  }

  /** The last digit may differ: Python divides and multiplies in another order. */
  @ParameterizedTest
  @ValueSource(strings = {"clip-value", "clip-norm", "clip-global-norm"})
  void fiveStepsWithClippedGradientsMatchPython(String name) {
    compare(name, 2e-7f);
  }

  /**
   * Keras computes 1 - beta2 in double precision and 1 - beta2^t in single precision, which near 1
   * - 0.999 has a relative error of 1.3e-5. The kernels compute both in single precision, so the
   * error cancels. After the root and with the rate of 0.1 the difference is 0.7e-6 per step.
   */
  @ParameterizedTest
  @ValueSource(strings = {"keras-adam", "keras-adamw", "keras-adamax", "keras-nadam", "keras-lion"})
  void fiveStepsMatchKeras(String name) {
    compare(name, 5e-6f);
  }

  private static void compare(String name, float tolerance) {
    List<float[]> expected = figures(name);
    List<float[]> actual = TinyModel.trainWith(OPTIMIZERS.get(name), 5);
    assertEquals(5, expected.size());
    for (int step = 0; step < 5; step++) {
      String message = name + ", step " + (step + 1);
      if (tolerance == 0) {
        assertArrayEquals(expected.get(step), actual.get(step), message);
      } else {
        assertArrayEquals(expected.get(step), actual.get(step), tolerance, message);
      }
    }
  }

  private static List<float[]> figures(String name) {
    List<float[]> steps = new ArrayList<>();
    for (String line : lines()) {
      String[] words = line.split(" ", -1);
      if (words[0].equals(name)) {
        float[] values = new float[6];
        for (int i = 0; i < 6; i++) {
          values[i] = Float.parseFloat(words[i + 2]);
        }
        steps.add(values);
      }
    }
    return steps;
  }

  private static List<String> lines() {
    try (InputStream in = PythonFiguresTest.class.getResourceAsStream("/optimizers.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
