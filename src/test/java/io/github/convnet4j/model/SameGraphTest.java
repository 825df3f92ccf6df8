package io.github.convnet4j.model;

import static io.github.convnet4j.layer.Layers.averagePool;
import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.concat;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.elu;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.gelu;
import static io.github.convnet4j.layer.Layers.globalAveragePool;
import static io.github.convnet4j.layer.Layers.leakyRelu;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.residual;
import static io.github.convnet4j.layer.Layers.separableConv2d;
import static io.github.convnet4j.layer.Layers.sequence;
import static io.github.convnet4j.layer.Layers.sigmoid;
import static io.github.convnet4j.layer.Layers.softmax;
import static io.github.convnet4j.layer.Layers.tanh;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.initializer.Initializers;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.layer.Padding;
import io.github.convnet4j.layer.Rewrite;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * A network builds the same graph in each release, operation by operation: names, inputs, the order
 * of creation and the seeds of random operations. Saved models and the figures of the lecture
 * depend on it. {@code graphs.txt} was written when networks were chains.
 */
class SameGraphTest {
  /** All built-in layers of that time. */
  static Network everyKind() {
    return Network.of(
            Shape.of(16, 16, 3),
            averagePool(2).stride(1),
            conv2d(4, 3).l2(0.25).kernelInitializer(Initializers.heNormal()),
            batchNorm(),
            relu(),
            maxPool(2),
            dropout(0.25),
            sequence(
                    conv2d(8, 3, 1).dilation(2, 1).withoutBias(),
                    elu(),
                    separableConv2d(8, 3).l2(0.5),
                    gelu(),
                    relu(),
                    maxPool(2).stride(1).padding(Padding.VALID))
                .name("stem"),
            residual(conv2d(8, 3), batchNorm().momentum(0.5), leakyRelu(0.125), conv2d(8, 3)),
            residual(conv2d(16, 3).stride(2), relu(), relu(), maxPool(1), maxPool(1)),
            concat(
                conv2d(2, 1).name("left"),
                sequence(),
                concat(sequence(relu(), conv2d(2, 3)), residual(conv2d(3, 1), dropout(0.5)))),
            tanh(),
            sigmoid(),
            globalAveragePool(),
            residual(dense(5).kernelInitializer(Initializers.normal(0.5))),
            flatten(),
            dense(10).biasInitializer(Initializers.constant(0.75)).name("logits"),
            softmax())
        .freeze("stem", "residual/batch_norm");
  }

  private static Map<String, Network> networks() {
    Map<String, Network> networks = new LinkedHashMap<>();
    networks.put("every kind", everyKind());
    networks.put(
        "the lecture's deep network",
        Network.of(
            Shape.of(28, 28, 1),
            conv2d(32, 3).withoutBias(),
            relu(),
            maxPool(2),
            dropout(0.25),
            conv2d(64, 3).withoutBias(),
            relu(),
            maxPool(2),
            dropout(0.25),
            flatten(),
            dense(625).name("hidden"),
            relu(),
            dropout(0.25),
            dense(10).name("logits")));
    return networks;
  }

  /** Returns each operation in a line: name, type, inputs, and its seeds if it has any. */
  private static List<String> operations(Network network, Set<Rewrite> rewrites) {
    List<String> lines = new ArrayList<>();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> images =
          tf.placeholder(
              TFloat32.class, Placeholder.shape(network.input().prepend(Shape.UNKNOWN_SIZE)));
      Placeholder<TInt64> step = tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
      NetworkInGraph net = network.build(tf, "net", 777, rewrites);
      net.apply(images, Mode.TRAINING, step);
      net.apply(images, Mode.INFERENCE);
      for (NodeDef node : graph.toGraphDef().getNodeList()) {
        StringBuilder line = new StringBuilder(node.getName() + " " + node.getOp());
        node.getInputList().forEach(input -> line.append(' ').append(input));
        if (node.containsAttr("seed")) {
          line.append(" seeds ")
              .append(node.getAttrOrThrow("seed").getI())
              .append(' ')
              .append(node.getAttrOrThrow("seed2").getI());
        }
        lines.add(line.toString());
      }
    }
    return lines;
  }

  private static String text() {
    StringBuilder text = new StringBuilder();
    networks()
        .forEach(
            (name, network) ->
                List.of(Set.<Rewrite>of(), Rewrite.all())
                    .forEach(
                        rewrites -> {
                          text.append("# ").append(name).append(", ").append(rewrites).append('\n');
                          operations(network, rewrites)
                              .forEach(line -> text.append(line).append('\n'));
                        }));
    return text.toString();
  }

  @Test
  void networksBuildTheSameGraphsAsBefore() throws IOException {
    try (InputStream in = SameGraphTest.class.getResourceAsStream("graphs.txt")) {
      assertEquals(new String(in.readAllBytes(), StandardCharsets.UTF_8), text());
    }
  }

  /** Prints what graphs.txt contains, or the JSON of the network with every kind. */
  public static void main(String[] args) {
    System.out.print(args.length == 0 ? text() : everyKind().toJson());
  }
}
