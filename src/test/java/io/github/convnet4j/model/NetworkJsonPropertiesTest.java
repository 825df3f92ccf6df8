package io.github.convnet4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.initializer.Initializer;
import io.github.convnet4j.initializer.Initializers;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.Layers;
import io.github.convnet4j.layer.Padding;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.tensorflow.ndarray.Shape;

/** Any network that can be described is read from JSON as it was written. */
class NetworkJsonPropertiesTest {
  @Property(tries = 200)
  void readsWhatItWrote(@ForAll("networks") Network network) {
    Network read = Network.fromJson(network.toJson());
    assertEquals(network, read);
    assertEquals(network.summary(), read.summary());
  }

  @Provide
  Arbitrary<Network> networks() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 12),
            Arbitraries.integers().between(1, 12),
            layer(2).list().ofMaxSize(6),
            head())
        .as(
            (height, channels, body, head) -> {
              List<Layer> layers = new ArrayList<>(body);
              layers.add(Layers.globalAveragePool());
              layers.addAll(head);
              Network network = Network.of(Shape.of(height, 9, channels), layers);
              return height % 2 == 0 ? network.freeze("dense") : network;
            });
  }

  private static Arbitrary<List<Layer>> head() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 9),
            initializers(),
            initializers(),
            Arbitraries.of(true, false))
        .as(
            (units, kernel, bias, withBias) -> {
              var dense = Layers.dense(units).kernelInitializer(kernel).biasInitializer(bias);
              return List.of(withBias ? dense : dense.withoutBias(), Layers.softmax());
            });
  }

  /**
   * Layers that take images of any size and keep the size, so that they can be combined in any
   * order.
   */
  private static Arbitrary<Layer> layer(int depth) {
    Arbitrary<Layer> plain =
        Arbitraries.oneOf(
            convolutions(),
            Arbitraries.of(
                Layers.relu(),
                Layers.elu(),
                Layers.gelu(),
                Layers.sigmoid(),
                Layers.tanh(),
                Layers.softmax(),
                Layers.batchNorm(),
                Layers.layerNorm(),
                Layers.groupNorm(1),
                Layers.prelu().sharedAxes(1, 2),
                Layers.swish(),
                Layers.hardSwish(),
                Layers.relu6(),
                Layers.depthwiseConv2d(3),
                Layers.sequence(Layers.upsampling(2).bilinear(), Layers.averagePool(2)),
                Layers.sequence(Layers.zeroPadding(1, 2), Layers.cropping(1, 2)),
                Layers.averagePool(3, 2).stride(1),
                Layers.maxPool(2).stride(1),
                Layers.maxPool(1).padding(Padding.VALID)),
            doubles().map(Layers::leakyRelu),
            doubles().map(Layers::gaussianNoise),
            doubles().map(offset -> Layers.rescaling(0.5, offset)),
            Arbitraries.doubles().between(0, 0.99).map(Layers::spatialDropout),
            Arbitraries.doubles().between(0, 0.99).map(Layers::dropout),
            Arbitraries.doubles().between(0, 0.99).map(m -> Layers.batchNorm().momentum(m)));
    if (depth == 0) {
      return plain;
    }
    Arbitrary<Layer[]> inner = layer(depth - 1).array(Layer[].class).ofMinSize(2).ofMaxSize(3);
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(6, plain),
        net.jqwik.api.Tuple.of(1, inner.map(Layers::residual)),
        net.jqwik.api.Tuple.of(1, inner.map(Layers::concat)),
        net.jqwik.api.Tuple.of(1, inner.map(Layers::sequence)));
  }

  private static Arbitrary<Layer> convolutions() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 8),
            Arbitraries.integers().between(1, 4),
            Arbitraries.integers().between(1, 3),
            initializers(),
            doubles(),
            Arbitraries.integers().between(0, 3))
        .as(
            (filters, size, dilation, initializer, l2, variant) ->
                switch (variant) {
                  case 0 ->
                      Layers.separableConv2d(filters, size).kernelInitializer(initializer).l2(l2);
                  case 1 ->
                      Layers.conv2d(filters, size, 1).dilation(dilation, 1).withoutBias().l2(l2);
                  case 2 -> Layers.conv2dTranspose(filters, size).activation(Layers.relu(l2 + 1));
                  default ->
                      Layers.conv2d(filters, size)
                          .kernelInitializer(initializer)
                          .activation(Layers.leakyRelu(l2));
                });
  }

  private static Arbitrary<Double> doubles() {
    return Arbitraries.doubles().between(0, 1000).ofScale(6);
  }

  private static Arbitrary<Float> floats() {
    return Arbitraries.floats().between(0, 1000).ofScale(6);
  }

  private static Arbitrary<Initializer> initializers() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            Initializers.glorotUniform(),
            Initializers.glorotNormal(),
            Initializers.heUniform(),
            Initializers.heNormal(),
            Initializers.zeros()),
        Arbitraries.floats().map(Initializers::constant),
        floats().map(Initializers::normal));
  }
}
