/**
 * What contestants in JVM languages share: the work that they read, and the protocol with the
 * runner. It depends neither on this library nor on any of the others.
 */
package io.github.convnet4j.bench.contestant;
