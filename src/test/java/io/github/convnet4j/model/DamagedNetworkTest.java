package io.github.convnet4j.model;

import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Nodes.add;
import static io.github.convnet4j.layer.Nodes.input;
import static io.github.convnet4j.layer.Nodes.inputs;
import static io.github.convnet4j.layer.Nodes.outputs;

import io.github.convnet4j.json.DamagedJson;
import io.github.convnet4j.layer.Input;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.Node;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.tensorflow.ndarray.Shape;

/** A network's JSON with one wrong value is refused in words, whatever the value. */
class DamagedNetworkTest {
  static final List<Layer> LAYERS = LayerJsonTest.IMAGE_LAYERS;

  @ParameterizedTest
  @FieldSource("LAYERS")
  void aLayerIsReadOrRefused(Layer layer) throws Exception {
    DamagedJson.check(Network.of(Shape.of(12, 10, 4), layer).toJson(), 7, Network::fromJson);
  }

  @Test
  void aGraphIsReadOrRefused() throws Exception {
    Input a = input("a", 4, 4, 2);
    Input b = input("b", 4, 4, 2);
    Node sum = add(a, b);
    Network network =
        Network.of(
            inputs(a, b),
            outputs(sum.then(flatten(), dense(2)).as("first"), sum.then(relu()).as("second")));
    DamagedJson.check(network.toJson(), 1, Network::fromJson);
  }
}
