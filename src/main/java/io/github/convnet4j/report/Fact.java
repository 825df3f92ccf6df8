package io.github.convnet4j.report;

/**
 * A setting or a result with its name, for a reader.
 *
 * @param name {@code "batch size"}
 * @param value {@code "100"}
 */
record Fact(String name, String value) {}
