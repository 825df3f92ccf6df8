/** Statistics of times: quartiles, and ratios of paired measurements. */
package io.github.convnet4j.bench.stats;
