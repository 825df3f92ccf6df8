/** Event files for TensorBoard, and a listener that writes what happens in training to them. */
package io.github.convnet4j.tensorboard;
