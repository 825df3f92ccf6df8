package io.github.convnet4j.model;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.residual;
import static io.github.convnet4j.layer.Layers.sequence;
import static io.github.convnet4j.layer.Layers.shared;
import static io.github.convnet4j.layer.Nodes.add;
import static io.github.convnet4j.layer.Nodes.average;
import static io.github.convnet4j.layer.Nodes.concat;
import static io.github.convnet4j.layer.Nodes.input;
import static io.github.convnet4j.layer.Nodes.inputs;
import static io.github.convnet4j.layer.Nodes.maximum;
import static io.github.convnet4j.layer.Nodes.merge;
import static io.github.convnet4j.layer.Nodes.multiply;
import static io.github.convnet4j.layer.Nodes.outputs;
import static io.github.convnet4j.layer.Nodes.subtract;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.initializer.Initializers;
import io.github.convnet4j.layer.CompositeLayer;
import io.github.convnet4j.layer.Input;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.LayerContext;
import io.github.convnet4j.layer.Layers;
import io.github.convnet4j.layer.Merge;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.layer.Node;
import io.github.convnet4j.layer.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Networks that are not chains compute what their description says. */
class GraphValuesTest {
  /** Sums its inputs: all weights are 1. */
  private static Layer sum() {
    return dense(1).kernelInitializer(Initializers.ones()).withoutBias();
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void twoInputsAndTwoOutputs(Mode mode) {
    Input image = input("image", 2, 2, 1);
    Input age = input("age", 1);
    Node pixels = image.then(maxPool(2), flatten()); // [1]
    Node both = concat(pixels, age, pixels); // [3]
    Network network =
        Network.of(
            inputs(image, age),
            outputs(both.then(sum()).as("sum"), subtract(age, pixels).as("difference")));
    try (GraphRun run = new GraphRun(network, mode)) {
      run.feed("image", 1, 2, 3, 4, /* second example */ -5, -6, -7, -8).feed("age", 10, 20);
      assertArrayEquals(new float[] {4 + 10 + 4, -5 + 20 - 5}, run.output("sum"));
      assertArrayEquals(new float[] {10 - 4, 20 + 5}, run.output("difference"));
      assertEquals(List.of("sum", "difference"), List.copyOf(run.applied.outputs().keySet()));
    }
  }

  /** The figures are those of {@code src/test/python/print_graphs.py}. */
  @ParameterizedTest
  @EnumSource(Mode.class)
  void uNet(Mode mode) {
    Input image = input("image", 4, 4, 1);
    Node wide = image.then(conv2d(2, 3), relu());
    Node deep = wide.then(maxPool(2), conv2d(3, 3), relu());
    Node joined = concat(deep.then(new Doubled()), wide); // [4, 4, 5]
    Network network = Network.of(image, joined.then(conv2d(1, 1)));
    try (GraphRun run = new GraphRun(network, mode)) {
      run.setEighths("conv2d/kernel", 1)
          .setEighths("conv2d/bias", 2)
          .setEighths("conv2d_1/kernel", 2)
          .setEighths("conv2d_1/bias", 3)
          .setEighths("conv2d_2/kernel", 3)
          .setEighths("conv2d_2/bias", 4)
          .feed("image", GraphRun.eighths(Shape.of(4, 4, 1), 0));
      assertArrayEquals(
          new float[] {
            -0.000977f, 0.436523f, 0.025635f, 0.252197f,
            0.592773f, -0.000977f, 0.056885f, -0.230225f,
            0.140137f, 0.710449f, 0.287354f, 0.138916f,
            0.624512f, 0.122559f, 0.529541f, 0.433838f
          },
          run.output("output"),
          1e-6f);
    }
  }

  /** The figures are those of {@code src/test/python/print_graphs.py}. */
  @ParameterizedTest
  @EnumSource(Mode.class)
  void squeezeAndExcite(Mode mode) {
    Network network = Network.of(Shape.of(2, 2, 4), new SqueezeAndExcite(2));
    assertEquals(
        List.of(
            "squeeze_and_excite/conv2d/kernel",
            "squeeze_and_excite/conv2d/bias",
            "squeeze_and_excite/conv2d_1/kernel",
            "squeeze_and_excite/conv2d_1/bias"),
        network.parameters().stream().map(Parameter::name).toList());
    try (GraphRun run = new GraphRun(network, mode)) {
      run.setEighths("squeeze_and_excite/conv2d/kernel", 4)
          .setEighths("squeeze_and_excite/conv2d/bias", 5)
          .setEighths("squeeze_and_excite/conv2d_1/kernel", 5)
          .setEighths("squeeze_and_excite/conv2d_1/bias", 6)
          .feed("input", GraphRun.eighths(Shape.of(2, 2, 4), 0));
      assertArrayEquals(
          new float[] {
            -0.332006f, 0.097968f, -0.158438f, 0.309982f,
            0.066401f, -0.146952f, 0.316875f, 0.000000f,
            -0.265605f, 0.146952f, -0.079219f, -0.309982f,
            0.132802f, -0.097968f, 0.396094f, 0.061996f
          },
          run.output("output"),
          1e-6f);
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void siameseTowersShareTheirWeights(Mode mode) {
    Layer tower = shared("tower", dense(1).withoutBias());
    Input left = input("left", 2);
    Input right = input("right", 2);
    Network network =
        Network.of(
            inputs(left, right),
            outputs(subtract(left.then(tower), right.then(tower)).as("distance")));
    assertEquals(2, network.parameterCount());
    try (GraphRun run = new GraphRun(network, mode)) {
      assertEquals(1, run.net.variables().size());
      run.set("tower/dense/kernel", 10, 1).feed("left", 3, 4).feed("right", 1, 2);
      assertArrayEquals(new float[] {34 - 12}, run.output("distance"));
      assertArrayEquals(new float[] {10, 1}, run.gradient("distance", "left"));
      assertArrayEquals(new float[] {-10, -1}, run.gradient("distance", "right"));
    }
  }

  /** Each use of the layer moves the statistics, the second from where the first left them. */
  @Test
  void aSharedBatchNormalizationIsUpdatedByEachUse() {
    Layer norm = shared("norm", batchNorm().momentum(0.5));
    Input left = input("left", 1);
    Input right = input("right", 1);
    Network network =
        Network.of(inputs(left, right), outputs(add(left.then(norm), right.then(norm)).as("sum")));
    for (int i = 0; i < 20; i++) {
      try (GraphRun run = new GraphRun(network, Mode.TRAINING)) {
        run.feed("left", 4, 4).feed("right", 16, 16).update();
        // From 0: half of 4, then the mean of 2 and 16.
        assertArrayEquals(
            new float[] {9}, run.fetch(run.net.variable("norm/batch_norm/moving_mean")));
      }
    }
  }

  @Test
  void sharedLayersWithinOtherLayersShareTheirWeights() {
    Layer twice = shared("twice", dense(1).withoutBias());
    Network network =
        Network.of(Shape.of(1), twice, sequence(residual(twice), twice), residual(twice));
    assertEquals(
        List.of("twice/dense/kernel"), network.parameters().stream().map(Parameter::name).toList());
    try (GraphRun run = new GraphRun(network, Mode.INFERENCE)) {
      run.set("twice/dense/kernel", 2).feed("input", 1);
      assertArrayEquals(new float[] {2 * (2 + 1) * 2 * (2 + 1)}, run.output("output"));
      assertArrayEquals(
          new float[] {4}, run.fetch(run.applied.nodeOutput("sequence/residual/twice")));
    }
  }

  @Test
  void mergesComputeValueByValueAndRepeatSizesOfOne() {
    Input image = input("image", 1, 2, 2);
    Input gate = input("gate", 1, 1, 2);
    Network network =
        Network.of(
            inputs(image, gate),
            outputs(
                add(image, gate, gate).as("add"),
                subtract(image, gate).as("subtract"),
                subtract(gate, image).as("negative"),
                multiply(gate, image).as("multiply"),
                average(image, gate).as("average"),
                maximum(image, gate).as("maximum"),
                concat(gate, gate).as("concat")));
    assertEquals(Shape.of(1, 2, 2), network.outputs().get("multiply"));
    assertEquals(Shape.of(1, 1, 4), network.outputs().get("concat"));
    try (GraphRun run = new GraphRun(network, Mode.TRAINING)) {
      run.feed("image", 1, 2, 3, -4).feed("gate", 2, 10);
      assertArrayEquals(new float[] {5, 22, 7, 16}, run.output("add"));
      assertArrayEquals(new float[] {-1, -8, 1, -14}, run.output("subtract"));
      assertArrayEquals(new float[] {1, 8, -1, 14}, run.output("negative"));
      assertArrayEquals(new float[] {2, 20, 6, -40}, run.output("multiply"));
      assertArrayEquals(new float[] {1.5f, 6, 2.5f, 3}, run.output("average"));
      assertArrayEquals(new float[] {2, 10, 3, 10}, run.output("maximum"));
      assertArrayEquals(new float[] {2, 10, 2, 10}, run.output("concat"));
      // Each gate is used for two pixels.
      assertArrayEquals(new float[] {4, 4}, run.gradient("add", "gate"));
      assertArrayEquals(new float[] {-2, -2}, run.gradient("subtract", "gate"));
      assertArrayEquals(new float[] {1 + 3, 2 - 4}, run.gradient("multiply", "gate"));
      assertArrayEquals(new float[] {2, 10, 2, 10}, run.gradient("multiply", "image"));
      assertArrayEquals(new float[] {1, 1}, run.gradient("average", "gate"));
      assertArrayEquals(new float[] {0, 0, 1, 0}, run.gradient("maximum", "image"));
      assertArrayEquals(new float[] {2, 2}, run.gradient("concat", "gate"));
    }
  }

  /** A custom merge with a variable: each input times a weight of its own. */
  record Weighted(float first) implements Merge {
    @Override
    public String kind() {
      return "weighted";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return inputs.get(0);
    }

    @Override
    public List<Parameter> parameters(List<Shape> inputs) {
      return List.of(
          Parameter.trainable("weights", Shape.of(inputs.size()), Initializers.constant(first)));
    }

    @Override
    public long multiplyAdds(List<Shape> inputs) {
      return inputs.size() * inputs.get(0).size();
    }

    @Override
    public Operand<TFloat32> apply(LayerContext context, List<Operand<TFloat32>> inputs) {
      var tf = context.tf();
      List<Operand<TFloat32>> weights =
          List.copyOf(tf.unstack(context.weight("weights"), (long) inputs.size()).output());
      Operand<TFloat32> sum = tf.math.mul(inputs.get(0), weights.get(0));
      for (int i = 1; i < inputs.size(); i++) {
        sum = tf.math.add(sum, tf.math.mul(inputs.get(i), weights.get(i)));
      }
      return sum;
    }
  }

  @Test
  void customMergesCanHaveVariables() {
    Input a = input("a", 2);
    Input b = input("b", 2);
    Network network = Network.of(inputs(a, b), outputs(merge(new Weighted(1), a, b).as("sum")));
    assertEquals("weighted/weights", network.parameters().get(0).name());
    assertEquals(4, network.multiplyAdds());
    try (GraphRun run = new GraphRun(network, Mode.TRAINING)) {
      run.set("weighted/weights", 2, 3).feed("a", 1, 10).feed("b", 2, 20);
      assertArrayEquals(new float[] {2 + 6, 20 + 60}, run.output("sum"));
    }
  }

  /** The output of a composite layer is a merge with a variable, which gets the layer's path. */
  private record Fused() implements CompositeLayer {
    @Override
    public String kind() {
      return "fused";
    }

    @Override
    public Node expand(Node input) {
      return merge(new Weighted(1), input.then(dense(1).withoutBias()), input);
    }
  }

  @Test
  void theMergeThatEndsACompositeLayerHasItsPath() {
    Network network = Network.of(Shape.of(1), new Fused(), sequence(new Fused(), relu()));
    assertEquals(
        List.of(
            "fused/dense/kernel",
            "fused/weights",
            "sequence/fused/dense/kernel",
            "sequence/fused/weights"),
        network.parameters().stream().map(Parameter::name).toList());
    try (GraphRun run = new GraphRun(network, Mode.INFERENCE)) {
      run.set("fused/dense/kernel", 5)
          .set("fused/weights", 2, 1)
          .set("sequence/fused/dense/kernel", 1)
          .set("sequence/fused/weights", 1, -2)
          .feed("input", 3);
      assertArrayEquals(new float[] {33}, run.fetch(run.applied.nodeOutput("fused")));
      assertArrayEquals(new float[] {-33}, run.fetch(run.applied.nodeOutput("sequence/fused")));
      assertArrayEquals(new float[] {0}, run.output("output"));
    }
  }

  @Test
  void dropoutIsOnlyInTraining() {
    Input a = input("a", 1000);
    Input b = input("b", 1000);
    Network network = Network.of(inputs(a, b), outputs(add(a.then(dropout(0.5)), b).as("sum")));
    float[] ones = new float[1000];
    Arrays.fill(ones, 1);
    for (Mode mode : Mode.values()) {
      try (GraphRun run = new GraphRun(network, mode)) {
        run.feed("a", ones).feed("b", ones);
        Set<Float> values = new TreeSet<>();
        for (float value : run.output("sum")) {
          values.add(value);
        }
        assertEquals(mode == Mode.TRAINING ? Set.of(1f, 3f) : Set.of(2f), values);
      }
    }
  }

  @Test
  void returnsTheOutputOfAnyNode() {
    Input image = input("image", 2, 2, 1);
    Node features = image.then(Layers.concat(relu(), sequence()), residual(sequence(relu())));
    Network network = Network.of(image, features.then(flatten()));
    try (GraphRun run = new GraphRun(network, Mode.INFERENCE)) {
      run.feed("image", 1, -2, 3, -4);
      assertEquals(
          List.of(
              "concat/relu",
              "concat/sequence",
              "concat",
              "residual/sequence/relu",
              "residual/sequence",
              "residual",
              "flatten"),
          run.applied.nodes().stream().map(AppliedNode::path).toList());
      assertArrayEquals(new float[] {1, 0, 3, 0}, run.fetch(run.applied.nodeOutput("concat/relu")));
      assertArrayEquals(
          new float[] {1, 1, 0, -2, 3, 3, 0, -4}, run.fetch(run.applied.nodeOutput("concat")));
      assertArrayEquals(
          new float[] {2, 2, 0, -2, 6, 6, 0, -4}, run.fetch(run.applied.nodeOutput("residual")));
      AppliedNode node = run.applied.nodes().get(5);
      assertEquals("residual", node.computation().kind());
      assertEquals(List.of(Shape.of(2, 2, 2)), node.inputShapes());
      assertEquals(run.applied.nodeOutput("concat"), node.inputs().get(0));
      String message =
          assertThrows(IllegalArgumentException.class, () -> run.applied.nodeOutput("relu"))
              .getMessage();
      assertTrue(message.contains("residual/sequence/relu") && message.endsWith(": relu"), message);
    }
  }

  @Test
  void inputsAreGivenByNameOrInOrder() {
    Input a = input("a", 1);
    Input b = input("b", 2);
    Network network = Network.of(inputs(a, b), outputs(concat(a, b).as("c")));
    try (GraphRun run = new GraphRun(network, Mode.TRAINING)) {
      var tf = Ops.create(run.graph);
      Operand<TFloat32> one = tf.constant(new float[][] {{1}});
      Operand<TFloat32> two = tf.constant(new float[][] {{2, 3}});
      float[] expected = {1, 2, 3};
      assertArrayEquals(
          expected, run.fetch(run.net.apply(List.of(one, two), Mode.INFERENCE).output()));
      assertArrayEquals(
          expected,
          run.fetch(run.net.apply(Map.of("b", two, "a", one), Mode.INFERENCE).output("c")));
      assertMessage("[a, b]: 1", () -> run.net.apply(one, Mode.INFERENCE));
      assertMessage("[a, b]: [a]", () -> run.net.apply(Map.of("a", one), Mode.INFERENCE));
      assertMessage("input a ", () -> run.net.apply(Map.of("a", two, "b", two), Mode.INFERENCE));
      assertMessage("[c]: d", () -> run.applied.output("d"));
    }
  }

  @Test
  void onlyOneOutputHasNoName() {
    Input a = input("a", 1);
    Node b = a.then(relu());
    Network network = Network.of(inputs(a), outputs(b.as("b"), b.then(relu()).as("c")));
    try (GraphRun run = new GraphRun(network, Mode.TRAINING)) {
      for (Executable single : List.<Executable>of(network::output, run.applied::output)) {
        String message = assertThrows(IllegalStateException.class, single).getMessage();
        assertTrue(message.contains("[b, c]"), message);
      }
      assertEquals(Shape.of(1), network.input());
    }
  }

  private static void assertMessage(String part, Executable executable) {
    String message = assertThrows(IllegalArgumentException.class, executable).getMessage();
    assertTrue(message.contains(part), message);
  }
}
