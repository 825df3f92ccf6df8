package io.github.convnet4j.model;

import static io.github.convnet4j.layer.Layers.concat;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.relu;
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
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.layer.Input;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.Merge;
import io.github.convnet4j.layer.Node;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JSON of networks that are not chains. */
class GraphJsonTest {
  private static final String GRAPH =
      """
      {
        "version" : 2,
        "inputs" : [ {
          "name" : "a",
          "shape" : [ 2, 2, 1 ]
        }, {
          "name" : "b",
          "shape" : [ 2, 2, 1 ]
        } ],
        "nodes" : [ {
          "id" : "sum",
          "from" : [ "a", "b" ],
          "merge" : {
            "kind" : "add",
            "name" : "sum"
          }
        }, {
          "id" : "flatten",
          "from" : [ "sum" ],
          "layer" : {
            "kind" : "flatten"
          }
        }, {
          "id" : "relu",
          "from" : [ "b" ],
          "layer" : {
            "kind" : "relu"
          }
        } ],
        "outputs" : [ {
          "name" : "c",
          "from" : "flatten"
        }, {
          "name" : "d",
          "from" : "relu"
        } ],
        "frozen" : [ ],
        "inferenceMode" : [ ]
      }\
      """;

  private static Network graph() {
    Input a = input("a", 2, 2, 1);
    Input b = input("b", 2, 2, 1);
    return Network.of(
        inputs(a, b),
        outputs(
            merge(Merge.add().name("sum"), a, b).then(flatten()).as("c"), b.then(relu()).as("d")));
  }

  @Test
  void writesInputsNodesAndOutputs() {
    assertEquals(GRAPH, graph().toJson().replace(System.lineSeparator(), "\n"));
  }

  @Test
  void readsWhatItWrote() {
    assertEquals(graph(), Network.fromJson(GRAPH));
  }

