/**
 * Networks: described ({@link io.github.convnet4j.model.Network}), written to and read from JSON
 * ({@link io.github.convnet4j.model.NetworkJson}), and applied in a graph of the user's own ({@link
 * io.github.convnet4j.model.NetworkInGraph}).
 */
package io.github.convnet4j.model;
