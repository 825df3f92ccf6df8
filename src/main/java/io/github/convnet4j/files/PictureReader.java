package io.github.convnet4j.files;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.HeapBytes;
import io.github.convnet4j.data.HeapLimit;
import io.github.convnet4j.data.Images;
import io.github.convnet4j.data.Pixels;
import io.github.convnet4j.files.DataListener.Step;
import io.github.convnet4j.files.Storage.Place;
import io.github.convnet4j.picture.Picture;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.picture.PictureFormat.Colour;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;

/**
 * Reads pictures of one size, and what belongs to each of them, into memory, or prepares them to be
 * read from disk.
 */
final class PictureReader {
  private static final int RGB = 3;

  /** From this size on, the listener is told how much memory the pictures are going to take. */
  private static final long LARGE = 100 << 20;

  /** What differs between remarks that say the same about different files. */
  private static final Pattern DIGITS = Pattern.compile("\\d+");

  private final FileList files;
  private final Reading reading;
  private final int training;
  private final int moreBytesPerPixel;
  private final FaultyFiles faults;
  private final List<String> notes = new ArrayList<>();

  /** What a user should know about pictures that could be read, by their numbers. */
  private final ConcurrentNavigableMap<Integer, String> remarks = new ConcurrentSkipListMap<>();

  /** The first picture that has another size than the first one. */
  private final AtomicInteger misfit = new AtomicInteger(Integer.MAX_VALUE);

  private Place place;
  private boolean checked;

  /**
   * Creates a reader.
   *
   * @param files at least one
   * @param training how many of them are for training; 0 if that is not known
   * @param moreBytesPerPixel how many bytes are needed for what belongs to the pictures
   */
  PictureReader(FileList files, Reading reading, int training, int moreBytesPerPixel) {
    this.files = files;
    this.reading = reading;
    this.training = training;
    this.moreBytesPerPixel = moreBytesPerPixel;
    this.faults = new FaultyFiles(files.size(), reading.listener());
    Storage storage = reading.storage();
    this.place = storage.cache().isPresent() ? Place.DISK : storage.place();
  }

  /**
   * Images of one size.
   *
   * @param count how many
   * @param more how many bytes are needed for what belongs to each pixel
   */
  private record Need(int count, PictureFormat.Size size, int channels, int more) {
    int values() {
      return Math.toIntExact(Math.multiplyExact(pixels(), (long) channels));
    }

    long bytes() {
      return Math.multiplyExact(pixels(), (long) count * (channels + more));
    }

    private long pixels() {
      return (long) size.height() * size.width();
    }

    Shape shape() {
      return Shape.of(size.height(), size.width(), channels);
    }

    Need rgb() {
      return new Need(count, size, RGB, more);
    }

    boolean has(Picture picture) {
      return picture.height() == size.height() && picture.width() == size.width();
    }

    /** {@code 5000 pictures of 224x224}. */
    @Override
    public String toString() {
      return "%d pictures of %s".formatted(count, size);
    }
  }

  /**
   * Reads the pictures. Those that cannot be read are black, and have a {@link #faults fault}.
   *
   * @throws DataException if they have different sizes, none can be read, or they take too much
   *     memory
   */
  Images pictures() {
    Images images = NamedPixels.of(stored(), files);
    return images.format(
        reading
            .format()
            .size(images.height(), images.width())
            .colour(images.channels() == RGB ? Colour.RGB : Colour.GREY));
  }

  private Images stored() {
    PictureFormat format = reading.format();
    Need least =
        new Need(
            files.size(),
            format.size().orElseGet(this::firstSize),
            format.colour() == Colour.RGB ? RGB : 1,
            moreBytesPerPixel);
    if (training > 0) {
      reading.listener().found(least.shape(), training);
    }
    if (place != Place.DISK && fits(least)) {
      int channels = format.colour() == Colour.AUTO ? firstChannels(least) : least.channels();
      Need first = channels == RGB ? least.rgb() : least;
      if (fits(first)) {
        Optional<Images> images = inMemory(first);
        if (images.isPresent()) {
          place = Place.MEMORY;
          return images.get();
        }
      }
      return onDisk(least.rgb());
    }
    Need need = format.colour() == Colour.AUTO && isColoured(least) ? least.rgb() : least;
    return onDisk(need);
  }

