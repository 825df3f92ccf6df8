package io.github.convnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

class ConsoleTest {
  private final Recorder recorder = new Recorder();

  @Test
  void printsATensorAsTensorFlow1Does() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> x =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 28, 28, 1)));
      recorder.console().print(x);
      recorder.console().print(tf.nn.relu(x), tf.nn.relu(x));
      recorder.console().print(tf.withName("n").placeholder(TInt64.class));
      recorder
          .console()
          .print(tf.withSubScope("a").placeholder(TInt64.class, Placeholder.shape(Shape.of(-1))));
      recorder.console().print(tf.withName("c").constant(1f));
    }
    assertEquals(
        """
        Tensor("Placeholder:0", shape=(?, 28, 28, 1), dtype=float32)
        Tensor("Relu:0", shape=(?, 28, 28, 1), dtype=float32) \
        Tensor("Relu_1:0", shape=(?, 28, 28, 1), dtype=float32)
        Tensor("n:0", shape=<unknown>, dtype=int64)
        Tensor("a/Placeholder:0", shape=(?,), dtype=int64)
        Tensor("c:0", shape=(), dtype=float32)
        """,
        recorder.out());
  }

  @Test
  void redrawsProgressWithEachPercentAndErasesItAtTheEnd() {
    Console console = recorder.console().onTerminal(true);
    for (int step = 1; step <= 1000; step++) {
      console.progress("Epoch 2", step, 1000);
    }
    List<String> drawn = Arrays.asList(recorder.messages().split("\r"));
    assertEquals("Epoch 2   1 %", drawn.get(1));
    assertEquals("Epoch 2  99 %", drawn.get(99));
    assertEquals(" ".repeat("Epoch 2  99 %".length()), drawn.get(100).replaceAll("[^ ]", " "));
    assertEquals(101, drawn.size());
  }

  @Test
  void showsNoProgressWithoutATerminal() {
    recorder.console().progress("Epoch 1", 1, 1);
    assertEquals("", recorder.messages());
  }
}
