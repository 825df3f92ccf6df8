/**
 * Random changes to images while a network is trained on them: they are moved, rotated and cropped,
 * get other colors, or are mixed, different each time. {@link
 * io.github.convnet4j.augment.Transforms} has all of them.
 *
 * <p>Images are arrays on the heap. The changes to an image depend only on a seed and on the number
 * of the image in the training run, and not on threads.
 */
package io.github.convnet4j.augment;
