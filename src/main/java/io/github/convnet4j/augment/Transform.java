package io.github.convnet4j.augment;

/**
 * A random change to an image that either moves pixels ({@link Geometric}) or changes their values
 * ({@link Pixelwise}). {@link Transforms} has the built-in ones. To add another, implement one of
 * the two interfaces, preferably as a record.
 *
 * <p>Implementations are immutable and thread-safe, and use no randomness other than the given
 * generator.
 */
public sealed interface Transform permits Geometric, Pixelwise {}
