/**
 * How good predictions are, computed in plain Java from arrays. {@link
 * io.github.convnet4j.evaluate.Metrics} has metrics that are computed batch by batch, and {@link
 * io.github.convnet4j.evaluate.Scores} holds their values. {@link
 * io.github.convnet4j.evaluate.LabelledPredictions} takes the predictions of a whole test set, for
 * reports, calibration and confidence intervals.
 */
package io.github.convnet4j.evaluate;
