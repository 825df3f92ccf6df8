package io.github.convnet4j.bench.play;

import io.github.convnet4j.bench.contestant.Conversation;
import io.github.convnet4j.bench.contestant.Work;
import io.github.convnet4j.data.Batch;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.examples.LectureNets;
import io.github.convnet4j.model.Network;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

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
      play(graph, LectureNets.literal(net, graph, train), engine);
    }
  }

  /** Runs a graph like the one that {@code Model} builds for a network of the builder. */
  void playBuilder(Network network, String engine) {
    try (Graph graph = new Graph()) {
      play(graph, BuilderGraph.of(graph, network, train), engine);
    }
  }

  private void play(Graph graph, RawGraph net, String engine) {
    try (Session session = new Session(graph)) {
      session.initialize();
      Conversation talk = Conversation.open(engine, new Asked(session, net, test));
      for (int step = 0; talk.nextStep(); step++) {
        talk.stepDone(net.train(session, train.batch(work.batch(step)), step));
      }
    }
  }

  /** Evaluates all images in one feed, as a first handwritten loop would. */
  private record Asked(Session session, RawGraph net, DataSet test)
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
      try (TFloat32 images = RawGraph.tensor(net.images(), batch.size(), batch.images());
          Result result = session.runner().feed(net.images(), images).fetch(net.logits()).run()) {
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
