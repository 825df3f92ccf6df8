package io.github.convnet4j.layer;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.residual;
import static io.github.convnet4j.layer.Layers.sequence;
import static io.github.convnet4j.layer.Nodes.concat;
import static io.github.convnet4j.layer.Nodes.input;
import static io.github.convnet4j.layer.Nodes.inputs;
import static io.github.convnet4j.layer.Nodes.outputs;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.NetworkRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operation;
import org.tensorflow.ndarray.Shape;

/** A rewritten network computes the same values and gradients as the original. */
class RewriteTest {
  private static final int BATCH = 3;

  /** Odd sides, several channels. */
  private static final Shape IMAGE = Shape.of(9, 7, 2);

  static Stream<Network> pooled() {
    return Stream.of(
        Network.of(IMAGE, relu(), maxPool(2)),
        Network.of(IMAGE, conv2d(4, 3), relu(), maxPool(2)),
        Network.of(IMAGE, conv2d(4, 3).activation(relu()), maxPool(2)),
        Network.of(IMAGE, conv2d(4, 3), relu(), maxPool(3).stride(1)),
        Network.of(IMAGE, conv2d(4, 3), relu(), maxPool(3, 2).stride(2).padding(Padding.VALID)),
        Network.of(IMAGE, conv2d(4, 3), relu(), relu(), maxPool(2), maxPool(2), relu()),
        Network.of(IMAGE, sequence(conv2d(4, 3), relu(), maxPool(2)), flatten(), dense(5)),
        Network.of(
            IMAGE, residual(conv2d(4, 3), relu(), maxPool(2), conv2d(4, 3).withoutBias()), relu()));
  }

  /** Few different values from -1 to 1, so that windows have several largest values. */
  private static float[] withTies(int seed) {
    Random random = new Random(seed);
    float[] values = new float[(int) (BATCH * IMAGE.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(5) / 2f - 1;
    }
    return values;
  }

  @ParameterizedTest
  @MethodSource("pooled")
  void reluAfterMaxPoolChangesNothing(Network network) {
    assertSame(network, Rewrite.RELU_AFTER_MAX_POOL, 0);
  }

  /** If windows overlap, up to nine numbers are summed in another order. */
  @ParameterizedTest
  @MethodSource("pooled")
  void maxPoolByOneDnnChangesNothing(Network network) {
    boolean overlap =
        network.nodes().stream().anyMatch(node -> node.computation().equals(maxPool(3).stride(1)));
    assertSame(network, Rewrite.MAX_POOL_BY_ONE_DNN, overlap ? 1e-6f : 0);
  }

  private static void assertSame(Network network, Rewrite rewrite, float tolerance) {
    try (NetworkRun plain = new NetworkRun(network, BATCH, Mode.TRAINING, Set.of());
        NetworkRun rewritten = new NetworkRun(network, BATCH, Mode.TRAINING, Set.of(rewrite))) {
      assertEquals(plain.net.variables().size(), rewritten.net.variables().size());
      for (int seed = 0; seed < 5; seed++) {
        float[] images = withTies(seed);
        assertNear(plain.forward(images), rewritten.forward(images), 0);
        List<float[]> expected = plain.gradients(images);
        List<float[]> actual = rewritten.gradients(images);
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
          assertNear(expected.get(i), actual.get(i), tolerance);
        }
      }
    }
  }

  @Test
  void reluIsAppliedToThePooledValues() {
    Network network = Network.of(IMAGE, conv2d(4, 3), relu(), relu(), maxPool(2), dense5());
    try (NetworkRun plain = new NetworkRun(network, BATCH, Mode.TRAINING, Set.of());
        NetworkRun rewritten =
            new NetworkRun(network, BATCH, Mode.TRAINING, Set.of(Rewrite.RELU_AFTER_MAX_POOL))) {
      assertEquals(List.of(9L, 9L), heightsOf(plain, "Relu"));
      assertEquals(List.of(5L, 5L), heightsOf(rewritten, "Relu"));
    }
  }

