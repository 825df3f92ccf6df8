/** What {@code fit} adds to a handwritten loop. */
package io.github.convnet4j.bench.overhead;
