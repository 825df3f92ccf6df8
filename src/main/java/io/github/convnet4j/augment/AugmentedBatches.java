package io.github.convnet4j.augment;

import io.github.convnet4j.check.Require;
import io.github.convnet4j.data.Batch;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The batches of a source with augmented images and unchanged labels.
 *
 * <p>A run that resumes after step {@code n} gets the same images as an uninterrupted one, if the
 * source continues there and {@code firstImage} is the number of images in the first {@code n}
 * batches. Not thread-safe.
 */
public final class AugmentedBatches implements Supplier<Batch> {
  private final Supplier<Batch> source;
  private final Augmentation augmentation;
  private final int height;
  private final int width;
  private final int channels;
  private final long seed;
  private long nextImage;

  private AugmentedBatches(
      Supplier<Batch> source,
      Augmentation augmentation,
      int height,
      int width,
      int channels,
      long seed,
      long firstImage) {
    this.source = Objects.requireNonNull(source, "source");
    this.augmentation = Objects.requireNonNull(augmentation, "augmentation");
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.seed = seed;
    this.nextImage = firstImage;
  }

  /**
   * Returns a supplier that augments each batch when it is requested.
   *
   * @param source returns batches that are not used elsewhere, because their images are changed in
   *     place
   * @param seed the seed of all random changes
   * @param firstImage how many images came before the first batch, over all epochs; 0 at the start
   */
  public static AugmentedBatches of(
      Supplier<Batch> source,
      Augmentation augmentation,
      int height,
      int width,
      int channels,
      long seed,
      long firstImage) {
    Require.atLeast("height", height, 1);
    Require.atLeast("width", width, 1);
    Require.atLeast("channels", channels, 1);
    Require.notNegative("firstImage", firstImage);
    return new AugmentedBatches(source, augmentation, height, width, channels, seed, firstImage);
  }

  /**
   * Returns the source's next batch, augmented.
   *
   * @throws IllegalArgumentException if the images of the batch do not have the given size
   */
  @Override
  public Batch get() {
    Batch batch = source.get();
    augmentation.applyToBatch(
        batch.images(), batch.size(), height, width, channels, seed, nextImage);
    nextImage += batch.size();
    return batch;
  }
}
