/**
 * Networks and weights from files of Keras. Start with {@link
 * io.github.convnet4j.keras.KerasModel#read}; {@link io.github.convnet4j.keras.KerasLayers} adds
 * layers of your own. The package needs the optional library {@code io.jhdf:jhdf}.
 */
package io.github.convnet4j.keras;
