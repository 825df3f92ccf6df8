package io.github.convnet4j.model;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.residual;
import static io.github.convnet4j.layer.Layers.sequence;
import static io.github.convnet4j.layer.Layers.shared;
import static io.github.convnet4j.layer.Nodes.add;
import static io.github.convnet4j.layer.Nodes.concat;
import static io.github.convnet4j.layer.Nodes.input;
import static io.github.convnet4j.layer.Nodes.inputs;
import static io.github.convnet4j.layer.Nodes.merge;
import static io.github.convnet4j.layer.Nodes.outputs;
import static io.github.convnet4j.layer.Nodes.subtract;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.layer.CompositeLayer;
import io.github.convnet4j.layer.Input;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.LayerContext;
import io.github.convnet4j.layer.Merge;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.layer.Node;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Mistakes in connecting nodes are found when the network is described. */
class GraphMistakesTest {
  private final Input a = input("a", 4);
  private final Input b = input("b", 4);
  private final Input image = input("image", 8, 8, 3);

  private static void assertRejected(Executable description, String... parts) {
    String message = assertThrows(IllegalArgumentException.class, description).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  @Test
  void unusedInputs() {
    assertRejected(
        () -> Network.of(inputs(a, b), outputs(a.then(relu()).as("c"))), "inputs", "b", "leave");
  }

  @Test
  void inputsThatAreNotListed() {
    assertRejected(() -> Network.of(a, add(a, b)), "inputs", " b,", "add it");
    Input other = input("a", 4);
    assertRejected(() -> Network.of(a, add(a, other)), "inputs", "another", " a ", "once");
    assertRejected(() -> Network.of(List.of(), outputs(a.then(relu()).as("c"))), "inputs", "[]");
  }

  @Test
  void duplicateNames() {
    assertRejected(
        () -> Network.of(inputs(a, input("a", 4)), outputs(a.then(relu()).as("c"))),
        "inputs",
        "called a");
    assertRejected(
        () -> Network.of(inputs(a), outputs(a.then(relu()).as("c"), a.then(relu()).as("c"))),
        "outputs",
        "called c");
    assertRejected(
        () -> Network.of(a, a.then(dense(4).name("x"), dense(4).name("x"))),
        "layer 2, dense \"x\"",
        "layer 1 (dense)");
    assertRejected(() -> Network.of(a, a.then(dense(4).name("a"))), "dense \"a\"", "input");
    assertRejected(
        () -> Network.of(a, merge(Merge.add().name("x"), a.then(dense(4).name("x")), a)),
        "add \"x\"",
        "(dense)");
  }

  /** Derived names give way to those of inputs. */
  @Test
  void derivedNamesAreNeverThoseOfInputs() {
    Input relu = input("relu", 4);
    assertTrue(Network.of(relu, relu.then(relu())).toString().contains("1 layer"));
    assertTrue(Network.of(relu, relu.then(relu())).outputNode("output").path().equals("relu_1"));
  }

  @Test
  void oneNodeAsSeveralOutputs() {
    Node node = a.then(relu());
    assertRejected(
        () -> Network.of(inputs(a), outputs(node.as("c"), node.as("d"))), "outputs", "c and d");
    assertRejected(() -> Network.of(inputs(a), List.of()), "outputs", "[]");
    assertRejected(() -> Network.of(inputs(a), outputs(a.as("c"))), "outputs", "c", "input a");
  }

  @Test
  void namesThatTensorFlowRejects() {
    assertRejected(() -> input("", 4), "input", "name");
    assertRejected(() -> input("a/b", 4), "name", "a/b");
    assertRejected(() -> input("c", -1), "input c", "[-1]");
    assertRejected(() -> input("c"), "input c", "[]");
    assertRejected(() -> a.as("x y"), "name", "x y");
    assertRejected(() -> Merge.add().name("x y"), "add", "name", "x y");
  }

  @Test
  void inputsThatDoNotFitTogether() {
    assertRejected(
        () -> add(image.then(conv2d(2, 1)), image), "add", "[[8, 8, 2], [8, 8, 3]]", "same");
    assertRejected(() -> add(image, image.then(flatten())), "add", "[[8, 8, 3], [192]]");
    assertRejected(
        () -> concat(image, image.then(conv2d(2, 1).stride(2))),
        "concat",
        "[[8, 8, 3], [4, 4, 2]]",
        "SAME");
    assertRejected(() -> concat(a), "concat", "two", "1");
    assertRejected(() -> add(), "add", "[]");
    assertRejected(() -> merge(Merge.subtract(), a, a, a), "subtract", "two", "3");
    assertRejected(() -> subtract(a, image), "subtract", "[[4], [8, 8, 3]]");
  }

  /** A layer or merge that returns what it must not. */
  private record Broken(Shape output) implements Merge {
    @Override
    public String kind() {
      return "broken";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return output;
    }

    @Override
    public Operand<TFloat32> apply(LayerContext context, List<Operand<TFloat32>> inputs) {
      return null;
    }
  }

  @Test
  void mergesThatReturnNoShapeOrNoOperand() {
    assertRejected(() -> merge(new Broken(Shape.unknown()), a), "broken", "unknown");
    assertRejected(() -> merge(new Broken(Shape.of(-1)), a), "broken", "unknown", "[-1]");
    assertRejected(() -> merge(new Broken(null), a), "broken", "null");
    Network network = Network.of(a, merge(new Broken(Shape.of(4)), a));
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      String message =
          assertThrows(
                  IllegalStateException.class,
                  () ->
                      network
                          .build(tf, "net", 1)
                          .apply(tf.constant(new float[1][4]), Mode.INFERENCE))
              .getMessage();
      assertTrue(message.contains("broken") && message.contains("null"), message);
    }
  }

