package io.github.convnet4j.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** Tries the example in the documentation of {@link Metric}. */
class OwnMetricTest {
  private record Within(double tolerance) implements Metric {
    @Override
    public String name() {
      return "within";
    }

    @Override
    public Metric.Tally tally(Shape prediction, Shape target) {
      if (!prediction.equals(target)) {
        throw new IllegalArgumentException(
            "within needs a target for each output, but the output is %s and the target %s"
                .formatted(prediction, target));
      }
      return new Metric.Tally() {
        private long close;
        private long total;

        @Override
        public void add(int examples, float[] predictions, float[] targets) {
          for (int i = 0; i < targets.length; i++) {
            close += Math.abs(predictions[i] - targets[i]) <= tolerance ? 1 : 0;
          }
          total += targets.length;
        }

        @Override
        public double value() {
          return (double) close / total; // NaN for 0 / 0
        }

        @Override
        public double[] state() {
          return new double[] {close, total};
        }

        @Override
        public void restore(double[] state) {
          if (state.length != 2) {
            throw new IllegalArgumentException(
                "state of within must have 2 numbers: " + state.length);
          }
          close = (long) state[0];
          total = (long) state[1];
        }
      };
    }
  }

  @Test
  void aMetricOfOnesOwnIsTalliedLikeAny() {
    Metric within = new Within(0.5);
    assertTrue(within.higherIsBetter());
    Metric.Tally tally = within.tally(Shape.of(1), Shape.of(1));
    assertTrue(Double.isNaN(tally.value()));
    tally.add(3, new float[] {1, 2, 3}, new float[] {1.5f, 2.75f, 3});
    assertEquals(2 / 3.0, tally.value());
    Metric.Tally resumed = within.tally(Shape.of(1), Shape.of(1));
    resumed.restore(tally.state());
    resumed.add(1, new float[] {1}, new float[] {1});
    assertEquals(3 / 4.0, resumed.value());
    String message =
        assertThrows(IllegalArgumentException.class, () -> within.tally(Shape.of(1), Shape.of(2)))
            .getMessage();
    assertTrue(message.contains("[1]") && message.contains("[2]"), message);
  }
}
