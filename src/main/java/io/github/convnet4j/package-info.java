/** Convolutional networks in Java on TensorFlow. */
package io.github.convnet4j;
