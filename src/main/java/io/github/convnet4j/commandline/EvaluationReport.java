package io.github.convnet4j.commandline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.evaluate.ConfusionMatrix;
import io.github.convnet4j.evaluate.Metric;
import io.github.convnet4j.evaluate.MultiLabelReport;
import io.github.convnet4j.evaluate.RegressionReport;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.evaluate.SegmentationReport;
import io.github.convnet4j.task.LabelPrediction;
import io.github.convnet4j.train.EvaluationListener;
import io.github.convnet4j.train.Model;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** The scores of a model, shown as its task needs it. */
interface EvaluationReport {
  /**
   * Evaluates a model.
   *
   * @param examples with targets for the task
   * @param asked the metrics that the user asked for, besides those of the task
   */
  static EvaluationReport of(KnownTask task, Model<?> model, Source examples, List<Metric> asked) {
    Metric[] metrics = asked.toArray(Metric[]::new);
    int n = task.names().size();
    switch (task.kind()) {
      case CLASSIFICATION -> {
        return new ClassScoresReport(model.evaluate(examples, metrics), asked);
      }
      case MULTI_LABEL -> {
        Rows rows = new Rows(examples.size(), n);
        Scores scores = model.evaluate(examples, rows, metrics);
        return new LabelScoresReport(
            scores, MultiLabelReport.of(task.names(), rows.targets, rows.predictions));
      }
      case REGRESSION -> {
        Rows rows = new Rows(examples.size(), n);
        Scores scores = model.evaluate(examples, rows, metrics);
        return new NumberScoresReport(
            scores, task.names(), RegressionReport.of(rows.targets, rows.predictions, n));
      }
      default -> {
        Scores scores = model.evaluate(examples, metrics);
        ConfusionMatrix matrix = scores.confusionMatrix().orElseThrow();
        return new PixelScoresReport(scores, matrix, SegmentationReport.of(matrix));
      }
    }
  }

  /** Prints the scores. */
  void print(PrintStream out);

  /** Returns the scores as JSON. */
  ObjectNode json();

  /** Returns JSON with the number of examples, the loss and all metrics. */
  static ObjectNode json(Scores scores) {
    ObjectNode json = Json.object().put("images", scores.examples());
    Json.put(json, "loss", scores.loss());
    putValues(json, scores.values());
    return json;
  }

  /** Puts the values of metrics into JSON by their names. */
  static void putValues(ObjectNode json, Map<String, Double> values) {
    ObjectNode object = json.putObject("metrics");
    values.forEach((name, value) -> Json.put(object, name, value));
  }

  /** Collects targets and predictions, {@code [examples, n]} row by row. */
  final class Rows implements EvaluationListener<Object> {
    private final int n;
    private final float[] targets;
    private final float[] predictions;

    private Rows(int examples, int n) {
      this.n = n;
      this.targets = new float[Math.multiplyExact(examples, n)];
      this.predictions = new float[targets.length];
    }

    @Override
    public void predicted(int index, Object prediction, List<float[]> target) {
      float[] numbers =
          prediction instanceof LabelPrediction labels
              ? labels.probabilities()
              : (float[]) prediction;
      System.arraycopy(numbers, 0, predictions, index * n, n);
      System.arraycopy(target.get(0), 0, targets, index * n, n);
    }
  }
}
