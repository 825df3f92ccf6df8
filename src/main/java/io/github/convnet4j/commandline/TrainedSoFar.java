package io.github.convnet4j.commandline;

import io.github.convnet4j.train.Model;

/** How far a model is trained, in words: {@code 1 epoch, 45 steps}. */
final class TrainedSoFar {
  private TrainedSoFar() {}

  static String of(Model<?> model) {
    return count(model.epochsTrained(), "epoch") + ", " + count(model.stepsTrained(), "step");
  }

  private static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
