/**
 * Well-known networks by name: {@link io.github.convnet4j.networks.Networks}. They are
 * descriptions, as any other {@link io.github.convnet4j.model.Network}; weights for some of them
 * come from files of Keras.
 */
package io.github.convnet4j.networks;
