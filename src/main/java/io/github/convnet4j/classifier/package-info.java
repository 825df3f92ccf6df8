/**
 * A network with its graph and session: trained, evaluated, asked, saved. Arrays go in and come
 * out; nothing of TensorFlow has to be known or closed but the classifier, or the regressor,
 * itself.
 */
package io.github.convnet4j.classifier;
