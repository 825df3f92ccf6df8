/**
 * Networks: their description ({@link io.github.convnet4j.model.Network}), their JSON form ({@link
 * io.github.convnet4j.model.NetworkJson}), and their application in a graph of your own ({@link
 * io.github.convnet4j.model.NetworkInGraph}).
 */
package io.github.convnet4j.model;