  /** A composite layer that expands to a node from elsewhere, or to none. */
  private record Strange(Node node) implements CompositeLayer {
    @Override
    public String kind() {
      return "strange";
    }

    @Override
    public Node expand(Node input) {
      return node == null ? null : add(input, node);
    }
  }

  @Test
  void compositeLayersThatUseOtherNodes() {
    assertRejected(() -> b.then(new Strange(a)), "layer 1, strange", "expand", "a [4]");
    assertRejected(() -> b.then(new Strange(null)), "layer 1, strange", "expand", "null");
  }

  @Test
  void layersNestedTooDeeply() {
    Layer layer = relu();
    for (int i = 0; i < 256; i++) {
      layer = sequence(layer);
    }
    Layer deepest = layer;
    Network.of(a, a.then(deepest));
    assertRejected(() -> Network.of(a, a.then(residual(deepest))), "256", "257");
  }

  @Test
  void sharedLayersThatDiffer() {
    assertRejected(
        () -> Network.of(a, a.then(shared("t", dense(4)), shared("t", dense(4).withoutBias()))),
        "shared \"t\"",
        "different layers");
    assertRejected(
        () -> Network.of(a, a.then(sequence(shared("t", dense(4))), sequence(shared("t", relu())))),
        "shared \"t\"",
        "different layers");
    assertRejected(
        () -> Network.of(a, a.then(shared("t", dense(2)), shared("t", dense(2)))),
        "shared \"t\"",
        "[4]",
        "[2]");
    assertRejected(
        () -> Network.of(a, a.then(shared("t", dense(4)), dense(4).name("t"))), "dense \"t\"");
    assertRejected(
        () -> Network.of(a, a.then(sequence(shared("t", dense(4))), dense(4).name("t"))),
        "shared \"t\"",
        "dense");
    assertRejected(() -> shared("", relu()), "shared", "name");
    assertRejected(() -> shared("t"), "shared", "layers");
  }

  /** Its variables have the same shapes for images of any size. */
  @Test
  void sharedLayersWithInputsOfDifferentShapes() {
    Layer tower = shared("tower", conv2d(3, 3));
    Node small = image.then(conv2d(3, 1).stride(2), tower, conv2d(3, 1).stride(2), tower);
    assertTrue(Network.of(image, small).output().equals(Shape.of(2, 2, 3)));
  }
}
