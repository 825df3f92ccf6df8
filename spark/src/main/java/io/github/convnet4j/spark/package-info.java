/**
 * Networks in Apache Spark: {@link io.github.convnet4j.spark.ImageModel} classifies the images of a
 * column, and {@link io.github.convnet4j.spark.ImageClassifier} trains such a model on many
 * machines.
 */
package io.github.convnet4j.spark;
