/**
 * The lecture's notebooks as programs: {@code Ex11_1} to {@code Ex11_9}, each in one file that
 * reads from top to bottom, the slide on max pooling, the notes that work out single output
 * numbers, and some examples that go beyond the lecture. Each program has a {@code main}, and can
 * also be run by name with {@link io.github.convnet4j.examples.Examples}.
 *
 * <p>{@code Ex11_1} to {@code Ex11_9} are also notebooks, which are made from these files: a blank
 * line in {@code run} starts a new cell.
 */
package io.github.convnet4j.examples;
