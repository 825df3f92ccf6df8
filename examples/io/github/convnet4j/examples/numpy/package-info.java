/**
 * What the lecture takes from numpy and Python: printing arrays and drawing random numbers, equal
 * to the last character and the last bit.
 */
package io.github.convnet4j.examples.numpy;
