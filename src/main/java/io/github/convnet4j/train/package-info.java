/** Training a network, and what it runs on. */
package io.github.convnet4j.train;
