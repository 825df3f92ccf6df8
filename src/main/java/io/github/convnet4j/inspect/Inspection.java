package io.github.convnet4j.inspect;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.data.ExampleBatch;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.model.AppliedNode;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.Weights;
import io.github.convnet4j.natives.NativeGraph;
import io.github.convnet4j.train.Model;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.op.math.Mean;
import org.tensorflow.op.nn.Relu;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Looks inside a model whose network has one input and one output. It builds a separate graph for
 * inference from the network and a copy of its current weights, and computes the output and the
 * gradient of any layer. This includes custom layers, and each layer within a composite layer.
 *
 * <pre>{@code
 * try (Inspection inspection = Inspection.of(model)) {
 *   float[] image = test.imageFloats(7);
 *   List<LayerOutput> maps = inspection.layerOutputs(image);
 *   Saliency saliency = inspection.saliency(image, 3);   // what the logit of class 3 depends on
 *   GradCam cam = inspection.gradCam(image, 3);          // where the network sees class 3
 * }
 * }</pre>
 *
 * <p>The model is not needed after this. Not thread-safe.
 */
public final class Inspection implements AutoCloseable {
  /** Number of examples in a batch. */
  private static final int BATCH_SIZE = 100;

  private static final int IMAGE_DIMENSIONS = 3;

  private final NativeGraph nativeGraph;
  private final Session session;
  private final Ops tf;
  private final Shape input;
  private final Shape output;
  private final InspectedNetwork network;
  private final Placeholder<TFloat32> chosen; // as the logits, one-hot
  private final Operand<TFloat32> chosenLogits; // as the logits, 0 except for the chosen class
  private final Operand<TFloat32> embedding; // [batch, n]
  private final Map<String, CamOps> cams = new HashMap<>();
  private Optional<Operand<TFloat32>> pixelGradient = Optional.empty();

  /**
   * Grad-CAM at one layer: {@code [batch, h, w, 1]} in the layer's size, and in the image's size.
   */
  private record CamOps(Operand<TFloat32> map, Operand<TFloat32> overImage) {}

  private Inspection(NativeGraph nativeGraph, Model<?> model) {
    this.nativeGraph = nativeGraph;
    this.tf = nativeGraph.ops();
    this.input = model.network().input();
    this.output = model.network().output();
    Placeholder<TFloat32> images =
        tf.withName("images")
            .placeholder(TFloat32.class, Placeholder.shape(input.prepend(Shape.UNKNOWN_SIZE)));
    network = InspectedNetwork.build(tf, model.network(), model.options().normalization(), images);
    chosen =
        tf.withName("chosen")
            .placeholder(TFloat32.class, Placeholder.shape(output.prepend(Shape.UNKNOWN_SIZE)));
    chosenLogits = tf.math.mul(network.logits(), chosen);
    AppliedNode last = network.classifying();
    embedding =
        tf.reshape(
            last.inputs().get(0),
            tf.constant(new int[] {-1, (int) last.inputShapes().get(0).size()}));
    Map<String, Assignment> assignments = assignments(model.network().parameters());
    session = nativeGraph.session();
    assign(assignments, model.weights());
  }

  /**
   * Builds the graph and copies the model's weights.
   *
   * @throws IllegalArgumentException as {@link #check} does
   * @throws IllegalStateException if the model is closed
   */
  public static Inspection of(Model<?> model) {
    check(model);
    return NativeGraph.openFor(opened -> new Inspection(opened, model));
  }

  /**
   * Checks whether a model can be inspected.
   *
   * @throws IllegalArgumentException if its network has several inputs or outputs, or it is over a
   *     graph of your own
   */
  public static void check(Model<?> model) {
    requireNonNull(model, "model");
    if (!model.hasNetwork()) {
      throw new IllegalArgumentException(
          "model must have a Network, whose layers are known: it is over a graph of your own");
    }
    Network described = model.network();
    if (described.inputs().size() > 1 || described.outputs().size() > 1) {
      throw new IllegalArgumentException(
          "model must have one input and one output: it has the inputs %s and the outputs %s"
              .formatted(described.inputs().keySet(), described.outputs().keySet()));
    }
  }

  /** Sets a variable to the value that is fed. */
  private record Assignment(Placeholder<TFloat32> value, Op assign) {}

