package io.github.convnet4j.augment;

import io.github.convnet4j.check.Require;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.tensorflow.ndarray.Shape;

/**
 * Random changes to each image before a network is trained on it:
 *
 * <pre>{@code
 * Augmentation.of(shift(0.1), rotate(10), zoom(0.9, 1.1), noise(0.02))
 * }</pre>
 *
 * <p>The geometric transforms are applied first, in their order, wherever they are in the list.
 * They are combined into one, so that the image is interpolated only once, bilinearly, with 0
 * outside the image. The other transforms follow, in their order. Finally, values are clipped to
 * the range from 0 to 1. An image in that range that happens not to be changed keeps every bit.
 *
 * @param transforms in their order; an empty list only clips
 */
public record Augmentation(List<Transform> transforms) {
  /** Copies the list. */
  public Augmentation {
    transforms = List.copyOf(transforms);
  }

  /** Returns an augmentation with the given transforms. */
  public static Augmentation of(Transform... transforms) {
    return new Augmentation(List.of(transforms));
  }

  /** Returns an augmentation without transforms. */
  public static Augmentation none() {
    return of();
  }

  /**
   * Returns the random generator for one image, which depends only on the two numbers.
   *
   * @param seed the seed of the training run
   * @param image the number of the image in the training run, counted over all epochs
   */
  public static RandomGenerator random(long seed, long image) {
    // Seeds and numbers are often small and consecutive. Mixing them before and after they are
    // added makes the streams independent.
    long stream = new SplittableRandom(seed).nextLong() + image;
    return new SplittableRandom(new SplittableRandom(stream).nextLong());
  }

  /**
   * Returns a changed image.
   *
   * @param image {@code [height, width, channels]} row by row, values from 0 to 1; not changed
   * @param random the only source of randomness
   * @throws IllegalArgumentException if the image does not have the given size, or a transform
   *     cannot be applied to it
   */
  public float[] apply(float[] image, int height, int width, int channels, RandomGenerator random) {
    requireImages("image", image, 1, height, width, channels);
    return apply(image.clone(), new float[image.length], height, width, channels, random);
  }

  /**
   * Changes a batch of images in place. The changes to each image depend only on its number, so
   * they are the same if several threads share the batch, or if the training run is resumed.
   *
   * @param images {@code [count, height, width, channels]} row by row, values from 0 to 1
   * @param count number of images, at least 1
   * @param shape shape of each image, {@code [height, width, channels]}
   * @param seed the seed of the training run
   * @param firstImage the number of the first image in the training run: how many images came
   *     before it, over all epochs; not negative
   * @throws IllegalArgumentException if the array does not hold {@code count} images of the given
   *     size, or a transform cannot be applied to them
   */
  public void applyToBatch(float[] images, int count, Shape shape, long seed, long firstImage) {
    requireDimensions(shape, 3, "[height, width, channels]");
    int height = Math.toIntExact(shape.get(0));
    int width = Math.toIntExact(shape.get(1));
    int channels = Math.toIntExact(shape.get(2));
    Require.atLeast("count", count, 1);
    Require.notNegative("firstImage", firstImage);
    requireImages("images", images, count, height, width, channels);
    int size = images.length / count;
    float[] image = new float[size];
    float[] scratch = new float[size];
    for (int i = 0; i < count; i++) {
      System.arraycopy(images, i * size, image, 0, size);
      RandomGenerator random = random(seed, firstImage + i);
      float[] changed = apply(image, scratch, height, width, channels, random);
      System.arraycopy(changed, 0, images, i * size, size);
    }
  }

  /**
   * Moves masks in place, exactly as {@link #applyToBatch} moves the images with the same seed and
   * numbers. Each pixel takes the number of the nearest one; transforms that change colors have no
   * effect on masks.
   *
   * @param masks {@code [count, height, width]} row by row, class numbers
   * @param count number of masks, at least 1
   * @param shape shape of each mask, {@code [height, width]}
   * @param outside the class number for pixels that come from outside the image
   * @param seed the seed of the training run
   * @param firstImage the number of the first mask's image in the training run
   * @throws IllegalArgumentException if the array does not hold {@code count} masks of that shape
   */
  public void moveMasks(
      float[] masks, int count, Shape shape, float outside, long seed, long firstImage) {
    requireDimensions(shape, 2, "[height, width]");
    int height = Math.toIntExact(shape.get(0));
    int width = Math.toIntExact(shape.get(1));
    move(
        masks,
        count,
        shape.append(1),
        seed,
        firstImage,
        (from, to, places) -> Resampling.nearest(from, to, height, width, outside, places));
  }