  /** Returns the size of the first picture whose header can be read. */
  private PictureFormat.Size firstSize() {
    for (int i = 0; i < files.size(); i++) {
      int file = i;
      Optional<PictureFormat.Size> size =
          faults.attempt(file, () -> Picture.size(files.path(file)));
      if (size.isPresent()) {
        return size.get();
      }
    }
    faults.check(true);
    throw new IllegalStateException("there are no pictures");
  }

  /** Returns the number of channels of the first picture that can be read. */
  private int firstChannels(Need need) {
    for (int i = 0; i < files.size(); i++) {
      int file = i;
      Optional<Picture> picture = faults.attempt(file, () -> read(file, need));
      if (picture.isPresent()) {
        return picture.get().channels();
      }
    }
    return need.channels();
  }

  /** Whether pictures fit into memory; if not, and they must, they are refused. */
  private boolean fits(Need need) {
    long limit = StorageSettings.memoryLimit(reading.storage());
    if (need.bytes() <= limit) {
      return true;
    }
    if (place == Place.MEMORY) {
      String smaller =
          "leave them on disk, with Storage.onDisk() or --on-disk, or scale them down, on the"
              + " command line with --size 64";
      HeapLimit.ofProcess().check(need.toString(), need.bytes(), smaller);
      throw new DataException(
          "%s take %d MB, but their memory is limited to %d MB: raise the limit, %s"
              .formatted(
                  need, HeapLimit.megabytes(need.bytes()), HeapLimit.megabytes(limit), smaller));
    }
    return false;
  }

  /** Reads a picture, and notes if it has another size than the first one. */
  private Picture read(int file, Need need) {
    Picture picture = reading.format().read(files.path(file));
    files.checkUnchanged(file);
    picture.remark().ifPresent(remark -> remarks.put(file, remark));
    if (!need.has(picture)) {
      misfit.accumulateAndGet(file, Math::min);
    }
    return picture;
  }

  private static byte[] values(Picture picture, int channels) {
    return (channels == RGB ? picture.rgb() : picture.grey()).pixels();
  }

  private void checkSizes(Need need) {
    int file = misfit.get();
    if (file < files.size()) {
      int first = IntStream.range(0, file).filter(i -> !faults.has(i)).findFirst().orElse(0);
      throw new DataException(
          "%s is %s (height x width) but %s is %s: scale all to the same size, on the command line with --size"
              .formatted(
                  files.path(first),
                  need.size(),
                  files.path(file),
                  Picture.size(files.path(file))));
    }
  }

  /** Returns nothing if it turns out that the pictures do not fit, and need not. */
  private Optional<Images> inMemory(Need need) {
    if (need.bytes() >= LARGE) {
      reading
          .listener()
          .message(
              "Reading %s, which take %d MB of memory"
                  .formatted(need, HeapLimit.megabytes(need.bytes())));
    }
    try {
      return new MemoryReading(need).images();
    } catch (OutOfMemoryError e) {
      if (place == Place.MEMORY) {
        throw HeapLimit.ofProcess()
            .full(need.toString(), need.bytes(), "leave them on disk, or scale them down", e);
      }
      return Optional.empty();
    }
  }

  /** Reads pictures into memory. If all are gray so far, there is one channel so far. */
  private final class MemoryReading {
    private Need need;
    private HeapBytes pixels;

    MemoryReading(Need need) {
      this.need = need;
      this.pixels = HeapBytes.allocate(need.count(), need.values());
    }

    Optional<Images> images() {
      faults.inBlocks(Step.READING, this::read);
      return fits(need) ? Optional.of(Images.of(pixels, need.shape())) : Optional.empty();
    }

