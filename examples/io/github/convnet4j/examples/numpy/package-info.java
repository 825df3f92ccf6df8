/**
 * What the lecture leaves to numpy and to Python: how an array is printed and how random numbers
 * are drawn, equal to the last character and the last bit.
 */
package io.github.convnet4j.examples.numpy;
