package io.github.convnet4j.data;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;

/**
 * What images look like, in a few bytes each: a perceptual hash, a thumbnail, and a hash of all
 * values.
 *
 * <p>The perceptual hash is pHash's: the image in gray, 32x32, the 8x8 lowest frequencies of its
 * cosine transform, and for each of them a bit that says whether it is above their median (C.
 * Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions", 2010, section
 * 3.2.1). As in common implementations, the median leaves out the mean brightness.
 */
final class Fingerprints {
  private static final int SIDE = 32;
  private static final int FREQUENCIES = 8;
  private static final int THUMBNAIL = 16;
  private static final int GREYS = 255;

  /** Values that are read at a time. */
  private static final int VALUES = 1 << 22;

  private static final int MOST_AT_A_TIME = 512;

  /** Luma of Rec. 601. */
  private static final float[] LUMA = {0.299f, 0.587f, 0.114f};

  private static final double[][] COSINES = cosines();

  private final long[] hashes;
  private final long[] contents;
  private final Thumbnail[] thumbnails;

  private Fingerprints(int size) {
    hashes = new long[size];
    contents = new long[size];
    thumbnails = new Thumbnail[size];
  }

  /**
   * Reads all images.
   *
   * @param examples whose first input {@code [height, width, channels]} are the images
   */
  static Fingerprints of(Source examples) {
    int input = imageInput(examples);
    Shape shape = examples.inputShapes().get(input);
    Fingerprints prints = new Fingerprints(examples.size());
    Thumbnails reducer = new Thumbnails(shape);
    int atATime = (int) Math.max(1, Math.min(MOST_AT_A_TIME, VALUES / shape.size()));
    for (int from = 0; from < examples.size(); from += atATime) {
      int first = from;
      int to = Math.min(from + atATime, examples.size());
      float[] values = examples.read(IntStream.range(from, to).toArray()).inputs().get(input);
      IntStream.range(from, to)
          .parallel()
          .forEach(i -> prints.set(i, values, (i - first) * (int) shape.size(), reducer));
    }
    return prints;
  }

  private static int imageInput(Source examples) {
    for (int i = 0; i < examples.inputShapes().size(); i++) {
      if (examples.inputShapes().get(i).numDimensions() == 3) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "examples must have an input of images [height, width, channels]: they have "
            + examples.inputShapes());
  }

  private void set(int index, float[] values, int from, Thumbnails reducer) {
    contents[index] = content(values, from, reducer.values());
    double[] grey = reducer.grey(values, from);
    hashes[index] = hash(grey);
    thumbnails[index] = Thumbnail.of(thumbnail(grey));
  }

