package io.github.convnet4j.model;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.residual;
import static io.github.convnet4j.layer.Layers.sequence;
import static io.github.convnet4j.layer.Layers.shared;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.layer.Parameter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** Which layers the names and patterns of freeze and unfreeze stand for. */
class FreezeTest {
  private static final Network NETWORK =
      Network.of(
          Shape.of(4, 4, 1),
          conv2d(2, 3),
          relu(),
          conv2d(2, 3),
          residual(conv2d(2, 3), batchNorm(), sequence(conv2d(2, 1).withoutBias())),
          flatten(),
          dense(3),
          dense(2).name("head"));

  private static List<String> frozen(Network network) {
    return List.copyOf(network.frozenLayers());
  }

  private static List<String> trained(Network network) {
    return network.parameters().stream().filter(Parameter::trainable).map(Parameter::name).toList();
  }

  @Test
  void aStarStandsForAnyCharacters() {
    assertEquals(List.of("conv2d", "conv2d_1"), frozen(NETWORK.freeze("conv2d*")));
    assertEquals(
        List.of("conv2d", "conv2d_1", "residual/conv2d", "residual/sequence/conv2d"),
        frozen(NETWORK.freeze("conv2d*", "*/conv2d")));
    assertEquals(List.of("residual"), frozen(NETWORK.freeze("res*")));
    assertEquals(List.of(), trained(NETWORK.freeze("*")));
    assertEquals(
        List.of("head/kernel", "head/bias"), trained(NETWORK.freeze("*").unfreeze("head")));
  }

  @Test
  void layersWithinFrozenOnesAreNotListed() {
    assertEquals(List.of("residual"), frozen(NETWORK.freeze("residual/conv2d", "residual")));
    assertEquals(
        List.of("residual"), frozen(NETWORK.freeze("residual").freeze("residual/batch_norm")));
  }

  @Test
  void unfreezingPartOfALayerLeavesTheRestFrozen() {
    Network network = NETWORK.freeze("residual", "conv2d").unfreeze("residual/sequence");
    assertEquals(List.of("conv2d", "residual/batch_norm", "residual/conv2d"), frozen(network));
    assertEquals(network, Network.fromJson(network.toJson()));
    assertEquals(List.of("conv2d"), frozen(network.unfreeze("residual")));
    assertEquals(List.of(), frozen(network.unfreeze("*")));
    assertEquals(network, network.unfreeze("head"));
  }

  @Test
  void singleVariablesCanBeFrozen() {
    Network network = NETWORK.freeze("*/bias");
    assertEquals(
        List.of("conv2d/bias", "conv2d_1/bias", "dense/bias", "head/bias", "residual/conv2d/bias"),
        frozen(network));
    assertEquals(List.of("head/bias"), frozen(NETWORK.freeze("head").unfreeze("head/kernel")));
  }

  @Test
  void sharedLayersAreFrozenWhereverTheyAreUsed() {
    Network network =
        Network.of(
            Shape.of(2), shared("twin", dense(2)), sequence(shared("twin", dense(2))), dense(1));
    assertEquals(List.of("dense/kernel", "dense/bias"), trained(network.freeze("twin")));
    assertEquals(network.freeze("twin"), network.freeze("tw*"));
  }

  @Test
  void patternsThatMatchNothing() {
    for (String pattern :
        new String[] {"conv1", "relu", "Conv2d*", "conv2d?", "", "c.nv2d", "/*"}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> NETWORK.freeze("head", pattern))
              .getMessage();
      assertTrue(message.startsWith("freeze") && message.endsWith(": " + pattern), message);
      assertTrue(message.contains("[conv2d, conv2d_1, residual, dense, head]"), message);
      assertThrows(IllegalArgumentException.class, () -> NETWORK.unfreeze(pattern));
    }
  }
}
