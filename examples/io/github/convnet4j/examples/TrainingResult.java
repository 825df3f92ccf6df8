package io.github.convnet4j.examples;

import java.util.List;

/**
 * The result of training one of the lecture's networks.
 *
 * @param costs the mean cost of each epoch's steps
 * @param stepCosts the cost of each step, before it
 * @param correct the number of correctly classified test images
 * @param tested the number of test images
 * @param label the label of the test image that was picked
 * @param prediction the predicted class of the same image
 * @param weights the trained variables, each row by row, in the order in which they were created
 */
public record TrainingResult(
    List<Double> costs,
    List<Float> stepCosts,
    int correct,
    int tested,
    int label,
    int prediction,
    List<float[]> weights) {

  /** Copies the lists. */
  public TrainingResult {
    costs = List.copyOf(costs);
    stepCosts = List.copyOf(stepCosts);
    weights = List.copyOf(weights);
  }

  /** Returns the share of correctly classified test images, as float32. */
  public float accuracy() {
    return (float) correct / tested;
  }
}
