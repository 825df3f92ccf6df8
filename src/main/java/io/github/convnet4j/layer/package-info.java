/**
 * The layers of networks. {@link io.github.convnet4j.layer.Layers} creates the built-in ones;
 * implement {@link io.github.convnet4j.layer.Layer} to write your own.
 */
package io.github.convnet4j.layer;
