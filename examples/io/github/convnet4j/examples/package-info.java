/**
 * The lecture's notebooks as programs: {@code Ex11_1} to {@code Ex11_9}, the slide on max pooling,
 * and the notes that work single output numbers out. Each is run by its {@code main}, or by name
 * through {@link io.github.convnet4j.examples.Examples}.
 */
package io.github.convnet4j.examples;