  /** The ReLU is needed as it is: by a layer before the end, or as an output. */
  @Test
  void reluStaysBeforeThePoolingIfItIsNeededElsewhere() {
    Input image = input("image", 9, 7, 2);
    Node relu = image.then(relu());
    Node pooled = relu.then(maxPool(2));
    Network skipped = Network.of(image, concat(pooled, relu.then(conv2d(1, 1).stride(2))));
    Network output = Network.of(inputs(image), outputs(pooled.as("pooled"), relu.as("relu")));
    Network alone = Network.of(image, concat(pooled, image.then(conv2d(1, 1).stride(2))));
    assertEquals(List.of(9L), heightsOfRelus(skipped));
    assertEquals(List.of(9L), heightsOfRelus(output));
    assertEquals(List.of(5L), heightsOfRelus(alone));
  }

  private static List<Long> heightsOfRelus(Network network) {
    try (NetworkRun run =
        new NetworkRun(network, 1, Mode.TRAINING, Set.of(Rewrite.RELU_AFTER_MAX_POOL))) {
      return heightsOf(run, "Relu");
    }
  }

  @Test
  void saysWhichOutputsARewrittenGraphDoesNotHave() {
    Network network = Network.of(IMAGE, conv2d(4, 3), relu(), maxPool(2), flatten());
    try (NetworkRun plain = new NetworkRun(network, 1, Mode.TRAINING, Set.of());
        NetworkRun rewritten = new NetworkRun(network, 1, Mode.TRAINING, Rewrite.all())) {
      assertEquals(9, plain.applied.nodeOutput("relu").shape().get(1));
      String message =
          assertThrows(IllegalArgumentException.class, () -> rewritten.applied.nodeOutput("relu"))
              .getMessage();
      assertTrue(message.contains("[conv2d, max_pool, flatten]: relu"), message);
      float[] image = new float[(int) IMAGE.size()];
      for (int i = 0; i < image.length; i++) {
        image[i] = i % 5 - 2;
      }
      assertArrayEquals(
          plain.fetch(plain.applied.nodeOutput("max_pool"), image),
          rewritten.fetch(rewritten.applied.nodeOutput("max_pool"), image));
    }
  }

  private static Layer dense5() {
    return sequence(flatten(), dense(5));
  }

  private static List<Long> heightsOf(NetworkRun run, String type) {
    return operations(run, type).stream()
        .map(operation -> operation.output(0).shape().get(1))
        .toList();
  }

  private static boolean has(NetworkRun run, String type) {
    return !operations(run, type).isEmpty();
  }

  private static List<Operation> operations(NetworkRun run, String type) {
    List<Operation> found = new ArrayList<>();
    run.graph
        .operations()
        .forEachRemaining(
            operation -> {
              if (operation.type().equals(type)) {
                found.add(operation);
              }
            });
    return found;
  }

  @Test
  void usesVersionOneOfMaxPool() {
    Network network = Network.of(IMAGE, maxPool(2));
    try (NetworkRun plain = new NetworkRun(network, 1, Mode.TRAINING, Set.of());
        NetworkRun rewritten = new NetworkRun(network, 1, Mode.TRAINING, Rewrite.all())) {
      assertTrue(has(plain, "MaxPoolV2"));
      assertFalse(has(plain, "MaxPool"));
      assertTrue(has(rewritten, "MaxPool"));
      assertFalse(has(rewritten, "MaxPoolV2"));
    }
  }

  /** Compares with a tolerance relative to the largest value. */
  private static void assertNear(float[] expected, float[] actual, float tolerance) {
    float largest = 1;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    // JUnit requires a tolerance above 0; with any tolerance, -0 equals 0.
    assertArrayEquals(expected, actual, Math.max(tolerance * largest, Float.MIN_VALUE));
  }

  @Test
  void keepsNamesAndOrderOfVariables() {
    Network network =
        Network.of(IMAGE, conv2d(4, 3), batchNorm(), relu(), maxPool(2), flatten(), dense(5));
    for (Mode mode : Mode.values()) {
      try (NetworkRun plain = new NetworkRun(network, 1, mode, Set.of());
          NetworkRun rewritten = new NetworkRun(network, 1, mode, Rewrite.all())) {
        assertEquals(names(plain), names(rewritten));
      }
    }
  }

  private static List<String> names(NetworkRun run) {
    return run.net.variables().stream().map(variable -> variable.op().name()).toList();
  }
}
