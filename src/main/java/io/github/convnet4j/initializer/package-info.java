/**
 * How weights begin: {@link io.github.convnet4j.initializer.Initializers} names them, {@link
 * io.github.convnet4j.initializer.Initializer} is open for one of your own.
 */
package io.github.convnet4j.initializer;
