/**
 * What contestants written in a JVM language have in common: the work that they read, and the lines
 * by which the runner tells them what to do. Knows neither this library nor any of the others.
 */
package io.github.convnet4j.bench.contestant;
