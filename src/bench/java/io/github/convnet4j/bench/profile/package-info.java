/** The operations of a training step, and their times. */
package io.github.convnet4j.bench.profile;
