package io.github.convnet4j.train;

import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads use one model. */
@Timeout(60)
class ThreadsTest {
  private static final int THREADS = 8;
  private static final DataSet IMAGES = TinyImages.of(64, 1);

  /** Runs the task in each of eight threads and returns their results. */
  private static <T> List<T> inThreads(Callable<T> task, Runnable meanwhile) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        futures.add(executor.submit(task));
      }
      meanwhile.run();
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      executor.shutdownNow();
      assertTrue(executor.awaitTermination(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void predictionsOfManyThreadsEqualThoseOfOne() throws Exception {
    try (Model<Prediction> model =
        Model.of(TinyImages.NETWORK, Tasks.classification(), adam(0.01))) {
      List<float[]> alone = new ArrayList<>();
      for (int i = 0; i < IMAGES.size(); i++) {
        alone.add(model.predictPixels(IMAGES.image(i)).probabilities());
      }
      List<Integer> counts =
          inThreads(
              () -> {
                int same = 0;
                for (int i = 0; i < 4 * IMAGES.size(); i++) {
                  int image = i % IMAGES.size();
                  assertArrayEquals(
                      alone.get(image), model.predictPixels(IMAGES.image(image)).probabilities());
                  same++;
                }
                return same;
              },
              () -> {});
      assertEquals(List.of(256, 256, 256, 256, 256, 256, 256, 256), counts);
    }
  }

  /** Running predictions succeed or report that it is closed; ten times, at different moments. */
  @Test
  void closingDuringPredictionsDoesNotCrash() throws Exception {
    for (int round = 0; round < 10; round++) {
      Model<Prediction> model = Model.of(TinyImages.NETWORK, Tasks.classification(), adam(0.01));
      AtomicInteger done = new AtomicInteger();
      int enough = 100 * round;
      List<String> ends =
          inThreads(
              () -> {
                try {
                  while (true) {
                    assertEquals(2, model.predictPixels(IMAGES.image(0)).probabilities().length);
                    done.incrementAndGet();
                  }
                } catch (IllegalStateException e) {
                  return e.getMessage();
                }
              },
              () -> {
                while (done.get() < enough) {
                  Thread.onSpinWait();
                }
                model.close();
              });
      assertEquals(1, ends.stream().distinct().count(), ends::toString);
      assertEquals("the model is closed", ends.get(0));
    }
  }

  @Test
  void closingEndsTrainingBetweenTwoSteps() throws Exception {
    Model<Prediction> model = Model.of(TinyImages.NETWORK, Tasks.classification(), adam(0.01));
    CountDownLatch started = new CountDownLatch(1);
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Future<History> training =
          executor.submit(
              () ->
                  model.fit(
                      IMAGES,
                      FitOptions.epochs(Integer.MAX_VALUE),
                      new TrainingListener() {
                        @Override
                        public void batchEnd(Training fit, BatchResult result) {
                          started.countDown();
                        }
                      }));
      started.await();
      String busy =
          assertThrows(IllegalStateException.class, () -> model.fit(IMAGES, FitOptions.epochs(1)))
              .getMessage();
      assertTrue(busy.contains("another thread"), busy);
      assertEquals(64, model.evaluate(IMAGES).total());
      model.close();
      ExecutionException end = assertThrows(ExecutionException.class, training::get);
      assertEquals(IllegalStateException.class, end.getCause().getClass());
      assertEquals("the model is closed", end.getCause().getMessage());
    } finally {
      executor.shutdownNow();
    }
  }
}
