/** The contestants that are of this project: child processes that the runner starts and asks. */
package io.github.convnet4j.bench.play;
