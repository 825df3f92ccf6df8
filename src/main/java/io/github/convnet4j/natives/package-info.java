/**
 * Workarounds for TensorFlow's native side: loading the library, closing graphs and sessions in the
 * right order, naming operations, and derivatives that cannot crash the process. For internal use;
 * not part of the API.
 */
package io.github.convnet4j.natives;
