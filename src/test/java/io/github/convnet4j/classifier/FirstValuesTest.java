package io.github.convnet4j.classifier;

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
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What goes wrong while the first values are computed surfaces, at once. */
class FirstValuesTest {
  private static final Duration GUARD = Duration.ofSeconds(60);

  /** Values that TensorFlow itself finds to be no numbers. */
  private record NotANumber() implements Initializer {
    @Override
    public String kind() {
      return "not_a_number";
    }

    @Override
    public Operand<TFloat32> values(Ops tf, Shape shape, Supplier<OpSeed> seeds) {
      return tf.debugging.checkNumerics(
          tf.fill(tf.constant(shape.asArray()), tf.constant(Float.NaN)), "first values");
    }
  }

  @Test
  void anInitializerThatFailsIsToldAtOnce() {
    Network network =
        Network.of(Shape.of(2, 2, 1), flatten(), dense(2).kernelInitializer(new NotANumber()));
    TFInvalidArgumentException fault =
        assertTimeoutPreemptively(
            GUARD,
            () ->
                assertThrows(
                    TFInvalidArgumentException.class, () -> Classifier.of(network, adam(0.1f))));
    assertTrue(fault.getMessage().contains("first values"), fault.getMessage());
  }

  @Test
  void anInspectionThatCannotBeBuiltIsToldAtOnce() {
    Network network = Network.of(Shape.of(2, 2, 1), flatten(), dense(2));
    Classifier closed = Classifier.of(network, adam(0.1f));
    closed.close();
    assertTimeoutPreemptively(
        GUARD, () -> assertThrows(IllegalStateException.class, () -> Inspection.of(closed)));
  }
}
