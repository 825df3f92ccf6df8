/** How long a user waits for the first line of a program. */
package io.github.convnet4j.bench.start;
