/**
 * What a network's outputs mean: the loss that training minimizes, the targets, and the
 * predictions. {@link io.github.convnet4j.task.Tasks} has the built-in tasks.
 */
package io.github.convnet4j.task;
