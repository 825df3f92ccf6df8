package io.github.convnet4j.classifier;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.tensorflow.ndarray.Shape;

/**
 * A classifier or a regressor prepared to be asked about one image after another, as a camera or a
 * server asks: what a call needs in memory is made once.
 *
 * <pre>{@code
 * try (Predictor<Prediction> predictor = classifier.predictor()) {
 *   for (byte[] image : images) {
 *     System.out.println(predictor.predict(image).className());
 *   }
 * }
 * }</pre>
 *
 * <p>It gives what {@code classifier.predict(image)} gives, by the weights as they are at the time,
 * so it need not be made anew after training. It belongs to one thread at a time: make one for each
 * thread that predicts. For many images that are there already ask {@link
 * Classifier#predict(io.github.convnet4j.data.DataSet)}.
 *
 * @param <P> what it gives: {@link Prediction}, or a regressor's {@code float[]}
 */
public final class Predictor<P> implements AutoCloseable {
  private final Shape imageShape;
  private final CloseGate gate;
  private final PreparedRun run;
  private final float[] pixels;
  private final Function<float[], P> result;
  private final ReentrantLock inUse = new ReentrantLock();
  private boolean closed;

  /**
   * @param imageShape of an image
   * @param gate of the session that the run is of
   * @param run closed with this
   * @param result makes what is given of a copy of what the network gave
   */
  Predictor(Shape imageShape, CloseGate gate, PreparedRun run, Function<float[], P> result) {
    this.imageShape = imageShape;
    this.gate = gate;
    this.run = run;
    this.pixels = new float[Math.toIntExact(imageShape.size())];
    this.result = result;
  }

  /**
   * What the network makes of an image.
   *
   * @param image unsigned bytes, {@code [height, width, channels]} row by row
   * @throws IllegalArgumentException if it is of another size
   * @throws IllegalStateException if this or what it is of is closed, or another thread is in the
   *     middle of a call
   */
  public P predict(byte[] image) {
    Fits.checkImage(imageShape, image.length);
    return alone(
        () -> {
          Tensors.pixels(image, pixels);
          return run.of(pixels);
        });
  }

  /**
   * As {@link #predict(byte[])}.
   *
   * @param image from 0 to 1, {@code [height, width, channels]} row by row
   */
  public P predict(float[] image) {
    Fits.checkImage(imageShape, image.length);
    return alone(() -> run.of(image));
  }

  private P alone(Supplier<float[]> call) {
    if (!inUse.tryLock()) {
      throw new IllegalStateException(
          "another thread is using this predictor: make one for each thread");
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
   * Frees the memory, after a call that is under way in another thread. The classifier stays open;
   * if it was closed before, this one still has to be. Closing twice does nothing.
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
