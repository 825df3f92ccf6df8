package io.github.convnet4j.files;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.HeapLimit;
import io.github.convnet4j.data.Images;
import io.github.convnet4j.data.Pixels;
import io.github.convnet4j.picture.Picture;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.picture.PictureFormat.Colour;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Pictures read into a single array.
 *
 * @param images all of them; those that could not be read are black
 * @param faults why some could not be read: a sentence for each, by index
 */
record PictureSet(Images images, SortedMap<Integer, String> faults) {
  static final String SMALLER = "scale them down, on the command line with --size 64";

  /** The largest number of unreadable pictures that are named. */
  private static final int FAULTS_NAMED = 10;

  /** Reads what belongs to each picture, after the picture itself was read. */
  interface Companion {
    /** Reads nothing. */
    Companion NONE = (index, file, size) -> {};

    /**
     * Reads what belongs to a picture.
     *
     * @param size of all pictures, after scaling
     * @throws DataException if it cannot be read; the picture is then one that cannot be read
     */
    void read(int index, Path file, PictureFormat.Size size);

    /** Returns how many bytes it stores for each pixel. */
    default int bytesPerPixel() {
      return 0;
    }
  }

  /** Reads pictures with nothing that belongs to them. */
  static PictureSet read(List<Path> pictures, PictureFormat format, boolean skip) {
    return read(pictures, format, skip, Companion.NONE);
  }

  /**
   * Reads all pictures, one at a time. The header of the first one tells how much memory the array
   * needs, which is compared with the heap before anything is decoded.
   *
   * @param pictures at least one
   * @param skip whether those that cannot be read are left out
   * @throws DataException if a picture cannot be read and {@code skip} is false, one has another
   *     size than the first, none can be read, or they take too much memory
   */
  static PictureSet read(
      List<Path> pictures, PictureFormat format, boolean skip, Companion companion) {
    Reading reading = new Reading(pictures.size(), format, companion);
    for (int i = 0; i < pictures.size(); i++) {
      reading.add(i, pictures.get(i));
    }
    SortedMap<Integer, String> faults = reading.faults;
    if (faults.size() == pictures.size()) {
      throw new DataException(
          sentence("none of the %2$d pictures can be read:", faults, faults.size()));
    }
    if (!faults.isEmpty() && !skip) {
      throw new DataException(
          faults.size() == 1
              ? faults.get(faults.firstKey())
                  + "; skipUnreadable() or --skip-unreadable leaves it out"
              : sentence(
                  "%d of %d pictures cannot be read; skipUnreadable() or --skip-unreadable"
                      + " leaves them out:",
                  faults, pictures.size()));
    }
    return new PictureSet(reading.images(), faults);
  }

  private static String sentence(String start, SortedMap<Integer, String> faults, int pictures) {
    String all =
        faults.values().stream()
            .sorted()
            .limit(FAULTS_NAMED)
            .map(fault -> System.lineSeparator() + "  " + fault)
            .collect(Collectors.joining("", start.formatted(faults.size(), pictures), ""));
    return faults.size() <= FAULTS_NAMED
        ? all
        : "%s%n  and %d more".formatted(all, faults.size() - FAULTS_NAMED);
  }

  /**
   * Returns the indices from {@code from} (inclusive) to {@code to} (exclusive) of pictures that
   * could be read.
   */
  int[] readable(int from, int to) {
    return IntStream.range(from, to).filter(i -> !faults.containsKey(i)).toArray();
  }

  /**
   * Returns what was left out: a sentence for each of the first few, and how many more there are.
   */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    faults.values().stream()
        .sorted()
        .limit(FAULTS_NAMED)
        .forEach(fault -> notes.add("Left out: " + fault));
    if (faults.size() > FAULTS_NAMED) {
      notes.add(
          "Left out: %d more pictures that cannot be read".formatted(faults.size() - FAULTS_NAMED));
    }
    return notes;
  }

  /** Fills the array. */
  private static final class Reading {
    private final int count;
    private final PictureFormat format;
    private final Companion companion;
    private final SortedMap<Integer, String> faults = new TreeMap<>();
    private Optional<PictureFormat.Size> size = Optional.empty();
    private Path first = Path.of("");
    private byte[] pixels = new byte[0];
    private int channels;

    Reading(int count, PictureFormat format, Companion companion) {
      this.count = count;
      this.format = format;
      this.companion = companion;
    }

    void add(int index, Path file) {
      if (size.isEmpty()) {
        Optional<PictureFormat.Size> declared =
            format.size().or(() -> attempt(index, () -> Picture.size(file)));
        if (declared.isEmpty()) {
          return;
        }
        // It is not known yet whether there are colors, so this is the minimum.
        int least = format.colour() == PictureFormat.Colour.RGB ? 3 : 1;
        HeapLimit.ofProcess()
            .check(
                what(declared.get()),
                bytes(declared.get(), least),
                bytes(declared.get(), companion.bytesPerPixel()),
                SMALLER);
      }
      attempt(index, () -> format.read(file)).ifPresent(picture -> put(index, file, picture));
    }

    /** Returns what the supplier returns, or records why the picture cannot be read. */
    private <T> Optional<T> attempt(int index, Supplier<T> supplier) {
      try {
        return Optional.of(supplier.get());
      } catch (DataException e) {
        faults.put(index, e.getMessage());
        return Optional.empty();
      }
    }

    private String what(PictureFormat.Size each) {
      return "%d pictures of %s".formatted(count, each);
    }

    private long bytes(PictureFormat.Size each, int ofChannels) {
      return Math.multiplyExact((long) each.height() * each.width(), (long) count * ofChannels);
    }

    private void put(int index, Path file, Picture picture) {
      PictureFormat.Size found = new PictureFormat.Size(picture.height(), picture.width());
      if (size.isEmpty()) {
        size = Optional.of(found);
        first = file;
      } else if (!size.get().equals(found)) {
        throw new DataException(
            "%s is %s (height x width) but %s is %s: scale all to the same size, on the command line with --size"
                .formatted(first, size.get(), file, found));
      }
      if (picture.channels() > channels) {
        widen(index, found, picture.channels());
      }
      Picture fitting = picture.channels() < channels ? picture.rgb() : picture;
      fitting.copyTo(pixels, index * found.height() * found.width() * channels);
      attempt(
          index,
          () -> {
            companion.read(index, file, found);
            return found;
          });
    }

    /** Makes room for more channels. Gray pixels so far are repeated in each of them. */
    private void widen(int filled, PictureFormat.Size each, int newChannels) {
      byte[] wider = HeapLimit.ofProcess().allocate(what(each), bytes(each, newChannels), SMALLER);
      if (channels > 0) {
        int ready = filled * each.height() * each.width() * newChannels;
        for (int i = 0; i < ready; i++) {
          wider[i] = pixels[i / newChannels];
        }
      }
      pixels = wider;
      channels = newChannels;
    }

    Images images() {
      PictureFormat.Size each = size.orElseThrow();
      return Images.of(
              new Pixels.OfBytes(pixels), count, "picture", each.height(), each.width(), channels)
          .format(
              format
                  .size(each.height(), each.width())
                  .colour(channels == 1 ? Colour.GREY : Colour.RGB));
    }
  }
}
