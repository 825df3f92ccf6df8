package io.github.convnet4j.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Test images that look like training images: the same picture twice, saved with another
 * compression, in another size or brightness, or the next slice of the same scan. They make the
 * accuracy look better than it is:
 *
 * <pre>{@code
 * NearDuplicates found = NearDuplicates.between(data.train(), data.test());
 * System.err.println(found); // 37 of 1500 images have near duplicates, 12 of them exact ones
 * DataSet clean = data.test().without(found.testIndices());
 * }</pre>
 *
 * <p>Two images count as near duplicates if their perceptual hashes (pHash, 64 bits) differ in at
 * most {@value #DISTANCE} bits and their thumbnails, of 16x16 pixels in gray, have a correlation of
 * at least {@value #SIMILARITY}. The hashes find candidates fast; the thumbnails decide, because
 * many different images of the same kind, such as handwritten ones, have nearly the same hash.
 * Mirrored, rotated and cropped copies are not found.
 *
 * <p>All images are read once. A billion pairs of images, such as 100,000 times 10,000, are then
 * compared in about a second.
 */
public final class NearDuplicates {
  /** The largest number of bits in which hashes differ. */
  private static final int DISTANCE = 10;

  /** The smallest correlation of thumbnails. */
  private static final double SIMILARITY = 0.995;

  private final int testImages;
  private final List<Pair> pairs;

  /**
   * A test image and the training image that it resembles most.
   *
   * @param test index of the test image
   * @param train index of the training image
   * @param distance number of bits in which the perceptual hashes differ
   * @param similarity correlation of the thumbnails, at most 1
   * @param exact whether all values are the same
   */
  public record Pair(int test, int train, int distance, double similarity, boolean exact) {}

  private NearDuplicates(int testImages, List<Pair> pairs) {
    this.testImages = testImages;
    this.pairs = List.copyOf(pairs);
  }

  /**
   * Compares each test image with all training images.
   *
   * @param train examples with an input of images {@code [height, width, channels]}
   * @param test as well, also of another size
   */
  public static NearDuplicates between(Source train, Source test) {
    return between(Fingerprints.of(train), Fingerprints.of(test), Integer.MAX_VALUE);
  }

  /**
   * Compares each image with all those before it; {@code train} of a pair is the earlier image.
   *
   * @param examples with an input of images {@code [height, width, channels]}
   */
  public static NearDuplicates within(Source examples) {
    Fingerprints all = Fingerprints.of(examples);
    return between(all, all, 0);
  }

  /**
   * @param ahead a test image is compared with the training images whose index is less than its own
   *     plus this number
   */
  private static NearDuplicates between(Fingerprints train, Fingerprints test, int ahead) {
    Map<Long, Integer> firstOfContent = new HashMap<>();
    for (int i = 0; i < train.size(); i++) {
      firstOfContent.putIfAbsent(train.content(i), i);
    }
    Pair[] found = new Pair[test.size()];
    IntStream.range(0, test.size())
        .parallel()
        .forEach(
            i -> {
              int end = (int) Math.min(train.size(), (long) i + ahead);
              Integer same = firstOfContent.get(test.content(i));
              if (same != null && same < end) {
                found[i] = new Pair(i, same, 0, 1, true);
              } else {
                nearest(train, end, test, i, found);
              }
            });
    List<Pair> pairs = new ArrayList<>();
    for (Pair pair : found) {
      if (pair != null) {
        pairs.add(pair);
      }
    }
    return new NearDuplicates(test.size(), pairs);
  }

  private static void nearest(Fingerprints train, int end, Fingerprints test, int i, Pair[] found) {
    long hash = test.hash(i);
    double best = SIMILARITY;
    for (int j = 0; j < end; j++) {
      int distance = Long.bitCount(hash ^ train.hash(j));
      if (distance <= DISTANCE) {
        double similarity = test.similarity(i, train, j);
        if (similarity >= best) {
          best = similarity;
          found[i] = new Pair(i, j, distance, similarity, false);
        }
      }
    }
  }

  /** Returns a pair for each test image that has a near duplicate, in the order of the images. */
  public List<Pair> pairs() {
    return pairs;
  }

  /** Returns the indices of the test images that have near duplicates, ascending. */
  public int[] testIndices() {
    return pairs.stream().mapToInt(Pair::test).toArray();
  }

  /** Returns the number of test images that have near duplicates. */
  public int size() {
    return pairs.size();
  }

  /** Returns the number of test images that are equal to a training image in all values. */
  public int exact() {
    return (int) pairs.stream().filter(Pair::exact).count();
  }

  /** Returns how many of the images have near duplicates. */
  @Override
  public String toString() {
    return "%d of %d images have near duplicates, %d of them exact ones"
        .formatted(size(), testImages, exact());
  }
}
