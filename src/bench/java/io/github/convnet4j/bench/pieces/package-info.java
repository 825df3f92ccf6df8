/** The pieces of training, each measured on its own, with JMH. */
package io.github.convnet4j.bench.pieces;
