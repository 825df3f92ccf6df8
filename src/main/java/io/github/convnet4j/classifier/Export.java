package io.github.convnet4j.classifier;

import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.NetworkInGraph;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** A SavedModel of inference alone, built in a graph of its own. */
final class Export {
  /** What TensorFlow Serving asks for unless told otherwise. */
  private static final String SIGNATURE = "serving_default";

  private static final String METHOD = "tensorflow/serving/predict";

  private Export() {}

  static void write(
      Path folder, Network network, ClassifierOptions options, SavedClassifier.Values weights) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> images =
          tf.withName("images")
              .placeholder(
                  TFloat32.class, Placeholder.shape(network.input().prepend(Shape.UNKNOWN_SIZE)));
      NetworkInGraph net = network.build(tf, "net", options.seed());
      Operand<TFloat32> logits =
          net.apply(NormalizationOps.apply(tf, images, options.normalization()), Mode.INFERENCE)
              .output();
      Operand<TFloat32> probabilities =
          tf.withName("probabilities").identity(options.loss().predictions(tf, logits));
      Operand<TInt64> classes = tf.withName("classes").math.argMax(logits, tf.constant(1));
      Map<String, Variable<TFloat32>> named = new LinkedHashMap<>();
      network.parameters().forEach(p -> named.put(p.name(), net.variable(p.name())));
      Signature signature =
          Signature.builder()
              .key(SIGNATURE)
              .methodName(METHOD)
              .input("images", images)
              .output("probabilities", probabilities)
              .output("classes", classes)
              .build();
      try (Session session = new Session(graph)) {
        VariableValues values = new VariableValues(tf, session, named);
        named.keySet().forEach(name -> values.write(name, weights.of(name)));
        SavedModelBundle.exporter(folder.toString())
            .withSession(session)
            .withSignature(signature)
            .export();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
