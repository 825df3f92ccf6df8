/** Processes that the benchmarks start, and what the operating system says of their memory. */
package io.github.convnet4j.bench.process;
