/** Losses as values: what training makes smaller, and what an evaluation measures. */
package io.github.convnet4j.loss;
