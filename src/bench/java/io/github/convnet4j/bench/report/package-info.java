/** Results as tables for people and as JSON for programs. */
package io.github.convnet4j.bench.report;
