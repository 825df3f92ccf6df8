/** Losses as values: what training minimizes and evaluations measure. */
package io.github.convnet4j.loss;
