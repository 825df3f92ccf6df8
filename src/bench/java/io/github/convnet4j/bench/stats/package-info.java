/** Times put into a few numbers: quartiles, and ratios of what was measured side by side. */
package io.github.convnet4j.bench.stats;
