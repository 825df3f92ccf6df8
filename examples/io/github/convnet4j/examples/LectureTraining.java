package io.github.convnet4j.examples;

import io.github.convnet4j.data.Batch;
import io.github.convnet4j.data.Batches;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.numpy.PythonRandom;
import io.github.convnet4j.plot.Colormap;
import io.github.convnet4j.plot.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * The second half of ex11_8 and ex11_9, which is the same in both: initialise, train epoch by
 * epoch, test on every test image, and show one of them.
 */
final class LectureTraining {
  private static final int TEST_BATCH_SIZE = 500;

  private final Console console;
  private final Session session;
  private final LectureNet net;
  private final TrainingSettings settings;
  private final Operand<TInt64> predictions; // [batch]
  private final List<Float> stepCosts = new ArrayList<>();

  /** Adds the prediction to the graph, and initialises the variables. */
  LectureTraining(
      Console console, Graph graph, Session session, LectureNet net, TrainingSettings settings) {
    this.console = console;
    this.session = session;
    this.net = net;
    this.settings = settings;
    Ops tf = Ops.create(graph);
    this.predictions = tf.math.argMax(net.logits(), tf.constant(1));
    session.initialize();
  }

  /** Prints and draws as the notebooks do; the picture bears the given name. */
  TrainingResult run(DataSets mnist, String figureName) {
    List<Double> costs = train(mnist.train());
    DataSet test = mnist.test();
    int correct = countCorrect(test);
    console.print("Accuracy:", (float) correct / test.size());

    int r = PythonRandom.seed(settings.seed()).randint(0, test.size() - 1);
    int label = test.label(r);
    int prediction = (int) predict(test.batch(r, r + 1))[0];
    console.print("Label: ", NdArrays.vectorOf((long) label));
    console.print("Prediction: ", NdArrays.vectorOf((long) prediction));

    Figure figure = Figure.of(figureName);
    Images.imshow(figure.subplot(1, 1, 1), test, r, Colormap.GREYS);
    console.plots().show(figure);
    return new TrainingResult(costs, stepCosts, correct, test.size(), label, prediction);
  }

  private List<Double> train(DataSet train) {
    int totalBatch = settings.stepsPerEpoch(train);
    Batches batches = train.batches(settings.seed());
    List<Double> costs = new ArrayList<>();
    console.print("Learning started. It takes sometime.");
    for (int epoch = 1; epoch <= settings.epochs(); epoch++) {
      double averageCost = 0;
      String name = String.format(Locale.ROOT, "Epoch %d/%d", epoch, settings.epochs());
      try (TerminalProgress progress =
          TerminalProgress.start(name, totalBatch, console.messages())) {
        for (int i = 0; i < totalBatch; i++) {
          float cost = step(batches.nextBatch(settings.batchSize()));
          stepCosts.add(cost);
          averageCost += (double) cost / totalBatch;
          progress.step();
        }
      }
      costs.add(averageCost);
      console.print(
          "Epoch:",
          String.format(Locale.ROOT, "%04d", epoch),
          "cost =",
          PythonFormat.nineDecimals(averageCost));
    }
    console.print("Learning Finished!");
    return costs;
  }

  /** One step of training; returns the batch's cost before the step. */
  float step(Batch batch) {
    try (TFloat32 x = matrix(batch.size(), batch.images());
        TFloat32 y = matrix(batch.size(), batch.labels());
        TFloat32 keepProbability = TFloat32.scalarOf(settings.keepProbability())) {
      Session.Runner runner = session.runner().feed(net.x(), x).feed(net.y(), y);
      net.keepProbability().ifPresent(operand -> runner.feed(operand, keepProbability));
      try (Result result = runner.fetch(net.cost()).addTarget(net.train().op()).run()) {
        return ((TFloat32) result.get(0)).getFloat();
      }
    }
  }

  /** Tests in batches, so that memory stays small, and counts, so that the share is exact. */
  private int countCorrect(DataSet test) {
    int correct = 0;
    for (int from = 0; from < test.size(); from += TEST_BATCH_SIZE) {
      Batch batch = test.batch(from, Math.min(from + TEST_BATCH_SIZE, test.size()));
      long[] predicted = predict(batch);
      for (int i = 0; i < predicted.length; i++) {
        if (predicted[i] == batch.classLabels()[i]) {
          correct++;
        }
      }
    }
    return correct;
  }

  private long[] predict(Batch batch) {
    try (TFloat32 x = matrix(batch.size(), batch.images());
        Result result = session.runner().feed(net.x(), x).fetch(predictions).run()) {
      long[] predicted = new long[batch.size()];
      ((TInt64) result.get(0)).copyTo(DataBuffers.of(predicted));
      return predicted;
    }
  }

  private static TFloat32 matrix(int rows, float[] values) {
    return TFloat32.tensorOf(Shape.of(rows, values.length / rows), DataBuffers.of(values));
  }
}
