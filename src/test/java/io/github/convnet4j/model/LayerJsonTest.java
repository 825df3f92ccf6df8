package io.github.convnet4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.initializer.Initializers;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.Layers;
import io.github.convnet4j.layer.Padding;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.tensorflow.ndarray.Shape;

/** Every built-in layer, with options other than the default ones, is read as it was written. */
class LayerJsonTest {
  private static final Shape IMAGE = Shape.of(12, 10, 4);

  static final List<Layer> IMAGE_LAYERS =
      List.of(
          Layers.shared("tower", Layers.relu()),
          Layers.conv2d(6, 3, 2)
              .stride(2, 1)
              .groups(2)
              .padding(Padding.VALID)
              .withoutBias()
              .kernelInitializer(Initializers.heNormal())
              .biasInitializer(Initializers.ones())
              .l2(0.001)
              .activation(Layers.leakyRelu(0.3))
              .name("first"),
          Layers.conv2d(6, 3).dilation(2, 1),
          Layers.separableConv2d(3, 3)
              .stride(2)
              .padding(Padding.VALID)
              .withoutBias()
              .kernelInitializer(Initializers.zeros())
              .l2(0.001)
              .activation(Layers.relu(4.5))
              .name("first"),
          Layers.depthwiseConv2d(3, 2)
              .stride(2)
              .depthMultiplier(3)
              .padding(Padding.VALID)
              .withoutBias()
              .kernelInitializer(Initializers.heNormal())
              .biasInitializer(Initializers.ones())
              .l2(0.001)
              .activation(Layers.relu6())
              .name("first"),
          Layers.conv2dTranspose(6, 3, 2)
              .stride(2, 1)
              .padding(Padding.VALID)
              .withoutBias()
              .kernelInitializer(Initializers.heNormal())
              .biasInitializer(Initializers.ones())
              .l2(0.001)
              .activation(Layers.elu())
              .name("first"),
          Layers.upsampling(2, 3),
          Layers.upsampling(2).bilinear(),
          Layers.zeroPadding(1).top(2).bottom(3).left(4).right(5),
          Layers.cropping(1).top(2).bottom(3).left(4).right(5),
          Layers.maxPool(3, 2).stride(1, 2).padding(Padding.VALID),
          Layers.averagePool(3, 2).stride(1, 2).padding(Padding.VALID),
          Layers.globalAveragePool(),
          Layers.globalMaxPool(),
          Layers.globalAveragePool().keepingDimensions(),
          Layers.globalMaxPool().keepingDimensions(),
          Layers.batchNorm().withoutGamma().withoutBeta().withFixedStatistics(),
          Layers.channelRescaling(List.of(0.5, 2.0, 3.0, -1.0), List.of(1.0, -1.0, 0.0, 0.25)),
          Layers.layerScale(1e-6).name("first"),
          Layers.dropout(0.3).sharedAxes(1, 2, 3),
          Layers.dense(3).alongLastDimension(),
          Layers.batchNorm().momentum(0.7).epsilon(0.1).name("first"),
          Layers.layerNorm().epsilon(0.1).name("first"),
          Layers.groupNorm(2).epsilon(0.1).name("first"),
          Layers.prelu().sharedAxes(1, 2).alphaInitializer(Initializers.ones()).name("first"),
          Layers.dropout(0.3),
          Layers.dropoutKeeping(0.9),
          Layers.spatialDropout(0.3),
          Layers.gaussianNoise(0.3),
          Layers.rescaling(1 / 127.5, -1),
          Layers.reshape(6, -1, 8),
          Layers.flatten(),
          Layers.residual(Layers.relu()).name("first"),
          Layers.concat(Layers.relu(), Layers.swish()).name("first"),
          Layers.sequence(Layers.relu()).name("first"));

  static final List<Layer> VECTOR_LAYERS =
      List.of(
          Layers.dense(3)
              .withoutBias()
              .kernelInitializer(Initializers.heNormal())
              .biasInitializer(Initializers.ones())
              .l2(0.001)
              .activation(Layers.softmax())
              .name("first"),
          Layers.linear(),
          Layers.relu(),
          Layers.relu(4.5),
          Layers.leakyRelu(0.3),
          Layers.elu(),
          Layers.gelu(),
          Layers.swish(),
          Layers.hardSwish(),
          Layers.hardSigmoid(),
          Layers.softplus(),
          Layers.sigmoid(),
          Layers.tanh(),
          Layers.softmax());

  @ParameterizedTest
  @FieldSource("IMAGE_LAYERS")
  void readsLayersOfImages(Layer layer) {
    check(IMAGE, layer);
  }

  @ParameterizedTest
  @FieldSource("VECTOR_LAYERS")
  void readsLayersOfVectors(Layer layer) {
    check(Shape.of(5), layer);
  }

  private static void check(Shape input, Layer layer) {
    Network network = Network.of(input, layer);
    Network read = Network.fromJson(network.toJson());
    assertEquals(network, read);
    assertEquals(network.summary(), read.summary());
  }

  @Test
  void coversEveryLayer() {
    Set<Class<?>> created =
        Arrays.stream(Layers.class.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .map(Method::getReturnType)
            .collect(Collectors.toSet());
    IMAGE_LAYERS.forEach(layer -> created.remove(layer.getClass()));
    VECTOR_LAYERS.forEach(layer -> created.remove(layer.getClass()));
    assertEquals(Set.of(), created);
  }

  /** A float that was widened to double would show its binary digits. */
  @Test
  void writesNumbersAsTheyWereTyped() {
    String json =
        Network.of(
                IMAGE,
                Layers.conv2d(1, 1).l2(0.001),
                Layers.dropout(0.3),
                Layers.dropoutKeeping(0.9),
                Layers.batchNorm())
            .toJson();
    for (String number : List.of("0.001,", ": 0.3,", ": 0.1,", ": 0.9,")) {
      assertTrue(json.replace(System.lineSeparator(), "\n").contains(number), json);
    }
    assertFalse(json.contains("0000"), json);
  }
}
