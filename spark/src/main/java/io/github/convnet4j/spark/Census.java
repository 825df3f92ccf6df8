package io.github.convnet4j.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.TreeSet;

/** Counts examples, to divide them into shards of the same size. */
final class Census implements Serializable {
  private static final long serialVersionUID = 1;

  /** With this many buckets, shards of a million examples differ by about 15. */
  private static final int BITS = 16;

  private static final int MOST_REASONS = 5;

  private final double validationShare;
  private final int[] training = new int[1 << BITS];
  private final int[] validation = new int[1 << BITS];
  private final TreeSet<String> reasons = new TreeSet<>();
  private long bad;

  Census(double validationShare) {
    this.validationShare = validationShare;
  }

  Census add(Example example) {
    if (example.isGood()) {
      (example.isHeldOut(validationShare) ? validation : training)[example.bucket(BITS)]++;
    } else {
      bad++;
      addReason(example.fault());
    }
    return this;
  }

  Census add(Census other) {
    for (int i = 0; i < training.length; i++) {
      training[i] += other.training[i];
      validation[i] += other.validation[i];
    }
    bad += other.bad;
    other.reasons.forEach(this::addReason);
    return this;
  }

  private void addReason(String reason) {
    reasons.add(reason);
    if (reasons.size() > MOST_REASONS) {
      reasons.pollLast();
    }
  }

  long training() {
    return Arrays.stream(training).asLongStream().sum();
  }

  long validation() {
    return Arrays.stream(validation).asLongStream().sum();
  }

  /** Returns the number of rows that cannot be used. */
  long bad() {
    return bad;
  }

  /** Returns some of the reasons, one a line. */
  String reasons() {
    return String.join("\n  ", reasons);
  }

  /** Returns a text that differs if the examples are others. */
  String fingerprint() {
    return "%d training and %d validation examples, %08x %08x"
        .formatted(
            training(), validation(), Arrays.hashCode(training), Arrays.hashCode(validation));
  }

  /**
   * Returns the shard of each bucket: all have the same number of training examples, if possible.
   */
  Shards shards(int count) {
    int[] shards = new int[training.length];
    long all = training();
    long before = 0;
    for (int i = 0; i < training.length; i++) {
      // The middle decides, so that a bucket goes where most of its examples belong.
      shards[i] =
          (int) Math.min(count - 1, (2 * before + training[i]) * count / (2 * Math.max(1, all)));
      before += training[i];
    }
    return new Shards(shards, count);
  }

  /** Which shard an example belongs to. */
  static final class Shards implements Serializable {
    private static final long serialVersionUID = 1;

    private final int[] ofBucket;
    private final int count;

    private Shards(int[] ofBucket, int count) {
      this.ofBucket = ofBucket;
      this.count = count;
    }

    int of(Example example) {
      return ofBucket[example.bucket(BITS)];
    }

    int count() {
      return count;
    }
  }
}
