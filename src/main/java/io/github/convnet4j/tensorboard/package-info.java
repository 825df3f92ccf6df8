/** Event files for TensorBoard, and a listener that logs training to them. */
package io.github.convnet4j.tensorboard;
