/**
 * The layers of networks, and the nodes that connect them. {@link io.github.convnet4j.layer.Layers}
 * creates the built-in layers; implement {@link io.github.convnet4j.layer.Layer} to write your own.
 * {@link io.github.convnet4j.layer.Node} shows how to describe a network that is not a chain.
 */
package io.github.convnet4j.layer;
