package io.github.convnet4j.layer;

import io.github.convnet4j.initializer.OpSeed;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** What a layer is given to build itself in a graph. Valid during that call only. */
public interface LayerContext {
  /** Operations under the layer's own name scope. */
  Ops tf();

  /** What the network is applied for. */
  Mode mode();

  /** Whether the network is built with this rewrite. */
  boolean uses(Rewrite rewrite);

  /** The shape of one example that reaches the layer, as inferred, without the batch. */
  Shape inputShape();

  /** Whether all of this layer is frozen: its variables are not trained. */
  boolean frozen();

  /**
   * The value of a parameter that the layer declared, to compute with. Its variable is created at
   * the first request in the graph, and shared by all applications.
   *
   * <p>It is the variable's identity, not the variable: some of TensorFlow's gradients ({@code
   * tf.math.square}'s is one) take the process down when a variable is their direct operand.
   *
   * @throws IllegalArgumentException if the layer declares no such parameter
   */
  Operand<TFloat32> weight(String parameter);

  /**
   * The variable of a parameter that the layer declared, to assign to. Compute with {@link
   * #weight}.
   *
   * @throws IllegalArgumentException if the layer declares no such parameter
   */
  Variable<TFloat32> variable(String parameter);

  /** Adds an operation that must run with each training step: moving statistics, say. */
  void addUpdate(Op update);

  /**
   * Seeds for the next stateful random operation, counted over the whole network with the
   * initialisers': ask right before creating the operation, once for each.
   */
  OpSeed nextOpSeed();

  /**
   * A seed for one stateless random operation: {@code [2]}, a number that no other request has, and
   * the training step. The same step draws the same numbers, which lets training resume exactly.
   *
   * @throws IllegalStateException if the network was applied without a step
   */
  Operand<TInt64> statelessSeed();

  /**
   * Builds an inner layer, for layers made of layers.
   *
   * @param name its name within this layer; the parameters that this layer declared for it begin
   *     with {@code name + "/"}
   * @param inner the layer
   * @param inputShape of one example that reaches it
   * @param input its input
   */
  Operand<TFloat32> apply(String name, Layer inner, Shape inputShape, Operand<TFloat32> input);
}
