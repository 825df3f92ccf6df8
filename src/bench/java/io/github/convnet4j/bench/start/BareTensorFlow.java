package io.github.convnet4j.bench.start;

import org.tensorflow.TensorFlow;

/** A program that loads TensorFlow and does nothing with it. */
public final class BareTensorFlow {
  private BareTensorFlow() {}

  public static void main(String[] args) {
    System.out.println(TensorFlow.version());
  }
}
