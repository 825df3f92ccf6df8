package io.github.convnet4j.train;

import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.model.Network;
import java.util.Random;
import org.tensorflow.ndarray.Shape;

/**
 * Images of 4 x 4 pixels whose upper half is dark in class 0 and light in class 1, and a network
 * for them.
 */
final class TinyImages {
  static final Network NETWORK = Network.of(Shape.of(4, 4, 1), flatten(), dense(2));

  private TinyImages() {}

  static DataSet of(int n, long seed) {
    Random random = new Random(seed);
    byte[] pixels = new byte[n * 16];
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = random.nextInt(2);
      for (int p = 0; p < 16; p++) {
        int light = p < 8 ? labels[i] : 1 - labels[i];
        pixels[16 * i + p] = (byte) (random.nextInt(128) + 100 * light);
      }
    }
    return DataSet.of(pixels, labels, Shape.of(4, 4, 1), 2);
  }
}
