package io.github.convnet4j.augment;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;

/**
 * Random changes to each image before a network is trained on it:
 *
 * <pre>{@code
 * Augmentation.of(shift(0.1), rotate(10), zoom(0.9, 1.1), noise(0.02))
 * }</pre>
 *
 * <p>The geometric transforms are applied first, in their order, wherever they are in the list.
 * They are combined into one, so that the image is interpolated only once, bilinearly. {@link
 * #fill} says what is seen where the moved image does not reach: by default the color of its
 * background. The transforms of colors follow, in their order, and values are clipped to the range
 * from 0 to 1. An image in that range that happens not to be changed keeps every bit. Last, an
 * image may be mixed with another one of its batch; if there are several kinds of mixing, one of
 * them is drawn for each image.
 *
 * @param transforms in their order; an empty list only clips
 * @param fill what is seen where a moved image does not reach
 */
public record Augmentation(List<Transform> transforms, Fill fill) {
  /** From this many values on, several threads share a batch. A batch of digits is over sooner. */
  private static final int SHARED_FROM = 1 << 20;

  /** Copies the list. */
  public Augmentation {
    transforms = List.copyOf(transforms);
    requireNonNull(fill, "fill");
  }

  /** Returns an augmentation with the given transforms. */
  public static Augmentation of(Transform... transforms) {
    return of(List.of(transforms));
  }

  /** Returns an augmentation with the given transforms. */
  public static Augmentation of(List<Transform> transforms) {
    return new Augmentation(transforms, Fill.background());
  }

  /** Returns an augmentation without transforms. */
  public static Augmentation none() {
    return of();
  }

  /** Returns a copy that fills what a moved image does not reach with something else. */
  public Augmentation fill(Fill newFill) {
    return new Augmentation(transforms, newFill);
  }

  /** Returns whether it may move pixels, so that targets must follow. */
  public boolean moves() {
    return mayUse(transforms, Geometric.class);
  }

  /** Returns whether it may mix images, and so their targets. */
  public boolean mixes() {
    return mayUse(transforms, Mix.class);
  }

  private static boolean mayUse(List<Transform> transforms, Class<? extends Transform> kind) {
    return transforms.stream()
        .anyMatch(
            transform ->
                kind.isInstance(transform)
                    || (transform instanceof Choice choice && mayUse(choice.options(), kind)));
  }

