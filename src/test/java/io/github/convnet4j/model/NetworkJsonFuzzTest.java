package io.github.convnet4j.model;

import static io.github.convnet4j.layer.Layers.averagePool;
import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.concat;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.residual;
import static io.github.convnet4j.layer.Layers.separableConv2d;
import static io.github.convnet4j.layer.Nodes.input;
import static io.github.convnet4j.layer.Nodes.inputs;
import static io.github.convnet4j.layer.Nodes.outputs;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.convnet4j.fuzz.JsonEdits;
import io.github.convnet4j.fuzz.Judge;
import io.github.convnet4j.layer.Input;
import io.github.convnet4j.layer.Nodes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** Descriptions of networks in which anything may be wrong. */
class NetworkJsonFuzzTest {
  private static final List<String> DESCRIPTIONS = List.of(chain().toJson(), graph().toJson());

  private static Network chain() {
    return Network.of(
            Shape.of(8, 8, 2),
            conv2d(2, 3).name("first"),
            batchNorm(),
            relu(),
            residual(separableConv2d(2, 3), relu()),
            concat(conv2d(1, 1), averagePool(1)),
            maxPool(2),
            flatten(),
            dropout(0.5),
            dense(2))
        .freeze("first");
  }

  private static Network graph() {
    Input a = input("a", 2, 2, 1);
    Input b = input("b", 2, 2, 1);
    return Network.of(
        inputs(a, b),
        outputs(Nodes.add(a, b).then(flatten(), dense(2)).as("c"), b.then(relu()).as("d")));
  }

  static Stream<byte[]> descriptions() {
    return DESCRIPTIONS.stream().map(json -> json.getBytes(StandardCharsets.UTF_8));
  }

  static Stream<byte[]> edits() {
    return JsonEdits.seeds();
  }

  @MethodSource("descriptions")
  @FuzzTest
  void text(byte[] input) {
    judge(new String(input, StandardCharsets.UTF_8));
  }

  @MethodSource("edits")
  @FuzzTest
  void content(byte[] input) {
    DESCRIPTIONS.forEach(json -> judge(JsonEdits.apply(input, json)));
  }

  private static void judge(String json) {
    Judge.judge(
        () -> {
          Network network = Network.fromJson(json);
          assertEquals(network, Network.fromJson(network.toJson()));
          network.summary();
        });
  }
}
