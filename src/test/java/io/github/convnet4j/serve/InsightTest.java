package io.github.convnet4j.serve;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.globalAveragePool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.task.Tasks.classification;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

class InsightTest {
  private Model<Prediction> model;
  private Insight insight;

  /** Many layers with many large maps. */
  @BeforeEach
  void open() {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      layers.add(conv2d(40, 3));
      layers.add(relu());
    }
    layers.add(globalAveragePool());
    layers.add(dense(2));
    Network network = Network.of(Shape.of(70, 60, 1), layers.toArray(Layer[]::new));
    model = Model.of(network, classification("a", "b"), adam(0.01));
    insight = new Insight("deep", model);
  }

  @AfterEach
  void close() {
    insight.close();
    model.close();
  }

  private Insight.Look look(Optional<String> layer) {
    return insight.look(new float[70 * 60], OptionalInt.empty(), layer);
  }

  @Test
  void limitsWhatItShows() {
    Insight.Look look = insight.compute(() -> look(Optional.empty())).join();
    assertEquals(22, look.names().size());
    assertEquals(12, look.layers().size());
    assertEquals(look.names().get(0), look.layers().get(0).name());
    assertEquals(look.names().get(21), look.layers().get(11).name());
    Insight.Maps first = look.layers().get(0);
    assertEquals(List.of(70L, 60L, 40L), first.shape());
    assertEquals(List.of(35, 30), List.of(first.height(), first.width())); // A half of it.
    // As many values as 32 maps of 28x28 would be 23 maps: two rows of 8.
    assertEquals(16 * 35 * 30, first.values().length);
    Insight.Look one = insight.compute(() -> look(Optional.of("conv2d"))).join();
    assertEquals(40 * 35 * 30, one.layers().get(0).values().length);
  }

  @Test
  void looksAtOnePictureAtATime() {
    CountDownLatch end = new CountDownLatch(1);
    CompletableFuture<Integer> first =
        insight.compute(
            () -> {
              await(end);
              return 1;
            });
    Refusal refusal = assertThrows(Refusal.class, () -> insight.compute(() -> 2));
    assertEquals(503, refusal.status());
    end.countDown();
    assertEquals(1, first.join());
    for (int i = 0; i < 1000; i++) {
      int expected = i;
      assertEquals(expected, insight.compute(() -> expected).join());
    }
  }

  @Test
  void isFreeAgainAfterAFault() {
    CompletableFuture<Integer> failing =
        insight.compute(
            () -> {
              throw new IllegalArgumentException("no picture");
            });
    Throwable fault = assertThrows(CompletionException.class, failing::join);
    assertTrue(fault.getCause().getMessage().contains("no picture"));
    assertEquals(3, insight.compute(() -> 3).join());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
