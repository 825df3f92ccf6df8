/**
 * Random changes to images while a network is trained on them: shifts, rotations, zoom, flips,
 * brightness, contrast, cutout and noise, different each time.
 *
 * <p>Images are arrays on the heap. The changes to an image depend only on a seed and on the number
 * of the image in the training run, and not on threads.
 */
package io.github.convnet4j.augment;
