package io.github.convnet4j.train;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.picture.Picture;
import io.github.convnet4j.picture.PictureFormat;
import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Predicts for pictures from anywhere: a {@link Model}, or one of its {@link Predictor}s.
 *
 * <pre>{@code
 * Prediction fromFile = model.predict(Path.of("cat.jpg"));
 * Prediction fromStream = model.predict(request.getInputStream());
 * Prediction fromDatabase = model.predictEncoded(row.getBytes("photo"));  // the bytes of a file
 * Prediction fromProgram = model.predict(bufferedImage);
 * }</pre>
 *
 * <p>Pictures are converted exactly as the training pictures were: {@link #pictureFormat} says how.
 * Only {@link #predictPixels} takes what the network takes, and converts nothing.
 *
 * @param <P> type of a prediction
 */
public interface PicturePredictor<P> {
  /**
   * Returns the format that pictures are converted to: the size and the colors that the network
   * takes, and all else as the {@linkplain ModelOptions#pictures options} or the training pictures
   * say. If neither do, pictures are stretched to the size, and not inverted.
   *
   * @throws IllegalStateException if the network does not have exactly one input, of gray or RGB
   *     images
   */
  PictureFormat pictureFormat();

  /**
   * Returns the prediction for an image that is already as the network takes it. It is not
   * converted.
   *
   * @param pixels unsigned bytes, {@code [height, width, channels]}, row by row
   * @throws IllegalArgumentException if it has another number of values than the network's input
   * @throws IllegalStateException if the network has several inputs
   */
  P predictPixels(byte[] pixels);

  /**
   * Returns the prediction for a picture file.
   *
   * @throws DataException if the file cannot be read
   * @throws IllegalStateException as {@link #pictureFormat}
   */
  default P predict(Path file) {
    return predictPixels(pictureFormat().read(file).pixels());
  }

  /**
   * Returns the prediction for a picture file that is read from a stream, to its end. The stream
   * stays open.
   *
   * @throws DataException if it is not a picture, or cannot be read
   * @throws IllegalStateException as {@link #pictureFormat}
   */
  default P predict(InputStream stream) {
    return predictPixels(pictureFormat().read(stream).pixels());
  }

  /**
   * Returns the prediction for a picture file whose content is in memory.
   *
   * @param file the bytes of a PNG, JPEG or other file, not pixels
   * @throws DataException if it is not a picture, or is damaged
   * @throws IllegalStateException as {@link #pictureFormat}
   */
  default P predictEncoded(byte[] file) {
    return predictPixels(pictureFormat().decode(file).pixels());
  }

  /**
   * Returns the prediction for an image of Java's class library.
   *
   * @throws IllegalStateException as {@link #pictureFormat}
   */
  default P predict(BufferedImage image) {
    return predictPixels(pictureFormat().apply(image).pixels());
  }

  /**
   * Returns the prediction for a picture of any size, which must not be converted yet.
   *
   * @throws IllegalStateException as {@link #pictureFormat}
   */
  default P predict(Picture picture) {
    return predictPixels(pictureFormat().apply(picture).pixels());
  }
}
