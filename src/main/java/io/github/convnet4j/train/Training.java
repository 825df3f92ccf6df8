package io.github.convnet4j.train;

import io.github.convnet4j.data.Source;
import io.github.convnet4j.evaluate.Scores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A running call of {@code fit}, as its listeners see it.
 *
 * <p>Use it only in the training thread, and do not keep it.
 */
public final class Training {
  private final Model<?> model;
  private final Source examples;
  private final FitOptions options;
  private final Plan plan;
  private final LearningRate learningRate;
  private final WatchedMetrics watched;
  private final EpochMetrics metrics;
  private final Progress progress;
  private boolean stopped;

  Training(
      Model<?> model,
      Source examples,
      FitOptions options,
      Plan plan,
      LearningRate learningRate,
      WatchedMetrics watched,
      EpochMetrics metrics,
      Progress progress) {
    this.model = model;
    this.examples = examples;
    this.options = options;
    this.plan = plan;
    this.learningRate = learningRate;
    this.watched = watched;
    this.metrics = metrics;
    this.progress = progress;
  }

  /**
   * Returns the model that is being trained. Listeners may read its weights, predict, evaluate and
   * save, but not call {@code fit} or close it.
   */
  public Model<?> model() {
    return model;
  }

  /** Returns the training examples, without those held out for validation. */
  public Source examples() {
    return examples;
  }

  /** Returns the options of this call; a validation share has been replaced by its examples. */
  public FitOptions options() {
    return options;
  }

  /** Returns the number of the first epoch that this call trains or continues, from 1. */
  public int firstEpoch() {
    return plan.start().epochs() + 1;
  }

  /** Returns the number of the last epoch of this call, if it is not stopped before. */
  public int lastEpoch() {
    return plan.lastEpoch();
  }

  /** Returns how many steps of the first epoch earlier calls have already done. */
  public int batchesDone() {
    return plan.batches(plan.start().inEpoch().examples());
  }

  /** Returns the number of steps per epoch. */
  public int batchesPerEpoch() {
    return plan.batchesPerEpoch();
  }

  /**
   * Returns the names of the values that each epoch's result will have, in order: {@code cost}, the
   * metrics, and, if there are validation examples, {@code val_loss} and so on.
   */
  public List<String> valueNames() {
    List<String> names = new ArrayList<>();
    names.add(EpochResult.COST);
    names.addAll(watched.names());
    if (options.validation().isPresent()) {
      names.add(EpochResult.VALIDATION + "loss");
      watched.names().forEach(name -> names.add(EpochResult.VALIDATION + name));
    }
    return List.copyOf(names);
  }

  /** Returns whether a larger value of this name is a better one; costs and losses are not. */
  public boolean higherIsBetter(String valueName) {
    String metric =
        valueName.startsWith(EpochResult.VALIDATION)
            ? valueName.substring(EpochResult.VALIDATION.length())
            : valueName;
    return watched.metric(metric).map(found -> found.higherIsBetter()).orElse(false);
  }

  /**
   * Returns the cost and the metrics of the current epoch up to now, by name and in order.
   *
   * @throws IllegalStateException before the first step of an epoch
   */
  public Map<String, Double> valuesSoFar() {
    Reached.InEpoch inEpoch = progress.reached().inEpoch();
    if (inEpoch.examples() == 0) {
      throw new IllegalStateException("the epoch has no values before its first step");
    }
    Map<String, Double> values = new LinkedHashMap<>();
    values.put(EpochResult.COST, inEpoch.cost() / inEpoch.examples());
    values.putAll(metrics.values());
    return values;
  }

  /**
   * Evaluates a model with the same network on the validation examples, with the metrics of this
   * run.
   *
   * @throws IllegalStateException if there are no validation examples
   */
  public Scores validate(Model<?> other) {
    Source validation =
        options
            .validation()
            .orElseThrow(() -> new IllegalStateException("fit has no validation examples"));
    return other.evaluate(validation, watched);
  }

  /**
   * Returns the learning rate of the latest step; before the first step, that of the first step.
   */
  public double learningRate() {
    return learningRate.current();
  }

  /** Returns the factor that the scheduled learning rates are multiplied by; initially 1. */
  public double learningRateFactor() {
    return learningRate.factor();
  }

  /**
   * Sets the factor that the scheduled learning rates of the remaining steps of this call are
   * multiplied by.
   *
   * @param factor above 0; 1 for the scheduled rates themselves
   */
  public void learningRateFactor(double factor) {
    learningRate.factor(factor);
  }

  /**
   * Stops training as soon as all listeners have been called for the current event. An incomplete
   * epoch is not in the history; the next call of {@code fit} continues it.
   */
  public void stop() {
    stopped = true;
  }

  boolean stopped() {
    return stopped;
  }
}
