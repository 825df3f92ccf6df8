/** Whether TensorFlow's native library is there for the machine that runs the program. */
package io.github.convnet4j.natives;
