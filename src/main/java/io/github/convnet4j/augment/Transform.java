package io.github.convnet4j.augment;

/**
 * One way of changing an image at random: it moves the pixels ({@link Geometric}) or changes their
 * values ({@link Pixelwise}). {@link Transforms} makes the ready ones; a record that implements one
 * of the two is another.
 *
 * <p>Implementations are immutable, take all chance from the generator they are given, and may be
 * used by several threads at once.
 */
public sealed interface Transform permits Geometric, Pixelwise {}