    private boolean read(int from, int to) {
      Queue<Integer> wider = new ConcurrentLinkedQueue<>();
      faults.parallel(
          from,
          to,
          file -> {
            if (!put(file)) {
              wider.add(file);
            }
          });
      checkSizes(need);
      if (!wider.isEmpty()) {
        if (!fits(need.rgb())) {
          need = need.rgb();
          return false;
        }
        widen(to);
        wider.forEach(file -> faults.attempt(file, () -> put(file)));
      }
      return true;
    }

    /** Reads a picture, and returns whether there are enough channels for it. */
    private boolean put(int file) {
      Picture picture = PictureReader.this.read(file, need);
      boolean narrow =
          picture.channels() <= need.channels() || reading.format().colour() == Colour.GREY;
      if (narrow && need.has(picture)) {
        pixels.put(file, values(picture, need.channels()));
      }
      return narrow;
    }

    private void widen(int to) {
      HeapBytes grey = pixels;
      Need rgb = need.rgb();
      pixels = HeapBytes.allocate(rgb.count(), rgb.values());
      for (int i = 0; i < to; i++) {
        byte[] narrow = grey.bytes(i);
        byte[] wide = new byte[rgb.values()];
        for (int v = 0; v < wide.length; v++) {
          wide[v] = narrow[v / RGB];
        }
        pixels.put(i, wide);
      }
      need = rgb;
    }
  }

  /** Whether any picture has a color. */
  private boolean isColoured(Need need) {
    if (firstChannels(need) == RGB) {
      return true;
    }
    AtomicBoolean coloured = new AtomicBoolean();
    faults.inBlocks(
        Step.CHECKING,
        (from, to) -> {
          faults.parallel(
              from,
              to,
              file -> {
                if (read(file, need).channels() == RGB) {
                  coloured.set(true);
                }
              });
          checkSizes(need);
          return !coloured.get();
        });
    checked = !coloured.get();
    return coloured.get();
  }

  private Images onDisk(Need need) {
    place = Place.DISK;
    Decoding decoding = new Decoding(need);
    Optional<Pixels> cached = fromCache(decoding);
    if (cached.isPresent()) {
      return Images.of(cached.get(), need.shape());
    }
    notes.add(whyOnDisk(need));
    if (!checked) {
      reading
          .listener()
          .message(
              "Checking %s, which stay on disk: they would take %d MB of memory"
                  .formatted(need, HeapLimit.megabytes(need.bytes())));
      faults.each(
          Step.CHECKING,
          file -> {
            if (reading.skipUnreadable()) {
              read(file, need);
            } else {
              checkHeader(file, need);
            }
          });
      checkSizes(need);
    }
    return Images.of(new DecodedFiles(files.size(), need.values(), decoding::decode), need.shape());
  }

  /** Opens the cache, or writes it first; returns nothing if there is none. */
  private Optional<Pixels> fromCache(Belonging what) {
    if (reading.storage().cache().isEmpty()) {
      return Optional.empty();
    }
    PixelCache cache =
        new PixelCache(reading.storage().cache().get(), what.key(), files, what, faults);
    Optional<Pixels> old = cache.open();
    if (old.isPresent()) {
      notes.add("Cache: %s from %s".formatted(what.name(), cache.file()));
      return old;
    }
    reading
        .listener()
        .message(
            "Writing %d %s to the cache %s, %d MB"
                .formatted(
                    files.size(),
                    what.name(),
                    cache.file(),
                    HeapLimit.megabytes((long) files.size() * what.valuesPerImage())));
    Optional<Pixels> written = cache.write();
    notes.add(
        written.isPresent()
            ? "Cache: %s in %s".formatted(what.name(), cache.file())
            : "Cache: not used, because another program is writing %s".formatted(cache.file()));
    return written;
  }

  /** The pictures themselves. */
  private final class Decoding implements Belonging {
    private final Need need;

    Decoding(Need need) {
      this.need = need;
    }

    @Override
    public String name() {
      return "pictures";
    }

    @Override
    public FileList files() {
      return files;
    }

    @Override
    public int valuesPerImage() {
      return need.values();
    }

    /** Returns the format with size and colors as they turned out to be. */
    @Override
    public String key() {
      return reading
          .format()
          .size(need.size().height(), need.size().width())
          .colour(need.channels() == RGB ? Colour.RGB : Colour.GREY)
          .toString();
    }

