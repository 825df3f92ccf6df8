package io.github.convnet4j.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.convnet4j.model.Network;
import java.util.function.Supplier;

/**
 * Lifts the descriptions of models that older versions of this library saved, step by step, to the
 * form that is written today.
 */
final class OldDescriptions {
  private static final String VERSION = "version";
  private static final String OPTIONS = "options";
  private static final String REACHED = "reached";

  /** What the accuracy has counted grows with the classes, and a damaged file may declare any. */
  private static final long MOST_CLASSES = 1_000_000;

  private OldDescriptions() {}

  /**
   * Lifts a description.
   *
   * @param tree the root object; changed in place
   * @param network reads the network in it
   * @param regressor whether it describes a regressor; until version 3, there were files of their
   *     own for these
   */
  static void lift(ObjectNode tree, Supplier<Network> network, boolean regressor) {
    int version = tree.path(VERSION).intValue();
    if (version < 2) {
      addRewrites(tree);
    }
    if (version < 3) {
      addPicturesAndLastBatch(tree, regressor);
    }
    if (version < 4) {
      makeModel(tree, network, regressor);
    }
    tree.put(VERSION, ModelJson.VERSION);
  }

  /** Before version 2 there were no rewrites: all graphs were as described. */
  private static void addRewrites(ObjectNode tree) {
    if (tree.path(OPTIONS) instanceof ObjectNode options) {
      options.putArray("rewrites");
    }
  }

  /** Before version 3 no picture format was saved, and the last batch was always a short one. */
  private static void addPicturesAndLastBatch(ObjectNode tree, boolean regressor) {
    if (!regressor && tree.path(OPTIONS) instanceof ObjectNode options) {
      options.putArray("pictures");
    }
    addLastBatch(tree.path(REACHED));
  }

  private static void addLastBatch(JsonNode reached) {
    if (reached.path("inEpoch") instanceof ObjectNode inEpoch && !inEpoch.has("lastBatch")) {
      inEpoch.put("lastBatch", FitOptions.LastBatch.SHORT.name());
    }
  }

  /**
   * Before version 4 there were classifiers and regressors. The loss and the class names were
   * options, and the only metric was the accuracy.
   */
  private static void makeModel(ObjectNode tree, Supplier<Network> network, boolean regressor) {
    Network described = network.get();
    if (tree.path(OPTIONS) instanceof ObjectNode options) {
      ObjectNode output = tree.putArray("tasks").addObject();
      output.put("output", described.outputs().keySet().iterator().next());
      output.put("weight", 1.0);
      ObjectNode task = output.putObject("task");
      JsonNode loss = options.path("loss");
      if (!regressor) {
        task.put("kind", "classification");
        move(options, "classNames", task, "classNames");
      } else if (loss.path("kind").asText().equals("sigmoid_cross_entropy")) {
        task.put("kind", "multi_label").putArray("labelNames");
      } else {
        task.put("kind", "regression").putArray("targetNames");
      }
      move(options, "loss", task, "loss");
      if (regressor) {
        options.putArray("pictures");
      }
    }
    tree.put("several", false);
    long classes = regressor ? 0 : described.outputs().values().iterator().next().size();
    if (tree.path(REACHED) instanceof ObjectNode reached) {
      liftReached(reached, classes);
    }
  }

  private static void move(ObjectNode from, String field, ObjectNode to, String newField) {
    JsonNode value = from.remove(field);
    if (value != null) {
      to.set(newField, value);
    }
  }

  /**
   * Lifts the progress, as it was before version 4.
   *
   * @param classes number of classes; 0 for a regressor
   */
  static void liftReached(ObjectNode reached, long classes) {
    addLastBatch(reached);
    ObjectNode metrics = reached.putObject("metrics");
    if (reached.path("inEpoch") instanceof ObjectNode inEpoch) {
      long examples = inEpoch.path("images").longValue();
      long correct = inEpoch.path("correct").longValue();
      move(inEpoch, "images", inEpoch, "examples");
      inEpoch.remove("correct");
      if (classes > MOST_CLASSES) {
        throw new IllegalArgumentException(
            "the network must have at most %d classes, as saves before version 4 have: it has %d"
                .formatted(MOST_CLASSES, classes));
      }
      if (examples > 0 && classes > 0) {
        // How many were correct is known, but not which classes they were: only their sum matters.
        ArrayNode state = metrics.putArray("accuracy").add((double) classes);
        for (long count : new long[] {correct, examples, examples}) {
          state.add((double) count);
          for (long c = 1; c < classes; c++) {
            state.add(0.0);
          }
        }
      }
    }
    for (JsonNode epoch : reached.path("history")) {
      if (epoch instanceof ObjectNode object) {
        move(object, "accuracy", object.putObject("metrics"), "accuracy");
        object.path("validation").forEach(OldDescriptions::liftValidation);
      }
    }
  }

  /**
   * Returns the name of a listener's state: before version 4, the listeners that monitored a value
   * had another name for it.
   */
  static String listener(String name) {
    return name.replaceFirst("_validation_cost$", "_val_loss")
        .replaceFirst("_validation_accuracy$", "_val_accuracy");
  }

  private static void liftValidation(JsonNode validation) {
    if (validation instanceof ObjectNode object) {
      long correct = 0;
      long examples = 0;
      JsonNode counts = object.path("counts");
      for (int i = 0; i + 2 < counts.size(); i += 3) {
        long count = counts.get(i + 2).longValue();
        examples += count;
        correct += counts.get(i).longValue() == counts.get(i + 1).longValue() ? count : 0;
      }
      object.put("examples", examples);
      object.putObject("values").put("accuracy", (double) correct / examples);
    }
  }
}
