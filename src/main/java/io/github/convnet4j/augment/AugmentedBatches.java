package io.github.convnet4j.augment;

import io.github.convnet4j.check.Require;
import io.github.convnet4j.data.Batch;
import java.util.Objects;
import java.util.function.Supplier;
import org.tensorflow.ndarray.Shape;

/**
 * The batches of a source with augmented images. Their labels only change if images are mixed.
 *
 * <p>A run that resumes after step {@code n} gets the same images as an uninterrupted one, if the
 * source continues there and {@code firstImage} is the number of images in the first {@code n}
 * batches. Not thread-safe.
 */
public final class AugmentedBatches implements Supplier<Batch> {
  private final Supplier<Batch> source;
  private final Augmentation augmentation;
  private final Shape image;
  private final long seed;
  private long nextImage;

  private AugmentedBatches(
      Supplier<Batch> source, Augmentation augmentation, Shape image, long seed, long firstImage) {
    this.source = Objects.requireNonNull(source, "source");
    this.augmentation = Objects.requireNonNull(augmentation, "augmentation");
    this.image = image;
    this.seed = seed;
    this.nextImage = firstImage;
  }

  /**
   * Returns a supplier that augments each batch when it is requested.
   *
   * @param source returns batches that are not used elsewhere, because their images are changed in
   *     place
   * @param image shape of each image, {@code [height, width, channels]}
   * @param seed the seed of all random changes
   * @param firstImage how many images came before the first batch, over all epochs; 0 at the start
   */
  public static AugmentedBatches of(
      Supplier<Batch> source, Augmentation augmentation, Shape image, long seed, long firstImage) {
    Require.notNegative("firstImage", firstImage);
    return new AugmentedBatches(source, augmentation, image, seed, firstImage);
  }

  /**
   * Returns the source's next batch, augmented.
   *
   * @throws IllegalArgumentException if the images of the batch do not have the given size
   */
  @Override
  public Batch get() {
    Batch batch = source.get();
    augmentation.applyToBatch(batch.images(), batch.size(), image, seed, nextImage);
    if (augmentation.mixes()) {
      augmentation.mixTargets(batch.labels(), batch.size(), image, seed, nextImage);
    }
    nextImage += batch.size();
    return batch;
  }
}