  /** Returns a 64-bit hash of all values: FNV-1a over 32 bits at a time, mixed at the end. */
  private static long content(float[] values, int from, int n) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < n; i++) {
      hash = (hash ^ Float.floatToIntBits(values[from + i])) * 0x100000001b3L;
      hash ^= hash >>> 29;
    }
    hash *= 0xbf58476d1ce4e5b9L;
    return hash ^ (hash >>> 32);
  }

  private static long hash(double[] grey) {
    double[] rows = new double[FREQUENCIES * SIDE];
    for (int u = 0; u < FREQUENCIES; u++) {
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          rows[u * SIDE + x] += COSINES[u][y] * grey[y * SIDE + x];
        }
      }
    }
    double[] frequencies = new double[FREQUENCIES * FREQUENCIES];
    for (int u = 0; u < FREQUENCIES; u++) {
      for (int v = 0; v < FREQUENCIES; v++) {
        for (int x = 0; x < SIDE; x++) {
          frequencies[u * FREQUENCIES + v] += COSINES[v][x] * rows[u * SIDE + x];
        }
      }
    }
    double[] sorted = Arrays.copyOfRange(frequencies, 1, frequencies.length);
    Arrays.sort(sorted);
    double median = sorted[sorted.length / 2];
    long hash = 0;
    for (int i = 0; i < frequencies.length; i++) {
      if (frequencies[i] > median) {
        hash |= 1L << i;
      }
    }
    return hash;
  }

  private static double[][] cosines() {
    double[][] cosines = new double[FREQUENCIES][SIDE];
    for (int k = 0; k < FREQUENCIES; k++) {
      for (int i = 0; i < SIDE; i++) {
        double scale = k == 0 ? Math.sqrt(0.5) : 1;
        cosines[k][i] = scale * Math.cos(Math.PI * k * (i + 0.5) / SIDE);
      }
    }
    return cosines;
  }

  /** Returns the image in 16x16, from 0 for its darkest to 255 for its lightest pixel. */
  private static byte[] thumbnail(double[] grey) {
    double[] small = new double[THUMBNAIL * THUMBNAIL];
    int step = SIDE / THUMBNAIL;
    for (int i = 0; i < grey.length; i++) {
      small[i / SIDE / step * THUMBNAIL + i % SIDE / step] += grey[i];
    }
    double least = Arrays.stream(small).min().orElseThrow();
    double range = Arrays.stream(small).max().orElseThrow() - least;
    byte[] thumbnail = new byte[small.length];
    for (int i = 0; i < small.length && range > 0; i++) {
      thumbnail[i] = (byte) Math.round(GREYS * (small[i] - least) / range);
    }
    return thumbnail;
  }

  int size() {
    return hashes.length;
  }

  /** Returns the hash of an image's values: equal values have equal hashes. */
  long content(int index) {
    return contents[index];
  }

  /** Returns the perceptual hash of an image. */
  long hash(int index) {
    return hashes[index];
  }

  /**
   * Returns the correlation of the thumbnails of two images, from -1 to 1. It does not depend on
   * brightness and contrast. An image of one color resembles only other ones of one color.
   */
  double similarity(int index, Fingerprints others, int other) {
    Thumbnail a = thumbnails[index];
    Thumbnail b = others.thumbnails[other];
    if (a.deviation() == 0 || b.deviation() == 0) {
      return a.deviation() == b.deviation() ? 1 : 0;
    }
    int products = 0;
    for (int i = 0; i < a.grey().length; i++) {
      products += (a.grey()[i] & GREYS) * (b.grey()[i] & GREYS);
    }
    int n = a.grey().length;
    return ((double) n * products - (double) a.sum() * b.sum()) / (a.deviation() * b.deviation());
  }

  /**
   * An image in 16x16.
   *
   * @param grey from 0 for its darkest to 255 for its lightest pixel
   * @param sum of the pixels
   * @param deviation the root of the number of pixels times the sum of their squares, minus the
   *     square of their sum
   */
  @SuppressWarnings("ArrayRecordComponent") // Thumbnails are never compared as records.
  private record Thumbnail(byte[] grey, int sum, double deviation) {
    static Thumbnail of(byte[] grey) {
      int sum = 0;
      long squares = 0;
      for (byte pixel : grey) {
        int value = pixel & GREYS;
        sum += value;
        squares += (long) value * value;
      }
      return new Thumbnail(
          grey, sum, Math.sqrt((double) (grey.length * squares - (long) sum * sum)));
    }
  }

  /** Reduces images of one shape to 32x32 in gray, by the means of areas. */
  private static final class Thumbnails {
    private final int height;
    private final int width;
    private final int channels;
    private final double[][] rows;
    private final double[][] columns;

    Thumbnails(Shape shape) {
      height = (int) shape.get(0);
      width = (int) shape.get(1);
      channels = (int) shape.get(2);
      rows = shares(height);
      columns = shares(width);
    }

    int values() {
      return height * width * channels;
    }

    /** Returns how much of each of 32 equal parts each of {@code n} pixels covers. */
    private static double[][] shares(int n) {
      double[][] shares = new double[SIDE][n];
      for (int part = 0; part < SIDE; part++) {
        double low = (double) part * n / SIDE;
        double high = (double) (part + 1) * n / SIDE;
        for (int i = (int) low; i < Math.min(n, Math.ceil(high)); i++) {
          shares[part][i] = (Math.min(high, i + 1) - Math.max(low, i)) / (high - low);
        }
      }
      return shares;
    }

    double[] grey(float[] values, int from) {
      double[] narrow = new double[height * SIDE]; // [height, 32]
      for (int y = 0; y < height; y++) {
        for (int part = 0; part < SIDE; part++) {
          int first = part * width / SIDE;
          int end = Math.min(width, ((part + 1) * width + SIDE - 1) / SIDE);
          double sum = 0;
          for (int x = first; x < end; x++) {
            sum += columns[part][x] * grey(values, from + (y * width + x) * channels, channels);
          }
          narrow[y * SIDE + part] = sum;
        }
      }
      double[] small = new double[SIDE * SIDE];
      for (int part = 0; part < SIDE; part++) {
        int first = part * height / SIDE;
        int end = Math.min(height, ((part + 1) * height + SIDE - 1) / SIDE);
        for (int y = first; y < end; y++) {
          for (int x = 0; x < SIDE; x++) {
            small[part * SIDE + x] += rows[part][y] * narrow[y * SIDE + x];
          }
        }
      }
      return small;
    }

    /** Weights three channels as colors, and any other number equally. */
    private static double grey(float[] values, int at, int channels) {
      double sum = 0;
      for (int c = 0; c < channels; c++) {
        sum += channels == LUMA.length ? LUMA[c] * values[at + c] : values[at + c] / channels;
      }
      return sum;
    }
  }
}
