package io.github.convnet4j.examples;

import io.github.convnet4j.data.Batch;
import io.github.convnet4j.data.Batches;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.examples.numpy.PythonFormat;
import io.github.convnet4j.examples.numpy.PythonRandom;
import io.github.convnet4j.examples.plot.Colormap;
import io.github.convnet4j.examples.plot.Figure;
import io.github.convnet4j.optimizer.Optimizers;
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
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * ex11_9: a deep CNN for handwritten digits: three convolutions, each with ReLU, max pooling and
 * dropout, and two dense layers.
 */
@Command(name = "Ex11_9", description = "deep CNN on MNIST: three convolutions, dropout, two dense")
public final class Ex11_9 extends Example {

  public static void main(String[] args) {
    new Ex11_9().launch(args);
  }

  /** The lecture's epochs, batch size, learning rate, keep probability and seed. */
  static final TrainingSettings LECTURE = new TrainingSettings(15, 100, 0.001, 0.7f, 777);

  @Mixin private DataOptions data = new DataOptions();
  @Mixin private TrainingOptions.WithDropout training = new TrainingOptions.WithDropout(LECTURE);
  @Mixin private MoreOption more = new MoreOption();
  @Mixin private ServeOption serve = new ServeOption();

  @Override
  Runnable prepare(Console console) {
    TrainingSettings settings = training.settings();
    DataSets mnist = data.readGrey(console, settings);
    serve.check();
    return () -> {
      TrainingResult result = run(more.on(console), mnist, settings);
      // With --serve, the lecture ends in a browser. Layers with names show more there than a
      // graph.
      serve.serve(
          console, Ex11_9Builder.network(mnist.train(), settings.keepProbability()), result);
    };
  }

