package io.github.convnet4j.picture;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.FileStamp;
import io.github.convnet4j.check.IoReason;
import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.HeapLimit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An image from a DICOM file: a slice of a CT or MR scan, or another image of one frame. Immutable.
 *
 * <pre>{@code
 * DicomSlice slice = DicomSlice.read(Path.of("slice.dcm"));
 * float[] units = slice.values();                           // Hounsfield units, for a CT scan
 * Picture shown = slice.picture();                          // as a viewer shows it at first
 * Picture lung = slice.picture(DicomWindow.of(-600, 1500)); // through another window
 * }</pre>
 *
 * <p>Read are gray values of 8 and 16 bits, signed or not, and RGB; uncompressed, deflated, or
 * run-length encoded; JPEG, and with plug-ins of ImageIO on the class path also JPEG 2000 ({@code
 * com.github.jai-imageio:jai-imageio-jpeg2000}) and lossless JPEG ({@code
 * com.twelvemonkeys.imageio:imageio-jpeg}). Refused are files of several frames, palettes, and
 * lookup tables instead of rescale slope and intercept.
 */
public final class DicomSlice {
  private static final String INVERSE_GREY = "MONOCHROME1";

  /** The largest slope and intercept, with which values stay far from the limits of a float. */
  private static final double LARGEST = 1e30;

  private final DicomFile file;
  private final int height;
  private final int width;
  private final int channels;
  private final int[] stored;
  private final double slope;
  private final double intercept;
  private final boolean inverted;
  private final List<DicomWindow> windows;

  private DicomSlice(DicomFile file, int[] stored) {
    this.file = file;
    this.stored = stored;
    this.height = file.required(DicomFile.ROWS);
    this.width = file.required(DicomFile.COLUMNS);
    this.channels = file.integer(DicomFile.SAMPLES).orElse(1);
    this.slope = first(file, DicomFile.SLOPE).orElse(1.0);
    this.intercept = first(file, DicomFile.INTERCEPT).orElse(0.0);
    if (Math.abs(slope) > LARGEST || Math.abs(intercept) > LARGEST) {
      throw new DataException(
          "%s is a damaged DICOM file: its rescale slope is %s and its intercept %s: get it again"
              .formatted(file.name(), slope, intercept));
    }
    this.inverted =
        file.text(DicomFile.PRESENTATION_SHAPE)
            .map(shape -> shape.equals("INVERSE"))
            .orElse(file.text(DicomFile.PHOTOMETRIC).orElse("").equals(INVERSE_GREY));
    this.windows = windows(file);
  }

  /**
   * Reads a file.
   *
   * @throws DataException if the file cannot be read, is not a DICOM file, is damaged, or holds no
   *     image of a kind that is read; the message names the file
   */
  public static DicomSlice read(Path path) {
    return of(path.toString(), content(path));
  }

  static byte[] content(Path path) {
    requireNonNull(path, "path");
    try (InputStream in = Files.newInputStream(path)) {
      FileStamp stamp = FileStamp.beforeReading(path);
      HeapLimit.ofProcess().check(path + ": its bytes", stamp.length(), "give a smaller file");
      byte[] content = in.readAllBytes();
      stamp.check();
      return content;
    } catch (NoSuchFileException e) {
      throw new DataException(path + " does not exist: check the path", e);
    } catch (AccessDeniedException e) {
      throw new DataException(path + " cannot be read: check its permissions", e);
    } catch (IOException e) {
      throw new DataException("%s cannot be read: %s".formatted(path, IoReason.of(e)), e);
    }
  }

  /** Returns the size of the image that a file declares, without decoding it. */
  static PictureFormat.Size size(String name, byte[] content) {
    DicomFile file = DicomFile.parse(name, content);
    check(file);
    return new PictureFormat.Size(
        Math.max(1, file.required(DicomFile.ROWS)), Math.max(1, file.required(DicomFile.COLUMNS)));
  }

  /**
   * Reads the content of a file.
   *
   * @throws DataException as {@link #read(Path)}
   */
  public static DicomSlice read(byte[] content) {
    return of("the DICOM file", content.clone());
  }

  /** Reads the content of a file that messages call {@code name}. */
  static DicomSlice of(String name, byte[] content) {
    DicomFile file = DicomFile.parse(name, content);
    check(file);
    return new DicomSlice(file, DicomPixels.of(file));
  }

  private static void check(DicomFile file) {
    if (!file.has(DicomFile.PIXELS)) {
      throw new DataException(file.name() + " holds no image: leave it out");
    }
    List<Double> frames = file.numbers(DicomFile.FRAMES);
    if (!frames.isEmpty() && frames.get(0) != 1) {
      throw new DataException(
          "%s holds %s frames: give a file for each slice"
              .formatted(file.name(), file.text(DicomFile.FRAMES).orElse("")));
    }
    if (file.has(DicomFile.FUNCTIONAL_GROUPS)) {
      throw new DataException(
          file.name()
              + " is an enhanced, multi-frame file: convert it to classic files, one for each"
              + " slice");
    }
    if (file.has(DicomFile.MODALITY_TABLE)) {
      throw new DataException(
          file.name()
              + " has a modality lookup table, which is not supported: convert it to rescale slope"
              + " and intercept");
    }
    String colors = file.text(DicomFile.PHOTOMETRIC).orElse("");
    if (colors.equals("PALETTE COLOR")) {
      throw new DataException(file.name() + " has a palette: convert it to RGB");
    }
  }

