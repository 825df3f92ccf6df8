package io.github.convnet4j.classifier;

import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
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

/** The prepared call for one image. */
@Timeout(60)
class PredictorTest {
  private static final DataSet IMAGES = TinyImages.of(40, 1);

  private final Classifier classifier = Classifier.of(TinyImages.NETWORK, adam(0.01f));

  @AfterEach
  void close() {
    classifier.close();
  }

  private static void assertFault(String message, Runnable call) {
    assertEquals(message, assertThrows(RuntimeException.class, call::run).getMessage());
  }

  @Test
  void givesWhatPredictGivesForImageAfterImage() {
    try (Predictor<Prediction> predictor = classifier.predictor()) {
      List<Prediction> kept = new ArrayList<>();
      for (int i = 0; i < IMAGES.size(); i++) {
        kept.add(predictor.predict(IMAGES.image(i)));
        assertArrayEquals(
            kept.get(i).probabilities(), predictor.predict(IMAGES.imageFloats(i)).probabilities());
      }
      // Only now: what was given is not written over by later calls.
      for (int i = 0; i < IMAGES.size(); i++) {
        Prediction prediction = classifier.predict(IMAGES.image(i));
        assertArrayEquals(prediction.probabilities(), kept.get(i).probabilities());
        assertEquals(prediction.classIndex(), kept.get(i).classIndex());
      }
    }
  }

  @Test
  void doesNotWriteIntoTheImage() {
    byte[] bytes = IMAGES.image(3);
    float[] floats = IMAGES.imageFloats(3);
    try (Predictor<Prediction> predictor = classifier.predictor()) {
      predictor.predict(bytes);
      predictor.predict(floats);
    }
    assertArrayEquals(IMAGES.image(3), bytes);
    assertArrayEquals(IMAGES.imageFloats(3), floats);
  }

  @Test
  void seesTheWeightsAsTheyAreAtTheTime() {
    try (Predictor<Prediction> predictor = classifier.predictor()) {
      float[] before = predictor.predict(IMAGES.image(0)).probabilities();
      classifier.fit(IMAGES, FitOptions.epochs(2).batchSize(10));
      float[] after = predictor.predict(IMAGES.image(0)).probabilities();
      assertTrue(Math.abs(after[0] - before[0]) > 1e-3, () -> before[0] + " then " + after[0]);
      assertArrayEquals(classifier.predict(IMAGES.image(0)).probabilities(), after);
    }
  }

  @Test
  void aRegressorsGivesItsNumbers() {
    try (Regressor regressor = Regressor.of(TinyImages.NETWORK, adam(0.01f));
        Predictor<float[]> predictor = regressor.predictor()) {
      float[] first = predictor.predict(IMAGES.image(0));
      float[] second = predictor.predict(IMAGES.imageFloats(1));
      assertArrayEquals(regressor.predict(IMAGES.image(0)), first);
      assertArrayEquals(regressor.predict(IMAGES.image(1)), second);
    }
  }

  @Test
  void refusesImagesOfAnotherSizeAndGoesOn() {
    try (Predictor<Prediction> predictor = classifier.predictor()) {
      String message = "image must be of the network's input shape [4, 4, 1], 16 values: it has ";
      assertFault(message + 15, () -> predictor.predict(new byte[15]));
      assertFault(message + 17, () -> predictor.predict(new float[17]));
      assertFault(message + 0, () -> predictor.predict(new byte[0]));
      assertArrayEquals(
          classifier.predict(IMAGES.image(5)).probabilities(),
          predictor.predict(IMAGES.image(5)).probabilities());
    }
  }

  @Test
  void saysThatItIsClosed() {
    Predictor<Prediction> predictor = classifier.predictor();
    predictor.close();
    predictor.close();
    assertFault("the predictor is closed", () -> predictor.predict(new byte[16]));
    assertEquals(2, classifier.predict(new byte[16]).probabilities().length, "still open");
  }

  @Test
  void saysThatTheClassifierIsClosedAndCanBeClosedAfterIt() {
    Predictor<Prediction> predictor = classifier.predictor();
    predictor.predict(IMAGES.image(0));
    classifier.close();
    assertFault("the classifier is closed", () -> predictor.predict(new byte[16]));
    predictor.close();
    assertFault("the predictor is closed", () -> predictor.predict(new byte[16]));
    assertFault("the classifier is closed", classifier::predictor);
  }

  @Test
  void eachOfManyThreadsHasItsOwnAndTheSameAnswers() throws Exception {
    List<float[]> alone = new ArrayList<>();
    for (int i = 0; i < IMAGES.size(); i++) {
      alone.add(classifier.predict(IMAGES.image(i)).probabilities());
    }
    Callable<Integer> work =
        () -> {
          try (Predictor<Prediction> predictor = classifier.predictor()) {
            for (int i = 0; i < 200; i++) {
              int image = i % IMAGES.size();
              assertArrayEquals(
                  alone.get(image), predictor.predict(IMAGES.image(image)).probabilities());
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

  /** Either thread is answered rightly or is told so; no answer is another image's. */
  @Test
  void twoThreadsAtOneAreToldAndNeverMixedUp() throws Exception {
    float[] ofFirst = classifier.predict(IMAGES.image(0)).probabilities();
    float[] ofSecond = classifier.predict(IMAGES.image(1)).probabilities();
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try (Predictor<Prediction> predictor = classifier.predictor()) {
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
        assertArrayEquals(expected, predictor.predict(image).probabilities());
        answered++;
      } catch (IllegalStateException e) {
        assertEquals(
            "another thread is using this predictor: make one for each thread", e.getMessage());
      }
    }
    return answered;
  }
}