    @Override
    public byte[] decode(int file) {
      Picture picture = read(file, need);
      if (!need.has(picture)) {
        throw new DataException(
            "%s is %dx%d now, but was %s when its folder was read: read the folder again"
                .formatted(files.path(file), picture.height(), picture.width(), need.size()));
      }
      return values(picture, need.channels());
    }

    @Override
    public void check() {
      checkSizes(need);
    }
  }

  /** What belongs to each picture, such as a mask. */
  interface Belonging {
    /** Returns what it is, in the plural. */
    String name();

    /** Returns the files, in the order of the pictures. */
    FileList files();

    int valuesPerImage();

    /**
     * Decodes a file.
     *
     * @throws DataException if it cannot be read, or does not go with its picture
     */
    byte[] decode(int file);

    /** Returns what the values depend on besides the files, as text. */
    String key();

    /** Returns what should be known about the values of a file without decoding it again. */
    default byte[] summary(byte[] values) {
      return new byte[0];
    }

    /** Returns the number of bytes of each summary. */
    default int summaryLength() {
      return 0;
    }

    /** Receives what is known about a file; called by several threads. */
    default void found(int file, byte[] summary) {}

    /**
     * Called after some of the files have been decoded.
     *
     * @throws DataException if they cannot be used together
     */
    default void check() {}
  }

  /** Reads what belongs to the pictures, and keeps it in the same place. */
  Pixels belonging(Belonging what) {
    if (place == Place.MEMORY) {
      HeapBytes values = HeapBytes.allocate(files.size(), what.valuesPerImage());
      faults.each(
          Step.READING,
          file -> {
            byte[] decoded = what.decode(file);
            values.put(file, decoded);
            what.found(file, what.summary(decoded));
          });
      return values;
    }
    Optional<Pixels> cached = fromCache(what);
    if (cached.isPresent()) {
      return cached.get();
    }
    faults.each(Step.CHECKING, file -> what.found(file, what.summary(what.decode(file))));
    return new DecodedFiles(files.size(), what.valuesPerImage(), what::decode);
  }

  private String whyOnDisk(Need need) {
    long limit = StorageSettings.memoryLimit(reading.storage());
    String start =
        "On disk: %s would take %d MB of memory".formatted(need, HeapLimit.megabytes(need.bytes()));
    String decoded = "they are decoded again in each epoch, unless there is a cache (--cache)";
    return need.bytes() <= limit
        ? "%s; %s".formatted(start, decoded)
        : "%s, but only %d MB are for images: %s; with -Xmx%dm%s they would fit"
            .formatted(
                start,
                HeapLimit.megabytes(limit),
                decoded,
                HeapLimit.recommended(need.bytes()),
                reading.storage().memory().isPresent() ? " and more --memory" : "");
  }

  private void checkHeader(int file, Need need) {
    PictureFormat.Size size = Picture.size(files.path(file));
    if (reading.format().size().isEmpty() && !size.equals(need.size())) {
      misfit.accumulateAndGet(file, Math::min);
    }
  }

  FaultyFiles faults() {
    return faults;
  }

  /** Returns what a user should know: where the pictures are kept, and which were left out. */
  List<String> notes() {
    List<String> all = new ArrayList<>(notes);
    Map<String, List<String>> byKind = new LinkedHashMap<>();
    remarks.forEach(
        (file, remark) -> {
          String kind =
              DIGITS.matcher(remark.replace(files.path(file).toString(), "")).replaceAll("");
          byKind.computeIfAbsent(kind, key -> new ArrayList<>()).add(remark);
        });
    byKind.forEach(
        (kind, same) -> {
          String others =
              same.size() == 1 ? "" : ". The same is true of %d more".formatted(same.size() - 1);
          all.add(same.get(0) + others);
        });
    all.addAll(faults.notes());
    return all;
  }

  /** Returns those of the files that can be read, in their order. */
  int[] readable(int[] some) {
    return IntStream.of(some).filter(file -> !faults.has(file)).toArray();
  }
}
