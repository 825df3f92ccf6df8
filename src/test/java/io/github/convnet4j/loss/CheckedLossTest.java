package io.github.convnet4j.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.layer.Layers;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.optimizer.Optimizers;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/** A user's loss with a wrong shape is refused, by name, when it is added to a graph. */
class CheckedLossTest {
  /** What one of a loss's methods returns. */
  private interface Part {
    Operand<TFloat32> of(Ops tf, Operand<TFloat32> difference);
  }

  /** A loss as users may write it. */
  private record Own(String name, Part losses, Part predictions) implements Loss {
    @Override
    public Operand<TFloat32> perExample(
        Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
      return losses.of(tf, tf.math.sub(outputs, targets));
    }

    @Override
    public Operand<TFloat32> predictions(Ops tf, Operand<TFloat32> outputs) {
      return predictions.of(tf, outputs);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final Part SQUARES =
      (tf, difference) -> tf.math.mean(tf.math.square(difference), tf.constant(1));
  private static final Part SAME = (tf, outputs) -> outputs;

  static Stream<Own> wrong() {
    return Stream.of(
        new Own("perExample []", (tf, d) -> tf.math.mean(d, tf.constant(new int[] {0, 1})), SAME),
        new Own("perExample [batch, 3]", (tf, d) -> tf.math.square(d), SAME),
        new Own("perExample [3]", (tf, d) -> tf.math.mean(d, tf.constant(0)), SAME),
        new Own("perExample [batch, 1]", (tf, d) -> tf.reduceSum(d, tf.constant(1), KEEP), SAME),
        new Own("perExample null", (tf, d) -> null, SAME),
        new Own("predictions [batch]", SQUARES, (tf, z) -> tf.math.mean(z, tf.constant(1))),
        new Own("predictions [batch, 6]", SQUARES, CheckedLossTest::twice),
        new Own("predictions [3]", SQUARES, (tf, z) -> tf.math.mean(z, tf.constant(0))),
        new Own("predictions null", SQUARES, (tf, z) -> null));
  }

  private static final ReduceSum.Options KEEP = ReduceSum.keepDims(true);

  private static Operand<TFloat32> twice(Ops tf, Operand<TFloat32> outputs) {
    return tf.concat(List.of(outputs, outputs), tf.constant(1));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void aModelWithAWrongLossIsRefused(Own loss) {
    String[] part = loss.name().split(" ", 2);
    assertNamed(
        loss,
        part,
        () ->
            Model.of(
                    Network.of(Shape.of(2, 2, 1), Layers.flatten(), Layers.dense(3)),
                    Tasks.regression().loss(loss),
                    Optimizers.sgd(0.1),
                    ModelOptions.defaults())
                .close());
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void aWrongPartOfASumIsNamed(Own loss) {
    String[] part = loss.name().split(" ", 2);
    float[][] rows = {{1, 2, 3}, {4, 5, 6}};
    Loss sum = Losses.checked(loss.plus(Losses.meanSquaredError()));
    if (part[0].equals("perExample")) {
      assertNamed(loss, part, () -> LossRun.mean(sum, rows, rows));
      assertNamed(loss, part, () -> LossRun.perExample(sum, rows, rows));
    } else {
      assertNamed(loss, part, () -> LossRun.predictions(sum, rows));
    }
  }

  private static void assertNamed(Own loss, String[] part, Runnable build) {
    String message = assertThrows(IllegalArgumentException.class, build::run).getMessage();
    assertTrue(message.contains(loss.name()), message);
    assertTrue(message.contains("from " + part[0]), message);
    assertTrue(message.endsWith(": " + part[1]), message);
  }

  @Test
  void anOverriddenMeanMustBeAScalar() {
    Loss loss =
        new Loss() {
          @Override
          public Operand<TFloat32> perExample(
              Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
            return SQUARES.of(tf, outputs);
          }

          @Override
          public Operand<TFloat32> mean(
              Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
            return perExample(tf, outputs, targets);
          }

          @Override
          public Operand<TFloat32> predictions(Ops tf, Operand<TFloat32> outputs) {
            return outputs;
          }

          @Override
          public String toString() {
            return "Own";
          }
        };
    float[][] rows = {{1, 2, 3}, {4, 5, 6}};
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> LossRun.mean(Losses.checked(loss), rows, rows))
            .getMessage();
    assertTrue(message.contains("Own") && message.contains("mean"), message);
    assertTrue(message.endsWith(": [batch]"), message);
  }

  @Test
  void aRightLossIsAddedUnchanged() {
    float[][] outputs = {{1, 2}, {3, 4}};
    float[][] targets = {{0, 0}, {3, 1}};
    Loss own = Losses.checked(new Own("squares", SQUARES, SAME));
    assertArrayEquals(new float[] {2.5f, 4.5f}, LossRun.perExample(own, outputs, targets));
    assertEquals(3.5f, LossRun.mean(own, outputs, targets));
    assertArrayEquals(new float[] {1, 2}, LossRun.predictions(own, new float[] {1, 2}));
  }
}
