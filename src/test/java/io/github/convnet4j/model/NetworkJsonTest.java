package io.github.convnet4j.model;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.residual;
import static io.github.convnet4j.layer.Layers.separableConv2d;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.initializer.Initializer;
import io.github.convnet4j.initializer.Initializers;
import io.github.convnet4j.initializer.OpSeed;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.LayerContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class NetworkJsonTest {
  private static final String DENSE =
      """
      {
        "version" : 2,
        "input" : [ 4 ],
        "layers" : [ {
          "kind" : "dense",
          "units" : 3,
          "bias" : true,
          "kernelInitializer" : {
            "kind" : "normal",
            "stddev" : 0.01
          },
          "biasInitializer" : {
            "kind" : "constant",
            "value" : 0.0
          },
          "l2" : 0.0,
          "activation" : {
            "kind" : "linear"
          },
          "anyRank" : false,
          "name" : "only"
        }, {
          "kind" : "relu"
        } ],
        "frozen" : [ "only" ],
        "inferenceMode" : [ ]
      }\
      """;

  private static Network network() {
    return Network.of(
            Shape.of(4), dense(3).name("only").kernelInitializer(Initializers.normal(0.01)), relu())
        .freeze("only");
  }

  @Test
  void writesKindsAndComponents() {
    assertEquals(DENSE, network().toJson().replace(System.lineSeparator(), "\n"));
  }

  @Test
  void readsWhatItWrote() {
    assertEquals(network(), Network.fromJson(DENSE));
  }

  /** Each line: a part of the document above, its replacement, and a part of the message. */
  @ParameterizedTest(name = "{0} as {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"version\" : 2|\"version\" : 3|version must be from 1 to 2: 3",
        "\"version\" : 2|\"version\" : 0|version must be from 1 to 2: 0",
        "\"version\" : 2|\"version\" : \"2\"|version must be from 1 to 2: \"2\"",
        "\"version\" : 2,|` `|version must be from 1 to 2: missing",
        "\"relu\"|\"relux\"|layers[1]: unknown kind relux: known kinds are [average_pool,",
        "\"relu\"|\"java.lang.Object\"|layers[1]: unknown kind java.lang.Object",
        "\"kind\" : \"relu\"|` `|missing type id property 'kind'",
        "\"normal\"|\"uniform\"|layers[0].kernelInitializer: unknown kind uniform: known kinds are",
        "\"units\" : 3|\"units\" : 3, \"unit\" : 3|layers[0].unit: Unrecognized field \"unit\"",
        "\"units\" : 3|\"units\" : 0|layers[0]: dense: units must be at least 1: 0",
        "\"units\" : 3|\"units\" : 3, \"units\" : 4|Duplicate field 'units'",
        "\"units\" : 3|\"units\" : 2.5|layers[0].units: ",
        "\"units\" : 3|\"units\" : \"3\"|layers[0].units: ",
        "\"units\" : 3|\"units\" : null|layers[0].units: missing or null",
        "\"units\" : 3,|` `|layers[0].units: missing or null",
        "\"linear\"|\"softmx\"|layers[0].activation: unknown kind softmx: known kinds are"
            + " [clipped_relu,",
        "\"linear\"|\"max_pool\"|layers[0].activation: unknown kind max_pool: known kinds are"
            + " [clipped_relu,",
        "\"bias\" : true|\"bias\" : null|layers[0].bias: missing or null",
        "\"frozen\" : [ \"only\" ]|\"frozen\" : null|frozen: missing or null",
        "\"stddev\" : 0.01|\"stddev\" : \"NaN\"|layers[0].kernelInitializer: normal: stddev must be"
            + " 0 or a positive, finite number: NaN",
        "\"input\" : [ 4 ]|\"input\" : [ 4, 4 ]|layer 1, dense \"only\", input shape [4, 4]",
        "\"input\" : [ 4 ],|` `|input: missing or null",
        "\"frozen\" : [ \"only\" ]|\"frozen\" : [ \"other\" ]|freeze: name must be one of the"
            + " layers with variables, [only]: other",
        "\"frozen\" : [ \"only\" ]|\"frozen\" : [ \"only\" ], \"more\" : 1|more: Unrecognized",
        "} ],|} ,|Unexpected",
        "\"input\" : [ 4 ]|\"input\" : [ null ]|input[0]: missing or null",
        "\"frozen\" : [ \"only\" ]|\"frozen\" : [ null ]|frozen[0]: missing or null",
      })
  void messagesNameTheProblem(String part, String replacement, String expected) {
    assertTrue(DENSE.contains(part), part);
    String text = DENSE.replace(part, replacement);
    var error = assertThrows(IllegalArgumentException.class, () -> Network.fromJson(text));
    assertTrue(error.getMessage().contains(expected), error::getMessage);
  }

  @Test
  void rejectsNullAsALayer() {
    String text = "{\"version\":1,\"input\":[8,8,1],\"layers\":[null],\"frozen\":[]}";
    var error = assertThrows(IllegalArgumentException.class, () -> Network.fromJson(text));
    assertTrue(error.getMessage().contains("layers[0]: missing or null"), error::getMessage);
  }

  @Test
  void rejectsOtherText() {
    for (String text : new String[] {"", "[]", "null", "3", DENSE + "{}", DENSE.substring(9)}) {
      assertThrows(IllegalArgumentException.class, () -> Network.fromJson(text), text);
    }
    String deep = DENSE.replace("{\n    \"kind\" : \"relu\"\n  }", "[".repeat(100_000));
    assertThrows(IllegalArgumentException.class, () -> Network.fromJson(deep));
  }

  @Test
  void saysWhereATextEndsTooSoon() {
    var error = assertThrows(IllegalArgumentException.class, () -> Network.fromJson("{"));
    assertEquals(
        "not a network in JSON: line 1, column 2: Unexpected end-of-input: expected close marker"
            + " for Object",
        error.getMessage());
  }

  /** A custom layer, registered or not. */
  @Test
  void writesAndReadsRegisteredCustomLayers() {
    Network network = Network.of(Shape.of(4, 4, 1), residual(maxPool(2), new Scale(0.1f)));
    var error = assertThrows(IllegalArgumentException.class, network::toJson);
    assertTrue(
        error.getMessage().contains("Scale (kind scale) is not registered"), error::getMessage);
    NetworkJson json = NetworkJson.standard().withLayer("scale", Scale.class);
    assertEquals(network, json.read(json.write(network)));
    assertThrows(IllegalArgumentException.class, () -> Network.fromJson(json.write(network)));
    String taken =
        assertThrows(
                IllegalArgumentException.class,
                () -> NetworkJson.standard().withLayer("relu", Scale.class))
            .getMessage();
    assertTrue(taken.startsWith("kind") && taken.endsWith(": relu"), taken);
  }

  /** A file that was written when networks were chains, of a network with every layer. */
  @Test
  void readsVersion1() throws IOException {
    try (InputStream in = NetworkJsonTest.class.getResourceAsStream("network-version-1.json")) {
      String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(json.contains("\"version\" : 1"), json);
      Network network = Network.fromJson(json);
      assertEquals(SameGraphTest.everyKind(), network);
      assertEquals(network, Network.fromJson(network.toJson()));
    }
  }

  @Test
  void missingFieldsTakeTheirDefaults() {
    String window =
        """
        {"height": 3, "width": 3, "strideHeight": 1, "strideWidth": 1, "dilationHeight": 1,
        "dilationWidth": 1, "padding": "SAME"}\
        """;
    String json =
        """
        {"version": 2, "input": [8, 8, 1], "layers": [
          {"kind": "conv2d", "filters": 2, "window": %s},
          {"kind": "residual", "layers": [
            {"kind": "separable_conv2d", "filters": 2, "window": %s, "bias": false},
            {"kind": "batch_norm", "momentum": 0.5}]},
          {"kind": "flatten"},
          {"kind": "dense", "units": 3, "l2": 0.5}]}
        """
            .formatted(window, window);
    assertEquals(
        Network.of(
            Shape.of(8, 8, 1),
            conv2d(2, 3),
            residual(separableConv2d(2, 3).withoutBias(), batchNorm().momentum(0.5)),
            flatten(),
            dense(3).l2(0.5)),
        Network.fromJson(json));
  }

  /** A custom layer that has got a second component. */
  record Shifted(float factor, float shift) implements Layer {
    @Override
    public String kind() {
      return "shifted";
    }

    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
      return input;
    }
  }

  @Test
  void fieldsOfCustomLayersCanBeOptional() {
    String json =
        """
        {"version": 2, "input": [4], "layers": [{"kind": "shifted", "factor": 2.0}]}
        """;
    NetworkJson old = NetworkJson.standard().withLayer("shifted", Shifted.class);
    String strict = assertThrows(IllegalArgumentException.class, () -> old.read(json)).getMessage();
    assertTrue(strict.contains("layers[0].shift"), strict);
    NetworkJson mild = NetworkJson.standard().withLayer(new Shifted(1, 0.5f), "shift");
    assertEquals(Network.of(Shape.of(4), new Shifted(2, 0.5f)), mild.read(json));
    Network other = Network.of(Shape.of(4), new Shifted(3, 4));
    assertEquals(other, mild.read(mild.write(other)));
    for (String wrong : new String[] {"\"shift\": null", "\"shift\": \"a\"", "\"shifty\": 1"}) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> mild.read(json.replace("\"factor\": 2.0", "\"factor\": 2.0, " + wrong)))
              .getMessage();
      assertTrue(message.contains("layers[0].shift"), message);
    }
    String unknown =
        assertThrows(
                IllegalArgumentException.class,
                () -> NetworkJson.standard().withLayer(new Shifted(1, 0), "shfit"))
            .getMessage();
    assertTrue(unknown.contains("shfit"), unknown);
  }

  /** 0, 1, 2, … times a step. */
  record Ramp(float step) implements Initializer {
    @Override
    public String kind() {
      return "ramp";
    }

    @Override
    public Operand<TFloat32> values(Ops tf, Shape shape, Supplier<OpSeed> seeds) {
      Operand<TFloat32> flat =
          tf.range(tf.constant(0f), tf.constant((float) shape.size()), tf.constant(1f));
      return tf.math.mul(tf.reshape(flat, tf.constant(shape)), tf.constant(step));
    }
  }

  @Test
  void writesAndReadsRegisteredCustomInitializers() {
    Network network = Network.of(Shape.of(2), dense(2).kernelInitializer(new Ramp(0.5f)));
    NetworkJson json = NetworkJson.standard().withInitializer("ramp", Ramp.class);
    assertEquals(network, json.read(json.write(network)));
    assertThrows(IllegalArgumentException.class, network::toJson);
  }
}
