/** How time and memory grow with the size of the task; each point runs in a separate process. */
package io.github.convnet4j.bench.growth;
