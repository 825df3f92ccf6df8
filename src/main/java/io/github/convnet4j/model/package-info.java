/**
 * Networks: their description ({@link io.github.convnet4j.model.Network}), their JSON form ({@link
 * io.github.convnet4j.model.NetworkJson}), their application in a graph of your own ({@link
 * io.github.convnet4j.model.NetworkInGraph}), and the values of their variables ({@link
 * io.github.convnet4j.model.Weights}).
 */
package io.github.convnet4j.model;
