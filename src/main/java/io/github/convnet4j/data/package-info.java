/**
 * Images and their labels, targets or masks, on disk and in memory: IDX files, MNIST, the bundled
 * digits, folders of pictures, and the batches that a network is trained on.
 */
package io.github.convnet4j.data;
