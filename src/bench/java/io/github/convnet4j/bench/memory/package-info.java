/** Whether memory stays flat over long work, by what the operating system says. */
package io.github.convnet4j.bench.memory;
