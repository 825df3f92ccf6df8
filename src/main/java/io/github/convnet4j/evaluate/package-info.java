/** How good predictions are, from numbers on the heap alone. */
package io.github.convnet4j.evaluate;
