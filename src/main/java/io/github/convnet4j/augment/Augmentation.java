package io.github.convnet4j.augment;

import io.github.convnet4j.check.Require;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What is done to each image before a network is trained on it:
 *
 * <pre>{@code
 * Augmentation.of(shift(0.1f), rotate(10), zoom(0.9f, 1.1f), noise(0.02f))
 * }</pre>
 *
 * <p>The geometric transforms come first, wherever they are in the list: in their order, but
 * combined into one, so that the image is interpolated once (bilinearly; what comes in from outside
 * is 0). The others follow in their order. At the end values below 0 become 0, those above 1 become
 * 1. An image with values from 0 to 1 to which chance does nothing keeps every bit.
 *
 * @param transforms in their order; none is an augmentation that only clips
 */
public record Augmentation(List<Transform> transforms) {
  /** Copies the list. */
  public Augmentation {
    transforms = List.copyOf(transforms);
  }

  /** These transforms, in their order. */
  public static Augmentation of(Transform... transforms) {
    return new Augmentation(List.of(transforms));
  }

  /** Changes nothing. */
  public static Augmentation none() {
    return of();
  }

  /**
   * The chance of one image, which depends on the two numbers alone.
   *
   * @param seed of the training
   * @param image the image's number in the training, over all epochs
   */
  public static RandomGenerator random(long seed, long image) {
    // Seeds and numbers are often small and next to each other. Mixed before they are added and
    // after, they start streams that have nothing to do with one another.
    long stream = new SplittableRandom(seed).nextLong() + image;
    return new SplittableRandom(new SplittableRandom(stream).nextLong());
  }

  /**
   * A changed image.
   *
   * @param image {@code [height, width, channels]} row by row, values from 0 to 1; stays as it is
   * @param random all chance is drawn from it
   * @throws IllegalArgumentException if the image is not of that size, or a transform does not fit
   *     it
   */
  public float[] apply(float[] image, int height, int width, int channels, RandomGenerator random) {
    requireImages("image", image, 1, height, width, channels);
    return apply(image.clone(), new float[image.length], height, width, channels, random);
  }

  /**
   * Changes a batch of images in place, each by the chance of its own number. So parts of the batch
   * may be given to several threads, and a training may go on anywhere: the images are the same.
   *
   * @param images {@code [count, height, width, channels]} row by row, values from 0 to 1
   * @param count number of images, at least 1
   * @param seed of the training
   * @param firstImage the number in the training of the first of these images, at least 0: how many
   *     images came before it, over all epochs
   * @throws IllegalArgumentException if there are not so many images of that size, or a transform
   *     does not fit them
   */
  public void applyToBatch(
      float[] images, int count, int height, int width, int channels, long seed, long firstImage) {
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

  /** Leaves the changed image in one of the two arrays, and returns it. */
  private float[] apply(
      float[] image, float[] scratch, int height, int width, int channels, RandomGenerator random) {
    Affine places = Affine.IDENTITY;
    for (Transform transform : transforms) {
      if (transform instanceof Geometric geometric) {
        places = places.then(geometric.draw(height, width, random));
      }
    }
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

  /** Checks that an array holds exactly so many images of this size. */
  private static void requireImages(
      String name, float[] values, int count, int height, int width, int channels) {
    Require.atLeast("height", height, 1);
    Require.atLeast("width", width, 1);
    Require.atLeast("channels", channels, 1);
    // Divided, because the product of all four could overflow a long.
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