  /**
   * Moves images in place, exactly as {@link #applyToBatch} moves those with the same seed and
   * numbers, but does not change their colors: for targets that are images.
   *
   * @param images {@code [count, height, width, channels]} row by row
   * @param count number of images, at least 1
   * @param shape shape of each image, {@code [height, width, channels]}
   * @param seed the seed of the training run
   * @param firstImage the number of the first image in the training run
   * @throws IllegalArgumentException if the array does not hold {@code count} images of that shape
   */
  public void moveImages(float[] images, int count, Shape shape, long seed, long firstImage) {
    requireDimensions(shape, 3, "[height, width, channels]");
    int height = Math.toIntExact(shape.get(0));
    int width = Math.toIntExact(shape.get(1));
    int channels = Math.toIntExact(shape.get(2));
    move(
        images,
        count,
        shape,
        seed,
        firstImage,
        (from, to, places) -> Resampling.bilinear(from, to, height, width, channels, places));
  }

  private static void requireDimensions(Shape shape, int dimensions, String described) {
    if (shape.isUnknown() || shape.numDimensions() != dimensions || shape.hasUnknownDimension()) {
      throw new IllegalArgumentException("shape must be %s: %s".formatted(described, shape));
    }
  }

  /** Resamples one image from an array to another. */
  private interface Resampler {
    void run(float[] from, float[] to, Affine places);
  }

  private void move(
      float[] images, int count, Shape shape, long seed, long firstImage, Resampler resampler) {
    int height = Math.toIntExact(shape.get(0));
    int width = Math.toIntExact(shape.get(1));
    Require.atLeast("count", count, 1);
    Require.notNegative("firstImage", firstImage);
    requireImages("images", images, count, height, width, Math.toIntExact(shape.get(2)));
    int size = images.length / count;
    float[] from = new float[size];
    float[] to = new float[size];
    for (int i = 0; i < count; i++) {
      Affine places = places(height, width, random(seed, firstImage + i));
      if (!places.isIdentity()) {
        System.arraycopy(images, i * size, from, 0, size);
        resampler.run(from, to, places);
        System.arraycopy(to, 0, images, i * size, size);
      }
    }
  }

  /** Draws the movement of one image: the first numbers that the generator gives. */
  private Affine places(int height, int width, RandomGenerator random) {
    Affine places = Affine.IDENTITY;
    for (Transform transform : transforms) {
      if (transform instanceof Geometric geometric) {
        places = places.then(geometric.draw(height, width, random));
      }
    }
    return places;
  }

  /** Writes the changed image to one of the two arrays, and returns that array. */
  private float[] apply(
      float[] image, float[] scratch, int height, int width, int channels, RandomGenerator random) {
    Affine places = places(height, width, random);
    float[] result = image;
    if (!places.isIdentity()) {
      Resampling.bilinear(image, scratch, height, width, channels, places);
      result = scratch;
    }
    for (Transform transform : transforms) {
      if (transform instanceof Pixelwise pixelwise) {
        pixelwise.apply(result, height, width, channels, random);
      }
    }
    clip(result);
    return result;
  }

  private static void clip(float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] < 0) {
        values[i] = 0;
      } else if (values[i] > 1) {
        values[i] = 1;
      }
    }
  }

  /** Checks that an array holds exactly {@code count} images of the given size. */
  private static void requireImages(
      String name, float[] values, int count, int height, int width, int channels) {
    Require.atLeast("height", height, 1);
    Require.atLeast("width", width, 1);
    Require.atLeast("channels", channels, 1);
    // Divisions, because the product of all four could overflow a long.
    long row = (long) width * channels;
    if (values.length % row != 0
        || values.length / row % height != 0
        || values.length / row / height != count) {
      throw new IllegalArgumentException(
          "%s must hold %s of %dx%dx%d: %d values"
              .formatted(
                  name,
                  count == 1 ? "one image" : count + " images",
                  height,
                  width,
                  channels,
                  values.length));
    }
  }
}
