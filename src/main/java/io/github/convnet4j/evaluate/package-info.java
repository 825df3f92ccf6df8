/** Metrics for predictions, computed in plain Java. */
package io.github.convnet4j.evaluate;
