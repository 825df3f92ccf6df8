/**
 * Classifiers and regressors: networks that can be trained, evaluated, used for predictions, saved
 * and exported. Inputs and outputs are plain arrays. Callers need not know TensorFlow, and have to
 * close only the classifier or regressor itself.
 */
package io.github.convnet4j.train;
