package io.github.convnet4j.train;

import io.github.convnet4j.picture.PictureFormat;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.tensorflow.ndarray.Shape;

/**
 * Predicts one image after another, as a camera or a server needs it. The memory for a call is
 * allocated only once.
 *
 * <pre>{@code
 * try (Predictor<Prediction> predictor = model.predictor()) {
 *   for (BufferedImage image : camera) {
 *     System.out.println(predictor.predict(image).className());
 *   }
 * }
 * }</pre>
 *
 * <p>It returns what {@code model.predict(image)} returns. It always uses the current weights, so
 * it need not be created again after training. Only one thread may use it at a time: create one for
 * each thread that predicts. For many images that are already in memory, use {@link
 * Model#predict(io.github.convnet4j.data.Source)}.
 *
 * @param <P> type of the predictions
 */
public final class Predictor<P> implements PicturePredictor<P>, AutoCloseable {
  private final Shape imageShape;
  private final ModelPictures pictures;
  private final Progress progress;
  private final CloseGate gate;
  private final PreparedRun run;
  private final float[] pixels;
  private final Function<List<float[]>, P> result;
  private final ReentrantLock inUse = new ReentrantLock();
  private boolean closed;

  /**
   * @param imageShape shape of an image
   * @param pictures the model's
   * @param progress what the model was trained on
   * @param gate gate of the run's session
   * @param run closed with this predictor
   * @param result converts a copy of the network's output to a prediction
   */
  Predictor(
      Shape imageShape,
      ModelPictures pictures,
      Progress progress,
      CloseGate gate,
      PreparedRun run,
      Function<List<float[]>, P> result) {
    this.imageShape = imageShape;
    this.pictures = pictures;
    this.progress = progress;
    this.gate = gate;
    this.run = run;
    this.pixels = new float[Math.toIntExact(imageShape.size())];
    this.result = result;
  }

  @Override
  public PictureFormat pictureFormat() {
    return pictures.format();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException also if the model was trained on values far from 0 to 1
   * @throws IllegalStateException if the predictor or its model is closed, or if another thread is
   *     using the predictor
   */
  @Override
  public P predictPixels(byte[] image) {
    Checks.checkLength(imageShape, image.length);
    progress.reached().pixels().checkBytes();
    return alone(
        () -> {
          Tensors.pixels(image, pixels, 0);
          return run.of(List.of(pixels));
        });
  }

  /**
   * Returns the prediction for an image, as {@link #predictPixels} does.
   *
   * @param image values from 0 to 1, {@code [height, width, channels]}, row by row
   * @throws IllegalArgumentException also if a value is not finite, or far from those of the images
   *     that the model was trained on
   */
  public P predict(float[] image) {
    Checks.checkInput(imageShape, image, progress.reached().pixels());
    return alone(() -> run.of(List.of(image)));
  }

  private P alone(Supplier<List<float[]>> call) {
    if (!inUse.tryLock()) {
      throw new IllegalStateException(
          "another thread is using this predictor: create one for each thread");
    }
    try {
      if (closed) {
        throw new IllegalStateException("the predictor is closed");
      }
      return result.apply(gate.within(call));
    } finally {
      inUse.unlock();
    }
  }

  /**
   * Frees the memory, after waiting for a call in another thread to finish. The model stays open.
   * The predictor must be closed even if the model is closed already. Closing again has no effect.
   */
  @Override
  public void close() {
    inUse.lock();
    try {
      if (!closed) {
        closed = true;
        run.close();
      }
    } finally {
      inUse.unlock();
    }
  }
}
