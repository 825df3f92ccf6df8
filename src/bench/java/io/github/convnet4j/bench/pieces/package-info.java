/** The pieces that training is made of, each alone, under JMH. */
package io.github.convnet4j.bench.pieces;
