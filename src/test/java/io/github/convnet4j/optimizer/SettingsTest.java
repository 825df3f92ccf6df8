package io.github.convnet4j.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that would prevent training or lead to NaN are rejected; the message names them. */
class SettingsTest {
  private static void assertRejected(String argument, double value, Supplier<Optimizer> make) {
    String message = assertThrows(IllegalArgumentException.class, make::get).getMessage();
    assertTrue(message.startsWith(argument + " must"), message);
    assertTrue(message.endsWith(": " + value), message);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1e-50, 1e39, Double.NaN, Double.POSITIVE_INFINITY})
  void learningRateMustBePositiveAndFinite(double rate) {
    String name = "learningRate";
    assertRejected(name, rate, () -> Optimizers.adam(rate));
    assertRejected(name, rate, () -> Optimizers.adamW(rate, 0));
    assertRejected(name, rate, () -> Optimizers.adamax(rate));
    assertRejected(name, rate, () -> Optimizers.nadam(rate));
    assertRejected(name, rate, () -> Optimizers.sgd(rate));
    assertRejected(name, rate, () -> Optimizers.adaGrad(rate));
    assertRejected(name, rate, () -> Optimizers.adaDelta(rate));
    assertRejected(name, rate, () -> Optimizers.rmsProp(rate));
    assertRejected(name, rate, () -> Optimizers.ftrl(rate));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, 0.999999999, Double.NaN})
  void decayRatesMustBeBelowOne(double share) {

    assertRejected("beta1", share, () -> Optimizers.adam(1).beta1(share));
    assertRejected("beta2", share, () -> Optimizers.adam(1).beta2(share));
    assertRejected("beta1", share, () -> Optimizers.adamW(1, 0).beta1(share));
    assertRejected("beta2", share, () -> Optimizers.adamax(1).beta2(share));
    assertRejected("beta1", share, () -> Optimizers.nadam(1).beta1(share));
    assertRejected("momentum", share, () -> Optimizers.sgd(1).momentum(share));
    assertRejected("rho", share, () -> Optimizers.adaDelta(1).rho(share));
    assertRejected("decay", share, () -> Optimizers.rmsProp(1).decay(share));
    assertRejected("momentum", share, () -> Optimizers.rmsProp(1).momentum(share));
  }

  @Test
  void otherSettingsHaveBounds() {
    assertRejected("epsilon", 0, () -> Optimizers.adam(1).epsilon(0));
    assertRejected("scheduleDecay", 0, () -> Optimizers.nadam(1).scheduleDecay(0));
    assertRejected("weightDecay", -1, () -> Optimizers.adamW(1, -1));
    assertRejected("initialAccumulator", 0, () -> Optimizers.adaGrad(1).initialAccumulator(0));
    assertRejected("learningRatePower", 0.5f, () -> Optimizers.ftrl(1).learningRatePower(0.5));
    assertRejected("l1", Double.NaN, () -> Optimizers.ftrl(1).l1(Double.NaN));
    assertRejected("momentum", 0, () -> Optimizers.sgd(1).nesterov());
  }

  @Test
  void optimizersAreValues() {
    assertEquals(
        new Adam(0.1, 0.8, 0.99, 1e-4), Optimizers.adam(0.1).epsilon(1e-4).beta2(0.99).beta1(0.8));
    assertEquals(new Sgd(0.01, 0.9, true), Optimizers.sgd(0.01).momentum(0.9).nesterov());
    assertEquals(
        "Adam[learningRate=0.001, beta1=0.9, beta2=0.999, epsilon=1.0E-8]",
        Optimizers.adam(0.001).toString());
  }
}
