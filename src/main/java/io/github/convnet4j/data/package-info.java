/** Examples to train on, and what to do with them: splits, batches, orders. */
package io.github.convnet4j.data;