  private Map<String, Assignment> assignments(List<Parameter> parameters) {
    Map<String, Assignment> assignments = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      Variable<TFloat32> variable = network.net().variable(parameter.name());
      Placeholder<TFloat32> value =
          tf.placeholder(TFloat32.class, Placeholder.shape(variable.shape()));
      assignments.put(parameter.name(), new Assignment(value, tf.assign(variable, value)));
    }
    return assignments;
  }

  /**
   * Sets all variables in one call. A call for each of them would take minutes for a network of
   * hundreds of layers, because TensorFlow prepares the whole graph for each new set of operations.
   */
  private void assign(Map<String, Assignment> assignments, Weights weights) {
    if (assignments.isEmpty()) {
      return;
    }
    List<TFloat32> tensors = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      assignments.forEach(
          (name, to) -> {
            TFloat32 tensor =
                TFloat32.tensorOf(weights.shape(name), DataBuffers.of(weights.values(name)));
            tensors.add(tensor);
            runner.feed(to.value(), tensor).addTarget(to.assign());
          });
      runner.run().close();
    } finally {
      tensors.forEach(Tensor::close);
    }
  }

  /**
   * Returns the output of each layer for an image, from the first to the last. Leaves out layers
   * that return their input, like dropout during inference, and composite layers that return the
   * output of their last layer.
   *
   * @param image an image from 0 to 1, {@code [height, width, channels]}, or whatever the network's
   *     input is, row by row
   */
  public List<LayerOutput> layerOutputs(float[] image) {
    List<AppliedNode> nodes = network.distinct();
    try (TFloat32 in = images(image, 1)) {
      Session.Runner runner = session.runner().feed(network.images(), in);
      nodes.forEach(node -> runner.fetch(node.output()));
      try (Result result = runner.run()) {
        List<LayerOutput> outputs = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
          AppliedNode node = nodes.get(i);
          outputs.add(
              new LayerOutput(
                  node.path(),
                  node.computation().kind(),
                  node.outputShape(),
                  floats(result.get(i))));
        }
        return List.copyOf(outputs);
      }
    }
  }

  /** Returns the network's output for an image, row by row; for a classifier, the logits. */
  public float[] logits(float[] image) {
    try (TFloat32 in = images(image, 1);
        Result result = session.runner().feed(network.images(), in).fetch(network.logits()).run()) {
      return floats(result.get(0));
    }
  }

  /**
   * Returns how the logit of a class changes with the pixels of an image.
   *
   * @param image from 0 to 1, {@code [height, width, channels]} row by row
   * @param classIndex from 0; for other tasks the number of one of the network's outputs
   * @throws IllegalArgumentException if the network has no derivative, does not take images, or has
   *     an output of another shape than {@code [n]}
   */
  public Saliency saliency(float[] image, int classIndex) {
    checkClass(classIndex);
    if (pixelGradient.isEmpty()) {
      pixelGradient =
          Optional.of(
              InputGradients.of(nativeGraph.graph(), chosenLogits, network.images(), "the image"));
    }
    try (Result result = run(image, classIndex, pixelGradient.get())) {
      return new Saliency(
          classIndex, (int) input.get(0), (int) input.get(1), floats(result.get(0)));
    }
  }

  /**
   * Returns the layer whose feature maps {@link #gradCam(float[], int)} uses: the last convolution,
   * or the last of the layers that directly follow it without changing the size. Without a
   * convolution, it is the last layer with an output {@code [height, width, channels]}; empty if
   * there is none.
   */
  public Optional<String> gradCamLayer() {
    return network.lastMaps().map(AppliedNode::path);
  }

  /**
   * Returns where the last convolution sees evidence for a class.
   *
   * @param image from 0 to 1, {@code [height, width, channels]} row by row
   * @param classIndex from 0
   * @throws IllegalArgumentException if no layer has an output {@code [height, width, channels]},
   *     or as for {@link #saliency}
   */
  public GradCam gradCam(float[] image, int classIndex) {
    return gradCam(
        image,
        classIndex,
        network
            .lastMaps()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Grad-CAM needs a layer with an output [height, width, channels], and this"
                            + " network has none")));
  }

  /**
   * Returns where a given layer sees evidence for a class.
   *
   * @throws IllegalArgumentException if there is no such layer, its output is not {@code [height,
   *     width, channels]}, or the logits have no derivative with respect to it
   */
  public GradCam gradCam(float[] image, int classIndex, String layer) {
    AppliedNode node = network.named(layer);
    if (node.outputShape().numDimensions() != 3) {
      throw new IllegalArgumentException(
          "layer must have an output [height, width, channels]: %s has %s"
              .formatted(layer, node.outputShape()));
    }
    if (!network.leadsToLogits(node)) {
      throw new IllegalArgumentException(
          "the logits must depend on layer: they do not depend on %s".formatted(layer));
    }
    return gradCam(image, classIndex, node);
  }

  private GradCam gradCam(float[] image, int classIndex, AppliedNode node) {
    checkClass(classIndex);
    CamOps cam = cams.computeIfAbsent(node.output().op().name(), name -> camOps(node));
    try (Result result = run(image, classIndex, cam.map(), cam.overImage())) {
      return new GradCam(
          node.path(),
          classIndex,
          new GradCam.Grid(
              (int) node.outputShape().get(0),
              (int) node.outputShape().get(1),
              floats(result.get(0))),
          new GradCam.Grid((int) input.get(0), (int) input.get(1), floats(result.get(1))));
    }
  }

  private CamOps camOps(AppliedNode node) {
    Operand<TFloat32> gradient =
        InputGradients.of(
            nativeGraph.graph(),
            chosenLogits,
            node.output(),
            "the output of %s".formatted(node.path()));
    Operand<TFloat32> weights =
        tf.math.mean(gradient, tf.constant(new int[] {1, 2}), Mean.keepDims(true));
    Operand<TInt32> channels = tf.constant(new int[] {3});
    Relu<TFloat32> map =
        tf.nn.relu(
            tf.reduceSum(tf.math.mul(node.output(), weights), channels, ReduceSum.keepDims(true)));
    Operand<TFloat32> overImage =
        tf.image.resizeBilinear(
            map,
            tf.constant(new int[] {(int) input.get(0), (int) input.get(1)}),
            ResizeBilinear.halfPixelCenters(true));
    return new CamOps(map, overImage);
  }

  /** Returns the number of values in an embedding. */
  public int embeddingLength() {
    return Math.toIntExact(network.classifying().inputShapes().get(0).size());
  }

  /**
   * Returns the embeddings of labeled examples: the input of the last dense layer, or of the last
   * layer if there is no dense one.
   *
   * @throws IllegalArgumentException if the examples do not have the network's input, or do not
   *     have classes {@code [classes]} as targets
   */
  public Embeddings embeddings(Source examples) {
    if (!examples.inputShapes().equals(List.of(input))) {
      throw new IllegalArgumentException(
          "examples must have the network's input shape %s: they have %s"
              .formatted(input, examples.inputShapes()));
    }
    if (!examples.targetShapes().equals(List.of(output)) || output.numDimensions() != 1) {
      throw new IllegalArgumentException(
          "examples must have a class as target, [classes], for the network's output %s: they have %s"
              .formatted(output, examples.targetShapes()));
    }
    int length = embeddingLength();
    float[] all = new float[Math.multiplyExact(examples.size(), length)];
    int[] labels = new int[examples.size()];
    int classes = (int) output.get(0);
    for (int from = 0; from < examples.size(); from += BATCH_SIZE) {
      int to = Math.min(from + BATCH_SIZE, examples.size());
      ExampleBatch batch = examples.read(IntStream.range(from, to).toArray());
      for (int i = from; i < to; i++) {
        labels[i] = TestResult.classOf(batch.target(), (i - from) * classes, classes);
      }
      try (TFloat32 in = images(batch.input(), to - from);
          Result result = session.runner().feed(network.images(), in).fetch(embedding).run()) {
        float[] some = floats(result.get(0));
        System.arraycopy(some, 0, all, from * length, some.length);
      }
    }
    return new Embeddings(network.classifying().path(), labels, length, all);
  }

  /** Runs the graph with one image and one class. */
  private Result run(float[] image, int classIndex, Operand<?>... fetched) {
    float[] oneHot = new float[(int) output.get(0)];
    oneHot[classIndex] = 1;
    try (TFloat32 in = images(image, 1);
        TFloat32 hot = TFloat32.tensorOf(output.prepend(1), DataBuffers.of(oneHot))) {
      Session.Runner runner = session.runner().feed(network.images(), in).feed(chosen, hot);
      for (Operand<?> operand : fetched) {
        runner.fetch(operand);
      }
      return runner.run();
    }
  }

  private TFloat32 images(float[] pixels, int batch) {
    if (pixels.length != input.size() * batch) {
      throw new IllegalArgumentException(
          "image must have the network's input shape %s, %d values: %d"
              .formatted(input, input.size(), pixels.length));
    }
    return TFloat32.tensorOf(input.prepend(batch), DataBuffers.of(pixels));
  }

  /** Checks a class, and that the network computes something about an image for it. */
  private void checkClass(int classIndex) {
    if (input.numDimensions() != IMAGE_DIMENSIONS) {
      throw new IllegalArgumentException(
          "the network must take images [height, width, channels] for this: its input is " + input);
    }
    if (output.numDimensions() != 1) {
      throw new IllegalArgumentException(
          "the network must have an output [classes] for this: its output is " + output);
    }
    if (classIndex < 0 || classIndex >= output.get(0)) {
      throw new IllegalArgumentException(
          "classIndex must be from 0 to %d: %d".formatted(output.get(0) - 1, classIndex));
    }
  }

  /** Copies the values, because the tensor's memory belongs to the session. */
  private static float[] floats(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.shape().size())];
    ((TFloat32) tensor).copyTo(DataBuffers.of(values));
    return values;
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    nativeGraph.close();
  }
}