  /** Each line: a part of the document above, its replacement, and a part of the message. */
  @ParameterizedTest(name = "{0} as {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"kind\" : \"add\"|\"kind\" : \"plus\"|nodes[0].merge: unknown kind plus: known kinds are"
            + " [add,",
        "\"kind\" : \"flatten\"|\"kind\" : \"add\"|nodes[1].layer: unknown kind add",
        "\"kind\" : \"relu\"|\"kind\" : \"dense\", \"units\" : 2|nodes[2], relu: layer 1, dense,"
            + " input shape [2, 2, 1]",
        "\"id\" : \"relu\"|\"id\" : \"sum\"|nodes[2], sum: id must not be empty or that of an input"
            + " or another node: sum",
        "\"id\" : \"relu\"|\"id\" : \"a\"|nodes[2], a: id must",
        "\"id\" : \"relu\",|` `|nodes[2], : id must not be empty",
        "\"id\" : \"relu\"|\"id\" : null|nodes[2]",
        "\"id\" : \"relu\"|\"idd\" : \"relu\"|nodes[2].idd: Unrecognized field",
        "\"from\" : [ \"sum\" ]|\"from\" : [ \"relu\" ]|nodes[1], flatten: from must be the name of"
            + " an input or the id of an earlier node: relu",
        "\"from\" : [ \"sum\" ]|\"from\" : [ \"flatten\" ]|nodes[1], flatten: from must be the name"
            + " of an input or the id of an earlier node: flatten",
        "\"from\" : [ \"sum\" ]|\"from\" : [ \"b\" ]|nodes: no output needs sum",
        "\"from\" : [ \"sum\" ],|` `|nodes[1].from: missing or null",
        "\"from\" : [ \"sum\" ]|\"from\" : [ \"sum\", \"a\" ]|nodes[1], flatten: a layer must have"
            + " one input: [sum, a]",
        "[ \"a\", \"b\" ]|[ \"a\", null ]|nodes[0].from[1]: missing or null",
        "[ \"a\", \"b\" ]|[ ]|nodes[0], sum: add: inputs",
        "[ \"a\", \"b\" ]|[ \"a\" ]|nodes[0], sum: add \"sum\", input shapes [[2, 2, 1]]",
        "[ \"a\", \"b\" ]|\"a\"|nodes[0].from: must be a list",
        "\"from\" : \"relu\"|\"from\" : \"x\"|outputs, d: from must",
        "\"from\" : \"relu\"|\"from\" : \"a\"|nodes: no output needs relu",
        "\"name\" : \"d\"|\"name\" : \"c\"|outputs: two are called c",
        "\"name\" : \"d\",|` `|output: name",
        "\"name\" : \"a\",|` `|input: name",
        "\"name\" : \"b\"|\"name\" : \"a\"|inputs: two are called a",
        "\"name\" : \"b\"|\"name\" : \"e\"|nodes[0], sum: from must",
        "[ 2, 2, 1 ]|[ 2, 2, -1 ]|input a must be the shape",
        "[ 2, 2, 1 ]|[ 2, 2, null ]|inputs[0].shape[2]: missing or null",
        "[ 2, 2, 1 ]|null|inputs[0].shape: missing or null",
        "\"frozen\" : [ ]|\"frozen\" : [ \"flatten\" ]|freeze: name must be one of the layers with"
            + " variables, []: flatten",
        "\"frozen\" : [ ]|\"frozen\" : [ ], \"layers\" : [ ]|layers: Unrecognized field",
        "\"version\" : 2|\"version\" : 3|version must be from 1 to 2: 3",
        "\"nodes\" : [ {|\"nodes\" : [ null, {|nodes[0]: missing or null",
        "\"nodes\" : [ {|\"nodes\" : [ 3, {|nodes[0]",
        "\"nodes\" : [ {|\"nodes\" : [ [ ], {|nodes[0]",
        "\"kind\" : \"flatten\"|\"kind\" : \"flatten\" }, \"merge\" : { \"kind\" :"
            + " \"add\"|nodes[1].layer: Unrecognized field",
      })
  void messagesNameTheProblem(String part, String replacement, String expected) {
    assertTrue(GRAPH.contains(part), part);
    String text = GRAPH.replaceFirst(Pattern.quote(part), Matcher.quoteReplacement(replacement));
    String message =
        assertThrows(IllegalArgumentException.class, () -> Network.fromJson(text)).getMessage();
    assertTrue(message.contains(expected), message);
  }

  @Test
  void missingFrozenMeansNone() {
    assertEquals(graph(), Network.fromJson(GRAPH.replace(",\n  \"frozen\" : [ ]", "")));
  }

  /** The order of nodes and their ids are the file's; the names are those of the network. */
  @Test
  void readsNodesInAnyOrderWithAnyIds() {
    String json =
        """
        {"version": 2,
         "inputs": [{"name": "a", "shape": [2, 2, 1]}, {"name": "b", "shape": [2, 2, 1]}],
         "nodes": [
           {"id": "z", "from": ["b"], "layer": {"kind": "relu"}},
           {"id": "y", "merge": {"kind": "add", "name": "sum"}, "from": ["a", "b"]},
           {"id": "x", "from": ["y"], "layer": {"kind": "flatten"}}],
         "outputs": [{"name": "c", "from": "x"}, {"name": "d", "from": "z"}]}
        """;
    assertEquals(graph(), Network.fromJson(json));
  }

  @Test
  void keepsSharedLayersAllMergesAndWhatIsFrozen() {
    Layer tower = shared("tower", dense(4), sequence(relu()));
    Input a = input("a", 3);
    Input b = input("b", 3);
    Node left = a.then(tower);
    Node right = b.then(tower, concat(relu(), sequence()), dense(4));
    Network network =
        Network.of(
                inputs(a, b),
                outputs(
                    add(left, right, left).as("add"),
                    subtract(left, right).as("subtract"),
                    multiply(left, right).as("multiply"),
                    average(left, right).as("average"),
                    maximum(left, right).as("maximum"),
                    concat(left, right).as("concat")))
            .freeze("tower");
    Network read = Network.fromJson(network.toJson());
    assertEquals(network, read);
    assertEquals(network.summary(), read.summary());
    assertEquals(network.toJson(), read.toJson());
  }

  @Test
  void writesAndReadsRegisteredCustomMerges() {
    Input a = input("a", 3);
    Network network = Network.of(a, merge(new GraphValuesTest.Weighted(0.5f), a, a));
    String unknown = assertThrows(IllegalArgumentException.class, network::toJson).getMessage();
    assertTrue(unknown.contains("Weighted (kind weighted) is not registered"), unknown);
    NetworkJson json = NetworkJson.standard().withMerge("weighted", GraphValuesTest.Weighted.class);
    assertEquals(network, json.read(json.write(network)));
    NetworkJson mild =
        NetworkJson.standard().withMerge(new GraphValuesTest.Weighted(0.5f), "first");
    assertEquals(network, mild.read(json.write(network).replaceFirst(",\\s*\"first\" : 0.5", "")));
    String taken =
        assertThrows(
                IllegalArgumentException.class,
                () -> json.withMerge("add", GraphValuesTest.Weighted.class))
            .getMessage();
    assertTrue(taken.endsWith(": add"), taken);
  }
}
