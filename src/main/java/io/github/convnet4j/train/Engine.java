package io.github.convnet4j.train;

import io.github.convnet4j.data.ExampleBatch;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Session;

/** Runs a network in a session: flat arrays go in and come out. */
interface Engine extends AutoCloseable {
  /**
   * The result of a step.
   *
   * @param cost the loss of the batch before the update, plus the weight penalty
   * @param predictions for each output its predictions before the update, {@code [batch, …]}
   */
  record Stepped(float cost, List<float[]> predictions) {}

  /**
   * The result of a batch in inference.
   *
   * @param loss sum of the examples' losses
   * @param losses for each output the sum of the examples' losses
   * @param predictions for each output its predictions, {@code [batch, …]}
   */
  record Judged(double loss, List<Double> losses, List<float[]> predictions) {}

  /**
   * Prepares training, if that has not been done: until then there are no gradients and no
   * optimizer state. No other thread may train at the same time; others may predict.
   *
   * @param weighted whether the examples will have weights; a model that has already been trained
   *     without weights then gets a second training graph, which takes over the optimizer's state
   */
  void prepareTraining(boolean weighted);

  /**
   * Checks that examples can have weights.
   *
   * @param perOutput whether the outputs have different weights
   * @throws IllegalArgumentException if not; the message says what to do
   */
  void requireWeights(boolean perOutput);

  /**
   * Called after {@link #prepareTraining}.
   *
   * @throws IllegalStateException if there is nothing to train
   */
  void requireTrainable();

  /**
   * Does one training step.
   *
   * @param batch has weights only if training was prepared for them
   * @param step number of steps done before
   * @param withPredictions whether the predictions are of interest; otherwise there are none
   */
  Stepped train(TrainingBatch batch, long step, double learningRate, boolean withPredictions);

  /** Returns the predictions of each output for a batch, {@code [batch, …]}. */
  List<float[]> predict(int batch, List<float[]> inputs);

  /**
   * Returns the output of a layer in inference for a batch, {@code [batch, …]}.
   *
   * @throws IllegalArgumentException if the graph does not compute it
   */
  float[] layerOutput(String layer, ExampleBatch batch);

  /** Returns the predictions and the losses for a batch. */
  Judged judge(ExampleBatch batch);

  /** Prepares a call for one example; the result must be closed. */
  PreparedRun prepare();

  /** Returns the number of examples of a batch in inference that suits the network. */
  int inferenceBatch();

  /** Returns the variables; those of the optimizer only after {@link #prepareTraining}. */
  VariableValues variables();

  Graph graph();

  Session session();

  @Override
  void close();
}
