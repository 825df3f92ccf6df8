/**
 * The layers that a network is described with. {@link io.github.convnet4j.layer.Layers} names the
 * built-in ones; {@link io.github.convnet4j.layer.Layer} is open for layers of your own.
 */
package io.github.convnet4j.layer;
