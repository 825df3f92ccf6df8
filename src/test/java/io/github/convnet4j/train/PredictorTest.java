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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Predictions for one image after another. */
@Timeout(60)
class PredictorTest {
  private static final DataSet IMAGES = TinyImages.of(40, 1);

  private final Model<Prediction> model =
      Model.of(TinyImages.NETWORK, Tasks.classification(), adam(0.01));

  @AfterEach
  void close() {
    model.close();
  }

  private static void assertClosed(String what, Runnable call) {
    assertEquals(
        what + " is closed", assertThrows(IllegalStateException.class, call::run).getMessage());
  }

  private static void assertWrongLength(int length, Runnable call) {
    String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(message.startsWith("input must") && message.endsWith(" " + length), message);
    assertTrue(message.contains("[4, 4, 1]"), message);
  }

  @Test
  void returnsWhatPredictReturnsForEachImage() {
    try (Predictor<Prediction> predictor = model.predictor()) {
      List<Prediction> kept = new ArrayList<>();
      for (int i = 0; i < IMAGES.size(); i++) {
        kept.add(predictor.predictPixels(IMAGES.image(i)));
        assertArrayEquals(
            kept.get(i).probabilities(), predictor.predict(IMAGES.imageFloats(i)).probabilities());
      }
      // Compare only now, to see that later calls do not overwrite earlier results.
      for (int i = 0; i < IMAGES.size(); i++) {
        Prediction prediction = model.predictPixels(IMAGES.image(i));
        assertArrayEquals(prediction.probabilities(), kept.get(i).probabilities());
        assertEquals(prediction.classIndex(), kept.get(i).classIndex());
      }
    }
  }

  @Test
  void doesNotModifyTheImage() {
    byte[] bytes = IMAGES.image(3);
    float[] floats = IMAGES.imageFloats(3);
    try (Predictor<Prediction> predictor = model.predictor()) {
      predictor.predictPixels(bytes);
      predictor.predict(floats);
    }
    assertArrayEquals(IMAGES.image(3), bytes);
    assertArrayEquals(IMAGES.imageFloats(3), floats);
  }

  @Test
  void usesTheCurrentWeights() {
    try (Predictor<Prediction> predictor = model.predictor()) {
      float[] before = predictor.predictPixels(IMAGES.image(0)).probabilities();
      model.fit(IMAGES, FitOptions.epochs(2).batchSize(10));
      float[] after = predictor.predictPixels(IMAGES.image(0)).probabilities();
      assertTrue(Math.abs(after[0] - before[0]) > 1e-3, () -> before[0] + " then " + after[0]);
      assertArrayEquals(model.predictPixels(IMAGES.image(0)).probabilities(), after);
    }
  }

  @Test
  void thePredictorOfARegressionReturnsNumbers() {
    try (Model<float[]> regression = Model.of(TinyImages.NETWORK, Tasks.regression(), adam(0.01));
        Predictor<float[]> predictor = regression.predictor()) {
      float[] first = predictor.predictPixels(IMAGES.image(0));
      float[] second = predictor.predict(IMAGES.imageFloats(1));
      assertArrayEquals(regression.predictPixels(IMAGES.image(0)), first);
      assertArrayEquals(regression.predictPixels(IMAGES.image(1)), second);
    }
  }

  @Test
  void rejectsImagesOfAnotherSizeAndStaysUsable() {
    try (Predictor<Prediction> predictor = model.predictor()) {
      assertWrongLength(15, () -> predictor.predictPixels(new byte[15]));
      assertWrongLength(17, () -> predictor.predict(new float[17]));
      assertWrongLength(0, () -> predictor.predictPixels(new byte[0]));
      assertArrayEquals(
          model.predictPixels(IMAGES.image(5)).probabilities(),
          predictor.predictPixels(IMAGES.image(5)).probabilities());
    }
  }

  @Test
  void saysWhenItIsClosed() {
    Predictor<Prediction> predictor = model.predictor();
    predictor.close();
    predictor.close();
    assertClosed("the predictor", () -> predictor.predictPixels(new byte[16]));
    assertEquals(2, model.predictPixels(new byte[16]).probabilities().length, "still open");
  }

  @Test
  void saysWhenTheModelIsClosedAndCanStillBeClosed() {
    Predictor<Prediction> predictor = model.predictor();
    predictor.predictPixels(IMAGES.image(0));
    model.close();
    assertClosed("the model", () -> predictor.predictPixels(new byte[16]));
    predictor.close();
    assertClosed("the predictor", () -> predictor.predictPixels(new byte[16]));
    assertClosed("the model", model::predictor);
  }

  @Test
  void threadsWithTheirOwnPredictorsGetTheSamePredictions() throws Exception {
    List<float[]> alone = new ArrayList<>();
    for (int i = 0; i < IMAGES.size(); i++) {
      alone.add(model.predictPixels(IMAGES.image(i)).probabilities());
    }
    Callable<Integer> work =
        () -> {
          try (Predictor<Prediction> predictor = model.predictor()) {
            for (int i = 0; i < 200; i++) {
              int image = i % IMAGES.size();
              assertArrayEquals(
                  alone.get(image), predictor.predictPixels(IMAGES.image(image)).probabilities());
            }
            return 200;
          }
        };
    ExecutorService executor = Executors.newFixedThreadPool(4);
    try {
      int done = 0;
      for (Future<Integer> thread : executor.invokeAll(List.of(work, work, work, work))) {
        done += thread.get();
      }
      assertEquals(800, done);
    } finally {
      executor.shutdownNow();
    }
  }

  /** Each call returns the correct prediction or fails; it never returns another image's. */
  @Test
  void concurrentCallsFailOrAreCorrect() throws Exception {
    float[] ofFirst = model.predictPixels(IMAGES.image(0)).probabilities();
    float[] ofSecond = model.predictPixels(IMAGES.image(1)).probabilities();
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try (Predictor<Prediction> predictor = model.predictor()) {
      int answered = 0;
      for (Future<Integer> thread :
          executor.invokeAll(
              List.<Callable<Integer>>of(
                  () -> ask(predictor, IMAGES.image(0), ofFirst),
                  () -> ask(predictor, IMAGES.image(1), ofSecond)))) {
        answered += thread.get();
      }
      assertTrue(answered > 0);
    } finally {
      executor.shutdownNow();
      assertTrue(executor.awaitTermination(10, TimeUnit.SECONDS));
    }
  }

  private static int ask(Predictor<Prediction> predictor, byte[] image, float[] expected) {
    int answered = 0;
    for (int i = 0; i < 300; i++) {
      try {
        assertArrayEquals(expected, predictor.predictPixels(image).probabilities());
        answered++;
      } catch (IllegalStateException e) {
        assertTrue(e.getMessage().startsWith("another thread"), e::getMessage);
      }
    }
    return answered;
  }
}
