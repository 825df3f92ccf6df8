package io.github.convnet4j.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;

/** The result of applying a network to operands. */
public final class Applied {
  private final Map<String, Operand<TFloat32>> outputs;
  private final List<AppliedNode> nodes;
  private final Map<String, Operand<TFloat32>> nodeOutputs;
  private final List<Op> updates;
  private final Operand<TFloat32> regularizationLoss;

  Applied(
      Map<String, Operand<TFloat32>> outputs,
      List<AppliedNode> nodes,
      Map<String, Operand<TFloat32>> nodeOutputs,
      List<Op> updates,
      Operand<TFloat32> regularizationLoss) {
    this.outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    this.nodes = List.copyOf(nodes);
    this.nodeOutputs = new LinkedHashMap<>(nodeOutputs);
    this.updates = List.copyOf(updates);
    this.regularizationLoss = regularizationLoss;
  }

  /**
   * Returns the output, {@code [batch, …]}; for a classifier, the logits.
   *
   * @throws IllegalStateException if the network has several outputs
   */
  public Operand<TFloat32> output() {
    if (outputs.size() != 1) {
      throw new IllegalStateException(
          "the network has several outputs: use output(name) with one of " + outputs.keySet());
    }
    return outputs.values().iterator().next();
  }

  /**
   * Returns an output, {@code [batch, …]}.
   *
   * @throws IllegalArgumentException if there is no output of that name
   */
  public Operand<TFloat32> output(String name) {
    Operand<TFloat32> output = outputs.get(name);
    if (output == null) {
      throw new IllegalArgumentException(
          "name must be one of the outputs %s: %s".formatted(outputs.keySet(), name));
    }
    return output;
  }

  /** Returns the outputs by name, in the network's order. */
  public Map<String, Operand<TFloat32>> outputs() {
    return outputs;
  }

  /**
   * Returns all layers and merges at any depth, also those within custom layers, in the order in
   * which they were applied, inner ones first. Those that a {@link
   * io.github.convnet4j.layer.Rewrite} applies in another order than described are missing.
   */
  public List<AppliedNode> nodes() {
    return nodes;
  }

  /**
   * Returns the output of a layer or merge at any depth, {@code [batch, …]}. If it was applied
   * several times, the last output.
   *
   * @param path such as {@code "residual/conv2d"}
   * @throws IllegalArgumentException if there is none with this path, or a {@link
   *     io.github.convnet4j.layer.Rewrite} left it out; {@link Network#build(org.tensorflow.op.Ops,
   *     String, long, java.util.Set)} without rewrites computes all
   */
  public Operand<TFloat32> nodeOutput(String path) {
    Operand<TFloat32> operand = nodeOutputs.get(path);
    if (operand == null) {
      throw new IllegalArgumentException(
          "path must be that of a layer that is computed as described (build without rewrites for all), one of %s: %s"
              .formatted(nodeOutputs.keySet(), path));
    }
    return operand;
  }

  /**
   * Returns whether {@link #nodeOutput} has the output of a layer or merge: not if there is none
   * with this path, or a rewrite left it out.
   */
  public boolean hasNodeOutput(String path) {
    return nodeOutputs.containsKey(path);
  }

  /**
   * Returns the operations to run with each training step, for example to update the moving
   * statistics of batch normalization; none in inference.
   */
  public List<Op> updates() {
    return updates;
  }

  /**
   * Returns a scalar: the sum of the penalties, c * sum of squares, of all trained variables; 0 if
   * none has a penalty. Add it to the loss.
   */
  public Operand<TFloat32> regularizationLoss() {
    return regularizationLoss;
  }
}
