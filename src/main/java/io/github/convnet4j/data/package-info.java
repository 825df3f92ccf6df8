/**
 * Images and their labels, as they lie on disk and in memory: IDX files, MNIST, the bundled digits,
 * and the batches that a network is trained on.
 */
package io.github.convnet4j.data;
