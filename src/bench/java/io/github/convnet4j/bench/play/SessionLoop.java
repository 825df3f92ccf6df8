package io.github.convnet4j.bench.play;

import io.github.convnet4j.bench.contestant.Conversation;
import io.github.convnet4j.bench.contestant.Work;
import io.github.convnet4j.data.Batch;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.examples.LectureNets;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.model.Applied;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.NetworkInGraph;
import io.github.convnet4j.optimizer.Optimizers;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * A handwritten session loop: it draws a batch, feeds two tensors and fetches the cost. It runs the
 * lecture's literal graph or the builder's.
 */
final class SessionLoop {
  private final Work work;
  private final DataSet train;
  private final DataSet test;

  SessionLoop(Work work, DataSet train, DataSet test) {
    this.work = work;
    this.train = train;
    this.test = test;
  }

  /** Runs the graph of Ex11_8 or Ex11_9. */
  void playLiteral(String net, String engine) {
    try (Graph graph = new Graph()) {
      RawGraph raw = LectureNets.literal(net, graph, train);
      play(graph, raw, Optional.empty(), raw.logits(), engine);
    }
  }

  /** Runs a graph like the one that {@code Model} builds for a network of the builder. */
  void playBuilder(Network network, String engine) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Shape image = Shape.of(train.height(), train.width(), train.channels());
      Placeholder<TFloat32> images =
          tf.placeholder(TFloat32.class, Placeholder.shape(image.prepend(Shape.UNKNOWN_SIZE)));
      Placeholder<TFloat32> labels =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, train.classes())));
      Placeholder<TInt64> step = tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
      NetworkInGraph net = network.build(tf, "net", LectureNets.seed());
      Applied training = net.apply(images, Mode.TRAINING, step);
      Operand<TFloat32> cost =
          tf.math.mean(
              tf.nn.softmaxCrossEntropyWithLogits(training.output(), labels).loss(),
              tf.constant(0));
      RawGraph raw =
          new RawGraph(
              images,
              labels,
              Optional.empty(),
              training.output(),
              cost,
              Optimizers.adam(LectureNets.learningRate())
                  .minimize(graph, cost, List.copyOf(net.trainableVariables()))
                  .op());
      Operand<TFloat32> logits = net.apply(images, Mode.INFERENCE).output();
      play(graph, raw, Optional.of(step), logits, engine);
    }
  }

  private void play(
      Graph graph,
      RawGraph net,
      Optional<Placeholder<TInt64>> stepNumber,
      Operand<TFloat32> logits,
      String engine) {
    try (Session session = new Session(graph)) {
      session.initialize();
      Conversation talk = Conversation.open(engine, new Asked(session, net, logits, test));
      for (int step = 0; talk.nextStep(); step++) {
        talk.stepDone(train(session, net, stepNumber, train.batch(work.batch(step)), step));
      }
    }
  }

  private static float train(
      Session session,
      RawGraph net,
      Optional<Placeholder<TInt64>> stepNumber,
      Batch batch,
      long number) {
    try (TFloat32 images = tensor(net.images(), batch.size(), batch.images());
        TFloat32 labels = tensor(net.labels(), batch.size(), batch.labels());
        TFloat32 keep = TFloat32.scalarOf(LectureNets.keepProbability());
        TInt64 at = TInt64.scalarOf(number)) {
      Session.Runner runner =
          session.runner().feed(net.images(), images).feed(net.labels(), labels);
      net.keepProbability().ifPresent(operand -> runner.feed(operand, keep));
      stepNumber.ifPresent(operand -> runner.feed(operand, at));
      try (Result result = runner.fetch(net.cost()).addTarget(net.step()).run()) {
        return ((TFloat32) result.get(0)).getFloat();
      }
    }
  }

  private static TFloat32 tensor(Operand<TFloat32> like, int rows, float[] values) {
    return TFloat32.tensorOf(like.shape().tail().prepend(rows), DataBuffers.of(values));
  }

  /** Evaluates all images in one feed, as a first handwritten loop would. */
  private record Asked(Session session, RawGraph net, Operand<TFloat32> logits, DataSet test)
      implements Conversation.Trained {
    @Override
    public int evaluate() {
      return correct(test.batch(IntStream.range(0, test.size()).toArray()));
    }

    @Override
    public boolean predict(int image) {
      return correct(test.batch(image, image + 1)) == 1;
    }

    private int correct(Batch batch) {
      int classes = test.classes();
      float[] outputs = new float[batch.size() * classes];
      try (TFloat32 images = tensor(net.images(), batch.size(), batch.images());
          Result result = session.runner().feed(net.images(), images).fetch(logits).run()) {
        ((TFloat32) result.get(0)).copyTo(DataBuffers.of(outputs));
      }
      int correct = 0;
      for (int i = 0; i < batch.size(); i++) {
        int best = i * classes;
        for (int k = best + 1; k < (i + 1) * classes; k++) {
          best = outputs[k] > outputs[best] ? k : best;
        }
        correct += best - i * classes == batch.classLabels()[i] ? 1 : 0;
      }
      return correct;
    }
  }
}
