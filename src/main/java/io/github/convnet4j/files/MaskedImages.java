package io.github.convnet4j.files;

import io.github.convnet4j.data.ExampleBatch;
import io.github.convnet4j.data.Images;
import io.github.convnet4j.data.InputFormat;
import io.github.convnet4j.data.Source;
import java.util.List;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;

/** Images with a mask each, which holds the number of each pixel's class. */
final class MaskedImages implements Source {
  private final Images images;
  private final byte[] masks; // [size, height, width]

  MaskedImages(Images images, byte[] masks) {
    this.images = images;
    this.masks = masks;
  }

  @Override
  public int size() {
    return images.size();
  }

  @Override
  public List<Shape> inputShapes() {
    return List.of(images.shape());
  }

  @Override
  public List<Shape> targetShapes() {
    return List.of(Shape.of(images.height(), images.width()));
  }

  @Override
  public Optional<InputFormat> inputFormat() {
    return images.format();
  }

  @Override
  public void fill(int[] indices, ExampleBatch batch) {
    images.copy(indices, batch.input());
    int n = images.height() * images.width();
    Images.checkLength("masks", batch.target(), indices.length, n);
    for (int i = 0; i < indices.length; i++) {
      for (int p = 0; p < n; p++) {
        batch.target()[i * n + p] = Byte.toUnsignedInt(masks[indices[i] * n + p]);
      }
    }
  }

  @Override
  public String toString() {
    return "%d images of %dx%dx%d with masks"
        .formatted(size(), images.height(), images.width(), images.channels());
  }
}