  /** Prints and draws as the notebook does. The shapes in the comments are for 28x28 images. */
  public static TrainingResult run(Console console, DataSets mnist, TrainingSettings settings) {
    DataSet train = mnist.train(); // 55,000 images
    DataSet test = mnist.test(); // 10,000 images
    long seed = settings.seed();

    // Closed in reverse order: a session must be closed before its graph.
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      List<Long> stride1 = List.of(1L, 1L, 1L, 1L);
      Operand<TInt32> twoByTwo = tf.constant(new int[] {1, 2, 2, 1});

      // The share of values that dropout keeps: 0.7 in training, 1 (the default) in testing.
      Operand<TFloat32> keepProb = tf.placeholderWithDefault(tf.constant(1f), Shape.scalar());

      // Input placeholders.
      Placeholder<TFloat32> x = // [batch, 784]
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, train.pixelsPerImage())));
      Operand<TFloat32> xImg = // [batch, 784] -> [batch, 28, 28, 1]
          tf.reshape(x, tf.constant(new int[] {-1, train.height(), train.width(), 1}));
      Placeholder<TFloat32> y = // [batch, 10]
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, train.classes())));

      // Convolution layer 1. The last argument of each random operation, from 0 to 10, is its op
      // seed. Python numbers them in the same way, so all numbers equal Python's.
      Variable<TFloat32> w1 = // [3, 3, 1, 32]
          tf.variable(LectureOps.randomNormal(tf, Shape.of(3, 3, 1, 32), 0.01f, seed, 0));
      Operand<TFloat32> conv1 = // [batch, 28, 28, 1] -> [batch, 28, 28, 32]
          tf.withName("Conv2D").nn.conv2d(xImg, w1, stride1, "SAME");
      Operand<TFloat32> relu1 = tf.nn.relu(conv1); // [batch, 28, 28, 32]
      Operand<TFloat32> pool1 = // [batch, 28, 28, 32] -> [batch, 14, 14, 32]
          tf.nn.maxPool(relu1, twoByTwo, twoByTwo, "SAME");
      Operand<TFloat32> l1 = // [batch, 14, 14, 32]
          LectureOps.dropout(tf, pool1, keepProb, seed, 1);
      console.printMoreTensors(conv1, relu1, pool1, l1);

      // Convolution layer 2.
      Variable<TFloat32> w2 = // [3, 3, 32, 64]
          tf.variable(LectureOps.randomNormal(tf, Shape.of(3, 3, 32, 64), 0.01f, seed, 2));
      Operand<TFloat32> conv2 = // [batch, 14, 14, 32] -> [batch, 14, 14, 64]
          tf.withName("Conv2D").nn.conv2d(l1, w2, stride1, "SAME");
      Operand<TFloat32> relu2 = tf.nn.relu(conv2); // [batch, 14, 14, 64]
      Operand<TFloat32> pool2 = // [batch, 14, 14, 64] -> [batch, 7, 7, 64]
          tf.nn.maxPool(relu2, twoByTwo, twoByTwo, "SAME");
      Operand<TFloat32> l2 = LectureOps.dropout(tf, pool2, keepProb, seed, 3); // [batch, 7, 7, 64]
      console.printMoreTensors(conv2, relu2, pool2, l2);

      // Convolution layer 3.
      Variable<TFloat32> w3 = // [3, 3, 64, 128]
          tf.variable(LectureOps.randomNormal(tf, Shape.of(3, 3, 64, 128), 0.01f, seed, 4));
      Operand<TFloat32> conv3 = // [batch, 7, 7, 64] -> [batch, 7, 7, 128]
          tf.withName("Conv2D").nn.conv2d(l2, w3, stride1, "SAME");
      Operand<TFloat32> relu3 = tf.nn.relu(conv3); // [batch, 7, 7, 128]
      Operand<TFloat32> pool3 = // [batch, 7, 7, 128] -> [batch, 4, 4, 128]
          tf.nn.maxPool(relu3, twoByTwo, twoByTwo, "SAME");
      Operand<TFloat32> l3 = LectureOps.dropout(tf, pool3, keepProb, seed, 5); // [batch, 4, 4, 128]
      int features = (int) l3.shape().tail().size(); // 4 * 4 * 128 = 2048
      Operand<TFloat32> l3Flat = // [batch, 4, 4, 128] -> [batch, 2048]
          tf.reshape(l3, tf.constant(new int[] {-1, features}));
      console.printMoreTensors(conv3, relu3, pool3, l3, l3Flat);

      // Dense layer 4.
      Variable<TFloat32> w4 = // [2048, 625]
          tf.variable(LectureOps.xavier(tf, features, 625, seed, 6));
      Variable<TFloat32> b4 = // [625]
          tf.variable(LectureOps.randomNormal(tf, Shape.of(625), 1, seed, 7));
      Operand<TFloat32> relu4 = // [batch, 2048] -> [batch, 625]
          tf.nn.relu(tf.withName("add").math.add(tf.linalg.matMul(l3Flat, w4), b4));
      Operand<TFloat32> l4 = LectureOps.dropout(tf, relu4, keepProb, seed, 8); // [batch, 625]
      console.printMoreTensors(relu4, l4);

      // Dense layer 5.
      Variable<TFloat32> w5 = // [625, 10]
          tf.variable(LectureOps.xavier(tf, 625, train.classes(), seed, 9));
      Variable<TFloat32> b5 = // [10]
          tf.variable(LectureOps.randomNormal(tf, Shape.of(train.classes()), 1, seed, 10));
      Operand<TFloat32> logits = // [batch, 625] -> [batch, 10]
          tf.withName("add").math.add(tf.linalg.matMul(l4, w5), b5);
      console.printMoreTensors(logits);

      // Cost and optimizer. The Adam of TensorFlow's framework updates its beta powers without
      // waiting for the updates that read them, so its steps vary from run to run. The library's
      // Adam waits.
      Operand<TFloat32> cost = // [batch, 10] -> [batch] -> []
          tf.math.mean(tf.nn.softmaxCrossEntropyWithLogits(logits, y).loss(), tf.constant(0));
      Op optimizer =
          Optimizers.adam(settings.learningRate())
              .minimize(graph, cost, List.of(w1, w2, w3, w4, b4, w5, b5))
              .op();

      // Initialize the variables and train.
      session.initialize();
      console.print("Learning started. It takes sometime.");
      Batches batches = train.batches(settings.seed());
      int totalBatch = settings.stepsPerEpoch(train); // 55,000 / 100 = 550
      List<Double> costs = new ArrayList<>();
      List<Float> stepCosts = new ArrayList<>();
      for (int epoch = 1; epoch <= settings.epochs(); epoch++) {
        double avgCost = 0;
        for (int i = 1; i <= totalBatch; i++) {
          Batch batch = batches.nextBatch(settings.batchSize());
          try (TFloat32 batchXs = matrix(batch.size(), batch.images()); // [100, 784]
              TFloat32 batchYs = matrix(batch.size(), batch.labels()); // [100, 10]
              TFloat32 keep = TFloat32.scalarOf(settings.keepProbability())) {
            Session.Runner step =
                session.runner().feed(x, batchXs).feed(y, batchYs).feed(keepProb, keep);
            try (Result result = step.fetch(cost).addTarget(optimizer).run()) {
              float c = ((TFloat32) result.get(0)).getFloat();
              stepCosts.add(c);
              avgCost += (double) c / totalBatch;
            }
          }
          console.progress("Epoch " + epoch, i, totalBatch);
        }
        costs.add(avgCost);
        String number = String.format(Locale.ROOT, "%04d", epoch);
        console.print("Epoch:", number, "cost =", PythonFormat.nineDecimals(avgCost));
      }
      console.print("Learning Finished!");

      // Test the model, in batches, because all images at once would take gigabytes of memory.
      Operand<TInt64> prediction = tf.math.argMax(logits, tf.constant(1)); // [batch]
      Operand<TBool> correctPrediction = // [batch]
          tf.math.equal(prediction, tf.math.argMax(y, tf.constant(1)));
      Operand<TFloat32> accuracy = // [batch] -> []
          tf.math.mean(tf.dtypes.cast(correctPrediction, TFloat32.class), tf.constant(0));
      int correct = 0;
      for (int from = 0; from < test.size(); from += 500) {
        Batch batch = test.batch(from, Math.min(from + 500, test.size()));
        try (TFloat32 testXs = matrix(batch.size(), batch.images());
            TFloat32 testYs = matrix(batch.size(), batch.labels());
            Result result =
                session.runner().feed(x, testXs).feed(y, testYs).fetch(accuracy).run()) {
          // A whole number except for float rounding, so the sum and the accuracy are exact.
          correct += Math.round(((TFloat32) result.get(0)).getFloat() * batch.size());
        }
      }
      console.print("Accuracy:", (float) correct / test.size());

      // Get one test image and predict it.
      int r = PythonRandom.seed(settings.seed()).randint(0, test.size() - 1);
      console.print("Label: ", NdArrays.vectorOf((long) test.label(r)));
      int predicted;
      try (TFloat32 testX = matrix(1, test.imageFloats(r));
          Result result = session.runner().feed(x, testX).fetch(prediction).run()) {
        TInt64 classes = (TInt64) result.get(0); // [1]
        console.print("Prediction: ", classes);
        predicted = (int) classes.getLong(0);
      }

      Figure figure = Figure.of("ex11_9");
      figure.imshow(test.imageFloats(r), test.height(), test.width(), Colormap.GREYS);
      console.plots().show(figure);
      return new TrainingResult(
          costs,
          stepCosts,
          correct,
          test.size(),
          test.label(r),
          predicted,
          LectureOps.values(session, List.of(w1, w2, w3, w4, b4, w5, b5)));
    }
  }

  /** Returns a tensor with this many rows, filled row by row. */
  private static TFloat32 matrix(long rows, float[] values) {
    return TFloat32.tensorOf(Shape.of(rows, values.length / rows), DataBuffers.of(values));
  }
}
