/**
 * TensorFlow's native side: whether its library can be loaded, in which order graphs and sessions
 * are closed, how operations are named, and derivatives that cannot end the virtual machine. For
 * this library's own use; not part of its API.
 */
package io.github.convnet4j.natives;
