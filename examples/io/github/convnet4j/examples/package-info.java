/**
 * The lecture's notebooks as programs: {@code Ex11_1} to {@code Ex11_9}, each one file that is read
 * from top to bottom, the slide on max pooling, and the notes that work out single output numbers.
 * Each is run by its {@code main}, or by name through {@link
 * io.github.convnet4j.examples.Examples}.
 */
package io.github.convnet4j.examples;
