package io.github.convnet4j.augment;

import io.github.convnet4j.check.Require;
import io.github.convnet4j.data.Batch;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The batches of a source, their images augmented and their labels as they were.
 *
 * <p>Training that goes on after its step {@code n} gets the same images as if it had never
 * stopped, from a source that goes on there and {@code firstImage} as the number of images in the
 * {@code n} batches before. Not safe for use by several threads at once.
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
   * Augments batches as they are asked for.
   *
   * @param source gives batches that nobody else uses: their images are changed in place
   * @param seed of the chance
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
   * The source's next batch, augmented.
   *
   * @throws IllegalArgumentException if the batch's images are not of the size that was given
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
