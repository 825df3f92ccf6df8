/**
 * Initial values of weights. {@link io.github.convnet4j.initializer.Initializers} creates the
 * built-in initializers; implement {@link io.github.convnet4j.initializer.Initializer} to write
 * your own.
 */
package io.github.convnet4j.initializer;
