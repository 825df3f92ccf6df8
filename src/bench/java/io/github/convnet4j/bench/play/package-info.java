/**
 * The contestants of this project: child processes that the runner starts and sends requests to.
 */
package io.github.convnet4j.bench.play;
