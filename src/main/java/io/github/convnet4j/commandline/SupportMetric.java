package io.github.convnet4j.commandline;

import io.github.convnet4j.evaluate.Metric;
import org.tensorflow.ndarray.Shape;

/** The number of examples with a label. */
record SupportMetric() implements Metric {
  @Override
  public String name() {
    return "support";
  }

  @Override
  public Tally tally(Shape prediction, Shape target) {
    return new Tally() {
      private double labelled;

      @Override
      public void add(int examples, float[] predictions, float[] targets) {
        for (float of : targets) {
          labelled += of;
        }
      }

      @Override
      public double value() {
        return labelled;
      }

      @Override
      public double[] state() {
        return new double[] {labelled};
      }

      @Override
      public void restore(double[] state) {
        labelled = state[0];
      }
    };
  }
}
