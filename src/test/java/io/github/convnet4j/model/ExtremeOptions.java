package io.github.convnet4j.model;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.github.convnet4j.RiskyCases;
import io.github.convnet4j.RiskyCases.Case;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.optimizer.Optimizers;
import io.github.convnet4j.optimizer.TrainingStep;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * A program that gives each number in the description of each built-in layer an extreme value in
 * turn, and trains what can be described for one step.
 */
final class ExtremeOptions {
  static final String COMPUTED = "computed";

  private static final List<String> EXTREMES = List.of("0", "1", "-1", "65536", "2147483647");

  private static final int BATCH = 2;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ExtremeOptions() {}

  /** The arguments are those of {@link RiskyCases#run}. */
  public static void main(String[] args) throws JsonProcessingException {
    RiskyCases.run(cases(), args);
  }

  private static Case of(String name, String json) {
    return new Case(
        name,
        () -> {
          train(Network.fromJson(json));
          return COMPUTED;
        });
  }

  private static List<Case> cases() throws JsonProcessingException {
    List<Case> cases = new ArrayList<>();
    for (Layer layer : LayerJsonTest.IMAGE_LAYERS) {
      add(cases, Shape.of(12, 10, 4), layer);
    }
    for (Layer layer : LayerJsonTest.VECTOR_LAYERS) {
      add(cases, Shape.of(5), layer);
    }
    return cases;
  }

  private static void add(List<Case> cases, Shape input, Layer layer)
      throws JsonProcessingException {
    JsonNode root = MAPPER.readTree(Network.of(input, layer).toJson());
    JsonPointer layers = JsonPointer.valueOf("/layers");
    add(cases, layer.kind(), root, root.at(layers), layers);
  }

  /** Adds the cases for all numbers in a node. */
  private static void add(
      List<Case> cases, String kind, JsonNode root, JsonNode node, JsonPointer at) {
    if (node instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        Consumer<JsonNode> setter = value -> object.set(name, value);
        addPlace(cases, kind, root, object.get(name), at.appendProperty(name), setter);
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int index = i;
        Consumer<JsonNode> setter = value -> array.set(index, value);
        addPlace(cases, kind, root, array.get(i), at.appendIndex(i), setter);
      }
    }
  }

  /** Adds the cases for a value, which the setter replaces. */
  private static void addPlace(
      List<Case> cases,
      String kind,
      JsonNode root,
      JsonNode value,
      JsonPointer place,
      Consumer<JsonNode> setter) {
    if (value.isNumber()) {
      for (String extreme : EXTREMES) {
        setter.accept(new POJONode(new RawValue(extreme)));
        cases.add(of(kind + ", " + place + " = " + extreme, root.toString()));
      }
      setter.accept(value);
    } else {
      add(cases, kind, root, value, place);
    }
  }

  /** Trains the layer and its input for a step. */
  private static void train(Network network) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Variable<TFloat32> input =
          tf.withName("input")
              .variable(tf.fill(tf.constant(network.input().prepend(BATCH)), tf.constant(0.5f)));
      NetworkInGraph net = network.build(tf, "net", 1);
      Applied applied = net.apply(tf.identity(input), Mode.TRAINING, tf.constant(1L));
      Operand<TFloat32> loss = tf.math.add(applied.output(), applied.regularizationLoss());
      List<Variable<TFloat32>> variables = new ArrayList<>(net.trainableVariables());
      variables.add(input);
      TrainingStep step = Optimizers.sgd(0.01).minimize(graph, loss, variables);
      try (Session session = new Session(graph)) {
        session.initialize();
        Session.Runner runner = session.runner().addTarget(step.op());
        applied.updates().forEach(runner::addTarget);
        runner.run().close();
      }
    }
  }
}