  private static Optional<Double> first(DicomFile file, int tag) {
    return file.numbers(tag).stream().findFirst();
  }

  private static List<DicomWindow> windows(DicomFile file) {
    List<Double> centers = file.numbers(DicomFile.WINDOW_CENTER);
    List<Double> widths = file.numbers(DicomFile.WINDOW_WIDTH);
    DicomWindow.Function function =
        switch (file.text(DicomFile.VOI_FUNCTION).orElse("LINEAR")) {
          case "LINEAR" -> DicomWindow.Function.LINEAR;
          case "LINEAR_EXACT" -> DicomWindow.Function.LINEAR_EXACT;
          case "SIGMOID" -> DicomWindow.Function.SIGMOID;
          default ->
              throw new DataException(
                  "%s has a window of the unknown function %s: correct it, or leave it out"
                      .formatted(file.name(), file.text(DicomFile.VOI_FUNCTION).orElse("")));
        };
    List<DicomWindow> windows = new ArrayList<>();
    for (int i = 0; i < Math.min(centers.size(), widths.size()); i++) {
      try {
        windows.add(new DicomWindow(centers.get(i), widths.get(i), function));
      } catch (IllegalArgumentException e) {
        throw new DataException(
            "%s has an invalid window: %s: correct it, or leave it out"
                .formatted(file.name(), e.getMessage()),
            e);
      }
    }
    return List.copyOf(windows);
  }

  /** Number of rows. */
  public int height() {
    return height;
  }

  /** Number of columns. */
  public int width() {
    return width;
  }

  /** 1 for gray, 3 for RGB. */
  public int channels() {
    return channels;
  }

  /**
   * Returns the values in their units, {@code [height, width, channels]} row by row: what is
   * stored, times the rescale slope, plus the intercept. For computed tomography these are
   * Hounsfield units: -1000 for air, 0 for water. Without a slope they are what is stored.
   */
  public float[] values() {
    float[] values = new float[stored.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) value(i);
    }
    return values;
  }

  private double value(int index) {
    return channels == 1 ? slope * stored[index] + intercept : stored[index];
  }

  /** Returns the windows that the file recommends; the first is the one that viewers apply. */
  public List<DicomWindow> windows() {
    return windows;
  }

  /**
   * Returns the window from the smallest to the largest value of this slice, without the padding
   * around the scan.
   */
  public DicomWindow fullRange() {
    OptionalInt padding = padding();
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < stored.length; i++) {
      if (padding.isEmpty() || stored[i] != padding.getAsInt()) {
        low = Math.min(low, value(i));
        high = Math.max(high, value(i));
      }
    }
    if (low < high) {
      return DicomWindow.between(low, high);
    }
    // All values are equal, or padding: black.
    double only = low == high ? low : value(0);
    return DicomWindow.between(only, only + Math.max(1, Math.ulp(only)));
  }

  private OptionalInt padding() {
    OptionalInt bits = file.integer(DicomFile.PADDING_VALUE);
    boolean signed = file.integer(DicomFile.SIGNED).orElse(0) == 1;
    return bits.isPresent() && signed ? OptionalInt.of((short) bits.getAsInt()) : bits;
  }

  /**
   * Returns the picture that a viewer shows at first: through the first of the {@link #windows}, or
   * through the {@link #fullRange} if there is none. A color image has no window.
   *
   * @throws DataException if the file has a lookup table instead of a window
   */
  public Picture picture() {
    if (channels == 3) {
      return colors();
    }
    if (windows.isEmpty() && file.has(DicomFile.VOI_TABLE)) {
      throw new DataException(
          file.name() + " has a lookup table instead of a window: choose a window");
    }
    return picture(windows.isEmpty() ? fullRange() : windows.get(0));
  }

  /**
   * Returns the picture through a window. Values below the window are black, values above it are
   * white, and the other way round if the file says so (MONOCHROME1).
   */
  public Picture picture(DicomWindow window) {
    requireNonNull(window, "window");
    if (channels == 3) {
      return colors();
    }
    byte[] greys = new byte[stored.length];
    for (int i = 0; i < greys.length; i++) {
      int grey = window.grey(value(i));
      greys[i] = (byte) (inverted ? 255 - grey : grey);
    }
    return Picture.of(height, width, 1, greys);
  }

  private Picture colors() {
    int bits = file.integer(DicomFile.BITS_STORED).orElse(file.required(DicomFile.BITS_ALLOCATED));
    DicomWindow all = DicomWindow.between(0, (1 << bits) - 1);
    byte[] rgb = new byte[stored.length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) all.grey(stored[i]);
    }
    return Picture.of(height, width, 3, rgb);
  }

  /** Returns what the file says about patient, series and place. */
  public DicomHeader header() {
    return DicomHeader.of(file);
  }

  /** Returns height, width and channels: {@code DicomSlice[512x512x1]}. */
  @Override
  public String toString() {
    return "DicomSlice[%dx%dx%d]".formatted(height, width, channels);
  }
}
