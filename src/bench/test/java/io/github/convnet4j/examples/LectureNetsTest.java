package io.github.convnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.bench.play.RawGraph;
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
import org.tensorflow.Session;

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
        assertEquals(expected.get(i), raw.train(session, batches.nextBatch(100), i));
      }
    }
  }

  private static Console console() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    return Console.of(nowhere, nowhere, Plots.to(PlotTarget.NONE));
  }
}
