package io.github.convnet4j.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that would not train, or train to NaN, are refused by name and value. */
class SettingsTest {
  private static void refused(String message, Supplier<Optimizer> make) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, make::get).getMessage());
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -0.1f, Float.NaN, Float.POSITIVE_INFINITY})
  void aLearningRateIsPositiveAndFinite(float rate) {
    String message = "learningRate must be a positive, finite number: " + rate;
    refused(message, () -> Optimizers.adam(rate));
    refused(message, () -> Optimizers.adamW(rate, 0));
    refused(message, () -> Optimizers.adamax(rate));
    refused(message, () -> Optimizers.nadam(rate));
    refused(message, () -> Optimizers.sgd(rate));
    refused(message, () -> Optimizers.adaGrad(rate));
    refused(message, () -> Optimizers.adaDelta(rate));
    refused(message, () -> Optimizers.rmsProp(rate));
    refused(message, () -> Optimizers.ftrl(rate));
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.1f, 1, Float.NaN})
  void aShareOfThePastIsBelowOne(float share) {
    String message = " must be at least 0 and below 1: " + share;
    refused("beta1" + message, () -> Optimizers.adam(1).beta1(share));
    refused("beta2" + message, () -> Optimizers.adam(1).beta2(share));
    refused("beta1" + message, () -> Optimizers.adamW(1, 0).beta1(share));
    refused("beta2" + message, () -> Optimizers.adamax(1).beta2(share));
    refused("beta1" + message, () -> Optimizers.nadam(1).beta1(share));
    refused("momentum" + message, () -> Optimizers.sgd(1).momentum(share));
    refused("rho" + message, () -> Optimizers.adaDelta(1).rho(share));
    refused("decay" + message, () -> Optimizers.rmsProp(1).decay(share));
    refused("momentum" + message, () -> Optimizers.rmsProp(1).momentum(share));
  }

  @Test
  void theOthersHaveBoundsToo() {
    refused("epsilon must be a positive, finite number: 0.0", () -> Optimizers.adam(1).epsilon(0));
    refused(
        "scheduleDecay must be a positive, finite number: 0.0",
        () -> Optimizers.nadam(1).scheduleDecay(0));
    refused(
        "weightDecay must be 0 or a positive, finite number: -1.0", () -> Optimizers.adamW(1, -1));
    refused(
        "initialAccumulator must be a positive, finite number: 0.0",
        () -> Optimizers.adaGrad(1).initialAccumulator(0));
    refused(
        "learningRatePower must be 0 or a negative, finite number: 0.5",
        () -> Optimizers.ftrl(1).learningRatePower(0.5f));
    refused(
        "l1 must be 0 or a positive, finite number: NaN", () -> Optimizers.ftrl(1).l1(Float.NaN));
    refused(
        "momentum must be above 0 for Nesterov's: call momentum(…) before nesterov()",
        () -> Optimizers.sgd(1).nesterov());
  }

  @Test
  void optimizersAreValues() {
    assertEquals(
        new Adam(0.1f, 0.8f, 0.99f, 1e-4f),
        Optimizers.adam(0.1f).epsilon(1e-4f).beta2(0.99f).beta1(0.8f));
    assertEquals(new Sgd(0.01f, 0.9f, true), Optimizers.sgd(0.01f).momentum(0.9f).nesterov());
    assertEquals(
        "Adam[learningRate=0.001, beta1=0.9, beta2=0.999, epsilon=1.0E-8]",
        Optimizers.adam(0.001f).toString());
  }
}
