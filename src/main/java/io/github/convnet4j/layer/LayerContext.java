package io.github.convnet4j.layer;

import io.github.convnet4j.initializer.OpSeed;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** What a layer needs to add itself to a graph. Valid only during {@link Layer#apply}. */
public interface LayerContext {
  /** Returns the operations, in the layer's name scope. */
  Ops tf();

  /**
   * Returns whether the network is applied for training or for inference. A layer that computes the
   * same in both is always applied for inference.
   */
  Mode mode();

  /** Returns whether the network is built with this rewrite. */
  boolean uses(Rewrite rewrite);

  /**
   * Returns whether products, such as those of a convolution, are to be computed in bfloat16. The
   * values between layers and all weights are float32 in any case.
   */
  boolean mixedPrecision();

  /** Returns the inferred input shape of one example, without the batch; a merge's first. */
  default Shape inputShape() {
    return inputShapes().get(0);
  }

  /** Returns the inferred shape of each input, of one example, without the batch. */
  List<Shape> inputShapes();

  /** Returns whether the whole layer is frozen: its variables are not trained. */
  boolean frozen();

  /**
   * Returns the value of a declared parameter, to compute with. The first request in a graph
   * creates the variable; all applications of the network share it.
   *
   * <p>The result is the identity of the variable, not the variable itself: some of TensorFlow's
   * gradients, for example that of {@code tf.math.square}, crash the process if their direct
   * operand is a variable.
   *
   * @throws IllegalArgumentException if the layer has not declared this parameter
   */
  Operand<TFloat32> weight(String parameter);

  /**
   * Returns the variable of a declared parameter, to assign to. For computations use {@link
   * #weight}.
   *
   * @throws IllegalArgumentException if the layer has not declared this parameter
   */
  Variable<TFloat32> variable(String parameter);

  /**
   * Adds an operation that must run with each training step, for example to update moving
   * statistics.
   */
  void addUpdate(Op update);

  /**
   * Returns the operations, in the layer's name scope, for updates that read what they assign to. A
   * layer that is applied twice with the same variables updates them one after the other.
   */
  Ops tfForUpdates();

  /**
   * Returns the seeds for the next stateful random operation. They are numbered over the whole
   * network, initializers included, so call this once for each operation, immediately before
   * creating it.
   */
  OpSeed nextOpSeed();

  /**
   * Returns a seed for one stateless random operation, {@code [2]}: a number that is unique to this
   * request, and the training step. The same step draws the same numbers, so that training can
   * resume exactly.
   *
   * @throws IllegalStateException if the network was applied without a step
   */
  Operand<TInt64> statelessSeed();

  /**
   * Adds an inner layer to the graph, for layers that contain layers.
   *
   * @param name its name within this layer; the names of the parameters that this layer declared
   *     for it start with {@code name + "/"}
   * @param inner the inner layer
   * @param inputShape its input shape, of one example
   * @param input its input
   */
  Operand<TFloat32> apply(String name, Layer inner, Shape inputShape, Operand<TFloat32> input);

  /**
   * Adds the layers that a composite layer expands into. {@link CompositeLayer#apply} calls this.
   *
   * @param layer the layer that this context belongs to, or one that stands in for it
   * @param input its input
   */
  Operand<TFloat32> applyExpanded(CompositeLayer layer, Operand<TFloat32> input);
}