  /**
   * Checks that it can be applied to images of a shape.
   *
   * @param image {@code [height, width, channels]}
   * @throws IllegalArgumentException if it cannot; the message says what it needs
   */
  public void check(Shape image) {
    requireDimensions(image, 3, "[height, width, channels]");
    transforms.forEach(transform -> transform.check(image));
    fill.check(image.get(2));
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
   * Returns a changed image. It is not mixed with others.
   *
   * @param image {@code [height, width, channels]} row by row, values from 0 to 1; not changed
   * @param random the only source of randomness
   * @throws IllegalArgumentException if the image does not have the given size, or a transform
   *     cannot be applied to it
   */
  public float[] apply(float[] image, int height, int width, int channels, RandomGenerator random) {
    requireImages("image", image, 1, height, width, channels);
    check(Shape.of(height, width, channels));
    Drawn drawn = draw(height, width, random);
    return apply(drawn, image.clone(), height, width, channels, random);
  }

  /**
   * Changes a batch of images in place. The changes to each image depend only on its number and, if
   * it is mixed with another one, on the image before it in the batch (the last one for the first).
   * So they are the same if several threads share the work, or if the training run is resumed.
   * Batches of large images are shared by several threads.
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
    check(shape);
    int height = Math.toIntExact(shape.get(0));
    int width = Math.toIntExact(shape.get(1));
    int channels = Math.toIntExact(shape.get(2));
    Require.atLeast("count", count, 1);
    Require.notNegative("firstImage", firstImage);
    requireImages("images", images, count, height, width, channels);
    int size = images.length / count;
    List<Optional<Mixture>> mixtures =
        each(count, images.length)
            .mapToObj(
                i -> {
                  float[] image = Arrays.copyOfRange(images, i * size, (i + 1) * size);
                  RandomGenerator random = random(seed, firstImage + i);
                  Drawn drawn = draw(height, width, random);
                  float[] changed = apply(drawn, image, height, width, channels, random);
                  System.arraycopy(changed, 0, images, i * size, size);
                  return drawn.mixture();
                })
            .toList();
    if (mixtures.stream().anyMatch(Optional::isPresent)) {
      float[] unmixed = images.clone();
      for (int i = 0; i < count; i++) {
        int at = i * size;
        int other = before(i, count) * size;
        mixtures
            .get(i)
            .ifPresent(mixture -> mixture.mix(images, at, unmixed, other, width, channels));
      }
    }
  }

  /** Returns the numbers of images; if the images are large, for several threads. */
  private static IntStream each(int count, int values) {
    IntStream all = IntStream.range(0, count);
    return values >= SHARED_FROM ? all.parallel() : all;
  }

  /**
   * Mixes targets in place, as {@link #applyToBatch} mixes the images with the same seed and
   * numbers: if an image consists of 30 % of another one, so does its target.
   *
   * @param targets {@code [count, …]} row by row
   * @param count number of targets, at least 1
   * @param image shape of each image, {@code [height, width, channels]}
   * @param seed the seed of the training run
   * @param firstImage the number of the first target's image in the training run
   * @return for each example the unmixed target of the image that has the larger share
   */
  public float[] mixTargets(float[] targets, int count, Shape image, long seed, long firstImage) {
    requireDimensions(image, 3, "[height, width, channels]");
    Require.atLeast("count", count, 1);
    Require.notNegative("firstImage", firstImage);
    int height = Math.toIntExact(image.get(0));
    int width = Math.toIntExact(image.get(1));
    int size = targets.length / count;
    float[] unmixed = targets.clone();
    float[] larger = targets.clone();
    for (int i = 0; i < count; i++) {
      double share =
          draw(height, width, random(seed, firstImage + i))
              .mixture()
              .map(mixture -> mixture.ofAll(height, width))
              .orElse(0.0);
      int other = before(i, count) * size;
      if (share > 0.5) {
        System.arraycopy(unmixed, other, larger, i * size, size);
      }
      for (int j = 0; share > 0 && j < size; j++) {
        int at = i * size + j;
        targets[at] = Mixture.mean(unmixed[at], unmixed[other + j], share);
      }
    }
    return larger;
  }

  /** Returns the number of the image that another one is mixed with. */
  private static int before(int image, int count) {
    return (image + count - 1) % count;
  }

  /**
   * Returns the movement of an image: exactly that of {@link #applyToBatch} with the same seed and
   * number.
   *
   * @param seed the seed of the training run
   * @param image the number of the image in the training run
   */
  public Affine movement(int height, int width, long seed, long image) {
    return draw(height, width, random(seed, image)).places();
  }

  /**
   * Moves masks in place, exactly as {@link #applyToBatch} moves the images with the same seed and
   * numbers. Each pixel takes the number of the nearest one; transforms that change colors have no
   * effect on masks. If {@link #fill} continues images at their edges, it also continues masks.
   *
   * @param masks {@code [count, height, width]} row by row, class numbers
   * @param count number of masks, at least 1
   * @param shape shape of each mask, {@code [height, width]}
   * @param outside otherwise the class number for pixels that come from outside the image
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
        (from, to, places) -> Resampling.nearest(from, to, height, width, places, fill, outside));
  }

  /**
   * Moves images in place, exactly as {@link #applyToBatch} moves those with the same seed and
   * numbers, but does not change their colors: for targets that are images. They are filled in the
   * same way, but with their own background.
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
    fill.check(shape.get(2));
    int height = Math.toIntExact(shape.get(0));
    int width = Math.toIntExact(shape.get(1));
    int channels = Math.toIntExact(shape.get(2));
    move(
        images,
        count,
        shape,
        seed,
        firstImage,
        (from, to, places) -> Resampling.bilinear(from, to, height, width, channels, places, fill));
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
    each(count, images.length)
        .forEach(
            i -> {
              Affine places = movement(height, width, seed, firstImage + i);
              if (!places.isIdentity()) {
                float[] from = Arrays.copyOfRange(images, i * size, (i + 1) * size);
                float[] to = new float[size];
                resampler.run(from, to, places);
                System.arraycopy(to, 0, images, i * size, size);
              }
            });
  }

  /**
   * What is done with one image.
   *
   * @param places the movement
   * @param mixture how it is mixed with another image
   * @param pixelwise what changes its values; each of them draws more random numbers
   */
  private record Drawn(Affine places, Optional<Mixture> mixture, List<Pixelwise> pixelwise) {}

  /**
   * Draws what is done with one image. Movement and mixture come before anything that depends on
   * pixels, so that targets can follow without them.
   */
  private Drawn draw(int height, int width, RandomGenerator random) {
    List<Transform> chosen = new ArrayList<>();
    choose(transforms, random, chosen);
    Affine places = Affine.IDENTITY;
    List<Mix> mixes = new ArrayList<>();
    List<Pixelwise> pixelwise = new ArrayList<>();
    for (Transform transform : chosen) {
      if (transform instanceof Geometric geometric) {
        places = places.then(geometric.draw(height, width, random));
      } else if (transform instanceof Mix mix) {
        mixes.add(mix);
      } else if (transform instanceof Pixelwise change) {
        pixelwise.add(change);
      }
    }
    Optional<Mixture> mixture = Optional.empty();
    if (!mixes.isEmpty()) {
      Mix mix = mixes.get(mixes.size() > 1 ? random.nextInt(mixes.size()) : 0);
      mixture = Optional.of(mix.draw(height, width, random));
    }
    return new Drawn(places, mixture, pixelwise);
  }

  private static void choose(List<Transform> from, RandomGenerator random, List<Transform> chosen) {
    for (Transform transform : from) {
      if (transform instanceof Choice choice) {
        choose(choice.draw(random), random, chosen);
      } else {
        chosen.add(transform);
      }
    }
  }

  /** Returns the changed image, which may be the given array. */
  private float[] apply(
      Drawn drawn, float[] image, int height, int width, int channels, RandomGenerator random) {
    float[] result = image;
    if (!drawn.places().isIdentity()) {
      result = new float[image.length];
      Resampling.bilinear(image, result, height, width, channels, drawn.places(), fill);
    }
    for (Pixelwise change : drawn.pixelwise()) {
      change.apply(result, height, width, channels, random);
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
