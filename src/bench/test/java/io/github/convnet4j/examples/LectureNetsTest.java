package io.github.convnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.bench.play.RawGraph;
import io.github.convnet4j.data.Batch;
import io.github.convnet4j.data.Batches;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.examples.plot.PlotTarget;
import io.github.convnet4j.examples.plot.Plots;
import io.github.convnet4j.files.BundledDigits;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** The benchmarks train the same networks as the examples: the costs are equal, step for step. */
class LectureNetsTest {
  private static final int STEPS = 3;
  private static final DataSets DIGITS = BundledDigits.read();

  @Test
  void simpleGraphIsTheSameAsInTheExample() {
    assertSameCosts("ex11_8", Ex11_8.run(console(), DIGITS, Ex11_8.LECTURE.withEpochs(1)));
  }

  @Test
  void deepGraphIsTheSameAsInTheExample() {
    assertSameCosts("ex11_9", Ex11_9.run(console(), DIGITS, Ex11_9.LECTURE.withEpochs(1)));
  }

  private static void assertSameCosts(String net, TrainingResult example) {
    List<Float> expected = example.stepCosts();
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      RawGraph raw = LectureNets.literal(net, graph, DIGITS.train());
      session.initialize();
      Batches batches = DIGITS.train().batches(LectureNets.seed());
      for (int i = 0; i < STEPS; i++) {
        assertEquals(expected.get(i), step(session, raw, batches.nextBatch(100)));
      }
    }
  }

  private static float step(Session session, RawGraph net, Batch batch) {
    try (TFloat32 images = tensor(net.images(), batch.size(), batch.images());
        TFloat32 labels = tensor(net.labels(), batch.size(), batch.labels());
        TFloat32 keep = TFloat32.scalarOf(LectureNets.keepProbability())) {
      Session.Runner runner =
          session.runner().feed(net.images(), images).feed(net.labels(), labels);
      net.keepProbability().ifPresent(operand -> runner.feed(operand, keep));
      try (Result result = runner.fetch(net.cost()).addTarget(net.step()).run()) {
        return ((TFloat32) result.get(0)).getFloat();
      }
    }
  }

  private static TFloat32 tensor(Operand<TFloat32> like, int rows, float[] values) {
    return TFloat32.tensorOf(Shape.of(rows, like.shape().get(1)), DataBuffers.of(values));
  }

  private static Console console() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    return Console.of(nowhere, nowhere, Plots.to(PlotTarget.NONE));
  }
}
