/** Learning rates that change while a network is trained: numbers alone, without TensorFlow. */
package io.github.convnet4j.schedule;
