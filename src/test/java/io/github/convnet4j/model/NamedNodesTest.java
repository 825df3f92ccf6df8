package io.github.convnet4j.model;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.shared;
import static io.github.convnet4j.layer.Nodes.add;
import static io.github.convnet4j.layer.Nodes.input;
import static io.github.convnet4j.layer.Nodes.merge;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.layer.Input;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.Merge;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.layer.Node;
import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.layer.PlacedNode;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that nodes have themselves, whatever their layers are called. */
class NamedNodesTest {
  private final Input image = input("image", 4, 4, 1);

  private static List<String> paths(Network network) {
    return network.nodes().stream().map(PlacedNode::path).toList();
  }

  private static List<String> variables(Network network) {
    return network.parameters().stream().map(Parameter::name).toList();
  }

  private Network encoder() {
    Node first = image.then(conv2d(2, 3).withoutBias().name("inner")).named("encoder/conv");
    Node second = first.then(relu()).named("encoder/act");
    return Network.of(image, add(first, second).named("join").then(relu()));
  }

  @Test
  void aNodeHasItsOwnName() {
    Network network = encoder();
    assertEquals(List.of("encoder/conv", "encoder/act", "join", "relu"), paths(network));
    assertEquals(List.of("encoder/conv/kernel"), variables(network));
    assertEquals(List.of("encoder/conv", "encoder/act"), network.nodes().get(2).from());
  }

  @Test
  void aGroupIsFrozenAsAWhole() {
    Node node = image.then(conv2d(2, 3)).named("a/conv").then(batchNorm()).named("a/norm");
    Network network = Network.of(image, node.then(conv2d(1, 3)).named("b/conv")).freeze("a");
    assertEquals(Set.of("a"), network.frozenLayers());
    assertEquals(2 * 9 + 1, network.trainableParameterCount());
  }

  @Test
  void namesAreWrittenAsJson() {
    Network network = encoder();
    assertEquals(network, Network.fromJson(network.toJson()));
    assertEquals(paths(network), paths(Network.fromJson(network.toJson())));
    Network chain = Network.of(image, image.then(relu()).named("act"));
    assertEquals(chain, Network.fromJson(chain.toJson()));
    assertNotEquals(chain, Network.of(image, image.then(relu())));
  }

  /** Derived names avoid given ones. */
  @Test
  void aDerivedNameIsNeverAGivenOne() {
    Node node = image.then(relu()).named("relu_1").then(relu(), relu());
    assertEquals(List.of("relu_1", "relu", "relu_2"), paths(Network.of(image, node)));
  }

  @Test
  void aNamedNetworkComputesAsBefore() {
    Network named = Network.of(image, image.then(conv2d(1, 3), relu()).named("end"));
    Network plain = Network.of(image, image.then(conv2d(1, 3), relu()));
    float[] input = {1, -2, 3, -4, 5, -6, 7, -8, 9, -1, 2, -3, 4, -5, 6, -7};
    float[] kernel = {1, 2, 3, 4, -5, 6, 7, 8, 9};
    try (NetworkRun a = new NetworkRun(named, 1, Mode.INFERENCE);
        NetworkRun b = new NetworkRun(plain, 1, Mode.INFERENCE)) {
      assertArrayEquals(
          b.set("conv2d/kernel", kernel).set("conv2d/bias", 1).forward(input),
          a.set("conv2d/kernel", kernel).set("conv2d/bias", 1).forward(input));
    }
  }

  @Test
  void sharedLayersMayBeInAGroup() {
    Layer tower = shared("tower/conv", conv2d(1, 3).withoutBias());
    Network network = Network.of(image, add(image.then(tower), image.then(relu(), tower)));
    assertEquals(List.of("tower/conv/conv2d/kernel"), variables(network));
    assertEquals(network, Network.fromJson(network.toJson()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a", "a/", "a//b", "a b", "_a", "a/-b", "ä"})
  void namesWithOtherCharactersAreRefused(String name) {
    Node node = image.then(relu());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> node.named(name));
    assertTrue(e.getMessage().contains("named"), e::getMessage);
  }

  @Test
  void anInputHasItsNameAlready() {
    assertThrows(IllegalArgumentException.class, () -> image.named("picture"));
  }

  @Test
  void twoNodesOfOneNameAreRefused() {
    Node node = image.then(relu()).named("a").then(relu()).named("a");
    assertThrows(IllegalArgumentException.class, () -> Network.of(image, node));
    Node likeTheInput = image.then(relu()).named("image");
    assertThrows(IllegalArgumentException.class, () -> Network.of(image, likeTheInput));
  }

  @Test
  void aGroupMustNotHaveTheNameOfALayer() {
    Node node = image.then(relu()).named("a").then(relu()).named("a/b");
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Network.of(image, node));
    assertTrue(e.getMessage().contains("a/b"), e::getMessage);
  }

  /** 2 + 0.5 * 2 = 3, and the ReLU makes 0 of -4. */
  @Test
  void theSecondInputCanBeScaled() {
    Node sum = merge(Merge.scaledAdd(0.5), image, image.then(relu()));
    try (NetworkRun run = new NetworkRun(Network.of(image, sum), 1, Mode.INFERENCE)) {
      float[] output = run.forward(2, -4, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
      assertArrayEquals(new float[] {3, -4, 6, 0}, Arrays.copyOf(output, 4));
    }
  }
}
