package io.github.convnet4j.train;

import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.initializer.Initializer;
import io.github.convnet4j.initializer.OpSeed;
import io.github.convnet4j.inspect.Inspection;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Errors while the initial values are computed are reported immediately. */
class InitialValuesTest {
  private static final Duration GUARD = Duration.ofSeconds(60);

  /** An initializer whose values TensorFlow's own check rejects. */
  private record NotANumber() implements Initializer {
    @Override
    public String kind() {
      return "not_a_number";
    }

    @Override
    public Operand<TFloat32> values(Ops tf, Shape shape, Supplier<OpSeed> seeds) {
      return tf.debugging.checkNumerics(
          tf.fill(tf.constant(shape.asArray()), tf.constant(Float.NaN)), "initial values");
    }
  }

  @Test
  void reportsAFailingInitializerImmediately() {
    Network network =
        Network.of(Shape.of(2, 2, 1), flatten(), dense(2).kernelInitializer(new NotANumber()));
    TFInvalidArgumentException fault =
        assertTimeoutPreemptively(
            GUARD,
            () ->
                assertThrows(
                    TFInvalidArgumentException.class,
                    () -> Model.of(network, Tasks.classification(), adam(0.1))));
    assertTrue(fault.getMessage().contains("initial values"), fault.getMessage());
  }

  @Test
  void reportsAFailingInspectionImmediately() {
    Network network = Network.of(Shape.of(2, 2, 1), flatten(), dense(2));
    Model<Prediction> closed = Model.of(network, Tasks.classification(), adam(0.1));
    closed.close();
    assertTimeoutPreemptively(
        GUARD, () -> assertThrows(IllegalStateException.class, () -> Inspection.of(closed)));
  }
}
