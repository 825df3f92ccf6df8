/** Processes that the benchmarks start, and their memory as the operating system reports it. */
package io.github.convnet4j.bench.process;
