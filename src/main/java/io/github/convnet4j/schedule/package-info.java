/** Learning rates that change while a network is trained: plain numbers, without TensorFlow. */
package io.github.convnet4j.schedule;
