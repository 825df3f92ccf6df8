package io.github.convnet4j.files;

import io.github.convnet4j.data.ExampleBatch;
import io.github.convnet4j.data.Images;
import io.github.convnet4j.data.InputFormat;
import io.github.convnet4j.data.Pixels;
import io.github.convnet4j.data.Source;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;

/** Images with a mask each, which holds the number of each pixel's class. */
final class MaskedImages implements Source {
  private final Images images;
  private final Pixels masks; // [size, height, width]
  private final boolean whiteIsOne;

  /**
   * Returns images with masks.
   *
   * @param whiteIsOne whether masks are black and white, for the classes 0 and 1
   */
  MaskedImages(Images images, Pixels masks, boolean whiteIsOne) {
    this.images = images;
    this.masks = masks;
    this.whiteIsOne = whiteIsOne;
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
  public String name(int index) {
    return images.name(index).orElse("image " + index);
  }

  @Override
  public void fill(int[] indices, ExampleBatch batch) {
    images.copy(indices, batch.input());
    copyMasks(indices, batch.target());
  }

  @Override
  public List<float[]> readTargets(int... indices) {
    float[] numbers = new float[Math.multiplyExact(indices.length, masks.valuesPerImage())];
    copyMasks(indices, numbers);
    return List.of(numbers);
  }

  private void copyMasks(int[] indices, float[] to) {
    int n = masks.valuesPerImage();
    Images.checkLength("masks", to.length, indices.length, n);
    IntStream all = IntStream.range(0, indices.length);
    (masks.isSlow() ? all.parallel() : all).forEach(i -> copy(masks.bytes(indices[i]), to, i * n));
  }

  private void copy(byte[] mask, float[] to, int at) {
    for (int p = 0; p < mask.length; p++) {
      int number = Byte.toUnsignedInt(mask[p]);
      to[at + p] = whiteIsOne ? Math.min(1, number) : number;
    }
  }

  @Override
  public String toString() {
    return "%d images of %dx%dx%d with masks"
        .formatted(size(), images.height(), images.width(), images.channels());
  }
}
