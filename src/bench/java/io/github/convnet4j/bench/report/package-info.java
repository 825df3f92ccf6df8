/** Results for a reader, as a table, and for a program, as JSON. */
package io.github.convnet4j.bench.report;
