package io.github.convnet4j.layer;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.conv2dTranspose;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.depthwiseConv2d;
import static io.github.convnet4j.layer.Layers.linear;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.separableConv2d;
import static io.github.convnet4j.layer.Layers.swish;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.convnet4j.initializer.Initializers;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.NetworkJson;
import io.github.convnet4j.model.NetworkRun;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** An activation as an option of a layer computes the same as a layer of its own after it. */
class ActivationOptionTest {
  private static final Shape IMAGE = Shape.of(4, 5, 2);
  private static final Shape VECTOR = Shape.of(6);

  static Stream<Arguments> pairs() {
    return Stream.of(
        Arguments.of(IMAGE, conv2d(3, 3), conv2d(3, 3).activation(swish())),
        Arguments.of(
            IMAGE, conv2d(2, 3).withoutBias(), conv2d(2, 3).activation(swish()).withoutBias()),
        Arguments.of(IMAGE, separableConv2d(3, 3), separableConv2d(3, 3).activation(swish())),
        Arguments.of(IMAGE, depthwiseConv2d(3), depthwiseConv2d(3).activation(swish())),
        Arguments.of(IMAGE, conv2dTranspose(3, 3), conv2dTranspose(3, 3).activation(swish())),
        Arguments.of(VECTOR, dense(3), dense(3).activation(swish())),
        Arguments.of(VECTOR, dense(3).withoutBias(), dense(3).activation(swish()).withoutBias()));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void computesTheSameAsALayerOfItsOwn(Shape input, Layer plain, Layer activated) {
    int batch = 2;
    float[] values = new float[batch * (int) input.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 37 % 101 - 50) / 32f;
    }
    for (Mode mode : Mode.values()) {
      try (NetworkRun apart =
              new NetworkRun(Network.of(input, plain, swish()), batch, mode, Set.of());
          NetworkRun together =
              new NetworkRun(Network.of(input, activated), batch, mode, Set.of())) {
        assertArrayEquals(apart.forward(values), together.forward(values), 1e-6f);
        List<float[]> expected = apart.gradients(values);
        List<float[]> actual = together.gradients(values);
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
          assertArrayEquals(expected.get(i), actual.get(i), 1e-5f);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void keepsShapesAndParameters(Shape input, Layer plain, Layer activated) {
    assertEquals(plain.outputShape(input), activated.outputShape(input));
    assertEquals(plain.parameters(input), activated.parameters(input));
    assertEquals(plain.multiplyAdds(input), activated.multiplyAdds(input));
  }

  @Test
  void otherOptionsKeepTheActivation() {
    assertEquals(linear(), conv2d(4, 3).activation());
    assertEquals(
        relu(),
        conv2d(4, 3)
            .activation(relu())
            .groups(2)
            .stride(2)
            .padding(Padding.VALID)
            .withoutBias()
            .kernelInitializer(Initializers.heNormal())
            .biasInitializer(Initializers.ones())
            .l2(0.1)
            .name("a")
            .activation());
    assertEquals(
        relu(),
        separableConv2d(4, 3)
            .activation(relu())
            .stride(2)
            .padding(Padding.VALID)
            .withoutBias()
            .kernelInitializer(Initializers.heNormal())
            .l2(0.1)
            .name("a")
            .activation());
    assertEquals(
        relu(),
        dense(4)
            .activation(relu())
            .withoutBias()
            .kernelInitializer(Initializers.heNormal())
            .biasInitializer(Initializers.ones())
            .l2(0.1)
            .name("a")
            .activation());
    assertEquals(
        relu(),
        depthwiseConv2d(3)
            .activation(relu())
            .stride(2)
            .padding(Padding.VALID)
            .depthMultiplier(2)
            .withoutBias()
            .kernelInitializer(Initializers.heNormal())
            .biasInitializer(Initializers.ones())
            .l2(0.1)
            .name("a")
            .activation());
    assertEquals(
        relu(),
        conv2dTranspose(4, 3)
            .activation(relu())
            .stride(2)
            .padding(Padding.VALID)
            .withoutBias()
            .kernelInitializer(Initializers.heNormal())
            .biasInitializer(Initializers.ones())
            .l2(0.1)
            .name("a")
            .activation());
  }

  /** A user's own: x times a factor. */
  record Times(double factor) implements Activation {
    @Override
    public String kind() {
      return "times";
    }

    @Override
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> input) {
      return tf.math.mul(input, tf.constant((float) factor));
    }
  }

  @Test
  void acceptsAUsersOwnActivation() {
    Network network =
        Network.of(
            Shape.of(2),
            dense(1).kernelInitializer(Initializers.ones()).activation(new Times(3)),
            new Times(10));
    try (NetworkRun run = new NetworkRun(network, 1, Mode.INFERENCE)) {
      assertArrayEquals(new float[] {90}, run.forward(1, 2), 1e-5f);
    }
    assertThrows(IllegalArgumentException.class, network::toJson);
    NetworkJson json = NetworkJson.standard().withLayer("times", Times.class);
    assertEquals(network, json.read(json.write(network)));
  }
}
