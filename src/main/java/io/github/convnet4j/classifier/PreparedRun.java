package io.github.convnet4j.classifier;

import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;

/**
 * One call of a session, to be done again and again: an example in, the predictions out. The tensor
 * that is fed is made once, and written in place.
 */
final class PreparedRun implements AutoCloseable {
  /**
   * Operations are started by the thread that calls, not by TensorFlow's threads for operations:
   * for one example, handing it over and waking up takes a fifth of the time. Each operation still
   * has all of TensorFlow's threads for its arithmetic.
   */
  private static final RunOptions BY_CALLER =
      RunOptions.newBuilder().setInterOpThreadPool(-1).build();

  private final TFloat32 input; // [1, …]
  private final Session.Runner runner;
  private final float[] outputs;

  /**
   * @param inputs {@code [batch, …]}
   * @param inputShape of one example
   * @param predictions {@code [batch, n]}
   */
  PreparedRun(
      Session session,
      Operand<TFloat32> inputs,
      Shape inputShape,
      Operand<TFloat32> predictions,
      int n) {
    input = TFloat32.tensorOf(inputShape.prepend(1));
    runner = session.runner().setOptions(BY_CALLER).feed(inputs, input).fetch(predictions);
    outputs = new float[n];
  }

  /** The predictions for an example; a copy. */
  float[] of(float[] example) {
    input.copyFrom(DataBuffers.of(example, true, false));
    try (Result result = runner.run()) {
      ((TFloat32) result.get(0)).copyTo(DataBuffers.of(outputs));
    }
    return outputs.clone();
  }

  @Override
  public void close() {
    input.close();
  }
}
