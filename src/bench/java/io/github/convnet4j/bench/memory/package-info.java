/** Whether memory use stays flat over long runs, as reported by the operating system. */
package io.github.convnet4j.bench.memory;
