/**
 * Images changed at random while a network is trained on them: moved, turned, scaled, mirrored,
 * lightened, covered in part or made noisy, each time in another way.
 *
 * <p>Everything lies in heap arrays. What happens to an image follows from a seed and the image's
 * number in the training alone, whatever the threads do.
 */
package io.github.convnet4j.augment;
