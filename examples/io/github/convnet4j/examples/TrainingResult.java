package io.github.convnet4j.examples;

import java.util.List;

/**
 * What a training of the lecture's networks came to.
 *
 * @param costs the mean cost of each epoch's steps
 * @param stepCosts the cost of each step, before it
 * @param correct how many test images were given their label
 * @param tested how many test images there were
 * @param label of the one test image that was picked
 * @param prediction for the same image
 */
public record TrainingResult(
    List<Double> costs, List<Float> stepCosts, int correct, int tested, int label, int prediction) {

  /** Copies the lists. */
  public TrainingResult {
    costs = List.copyOf(costs);
    stepCosts = List.copyOf(stepCosts);
  }

  /** The share of the test images that were given their label, as float32. */
  public float accuracy() {
    return (float) correct / tested;
  }
}
