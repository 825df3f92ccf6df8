/** How time and memory grow with what there is to do; each point in a process of its own. */
package io.github.convnet4j.bench.growth;
