package io.github.convnet4j.report;

/**
 * A setting or a result with its name, as shown on the page.
 *
 * @param name such as {@code "batch size"}
 * @param value such as {@code "100"}
 */
record Fact(String name, String value) {}
