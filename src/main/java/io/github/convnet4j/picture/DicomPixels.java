package io.github.convnet4j.picture;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.HeapLimit;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes the pixels of a DICOM file to stored values: uncompressed, run-length encoded, or as JPEG
 * and JPEG 2000 by Java's readers and their plug-ins.
 */
final class DicomPixels {
  private static final String RLE = "1.2.840.10008.1.2.5";

  /** Transfer syntaxes of compressed pixels, and what is needed to read them. */
  private static final Map<String, String> COMPRESSIONS =
      Map.ofEntries(
          Map.entry("1.2.840.10008.1.2.4.50", "JPEG"),
          Map.entry("1.2.840.10008.1.2.4.51", "JPEG of 12 bits"),
          Map.entry("1.2.840.10008.1.2.4.57", "lossless JPEG"),
          Map.entry("1.2.840.10008.1.2.4.70", "lossless JPEG"),
          Map.entry("1.2.840.10008.1.2.4.80", "JPEG-LS"),
          Map.entry("1.2.840.10008.1.2.4.81", "JPEG-LS"),
          Map.entry("1.2.840.10008.1.2.4.90", "JPEG 2000"),
          Map.entry("1.2.840.10008.1.2.4.91", "JPEG 2000"));

  private static final Map<String, String> REMEDIES =
      Map.of(
          "JPEG",
          "get it again, or save it uncompressed",
          "JPEG of 12 bits",
          "save it uncompressed",
          "lossless JPEG",
          "add com.twelvemonkeys.imageio:imageio-jpeg to the class path, or save it uncompressed",
          "JPEG-LS",
          "save it uncompressed",
          "JPEG 2000",
          "add com.github.jai-imageio:jai-imageio-jpeg2000 to the class path, or save it"
              + " uncompressed");

  /** Two bytes of run-length encoding stand for at most 128. */
  private static final int LARGEST_RUN = 64;

  private static final int MOST_SEGMENTS = 15;

  /** Those of JPEG, whose readers do not convert luma and chroma here. */
  private static final Set<String> JPEG =
      Set.of(
          "1.2.840.10008.1.2.4.50",
          "1.2.840.10008.1.2.4.51",
          "1.2.840.10008.1.2.4.57",
          "1.2.840.10008.1.2.4.70");

  /** The markers of a JPEG picture that tell its colors are among its first bytes. */
  private static final int HEAD = 1024;

  private static final int JFIF_POSITION = 6;
  private static final int ADOBE_TRANSFORM = 11;

  private final DicomFile file;
  private final int height;
  private final int width;
  private final int samples;
  private final int allocated;
  private final int stored;
  private final boolean signed;

  private DicomPixels(DicomFile file) {
    this.file = file;
    this.height = file.required(DicomFile.ROWS);
    this.width = file.required(DicomFile.COLUMNS);
    this.samples = file.integer(DicomFile.SAMPLES).orElse(1);
    this.allocated = file.required(DicomFile.BITS_ALLOCATED);
    this.stored = file.integer(DicomFile.BITS_STORED).orElse(allocated);
    this.signed = file.integer(DicomFile.SIGNED).orElse(0) == 1;
  }

  /**
   * Returns the stored values, {@code [height, width, samples]}, where three samples are red, green
   * and blue.
   */
  static int[] of(DicomFile file) {
    DicomPixels pixels = new DicomPixels(file);
    pixels.check();
    return pixels.read();
  }

  private DataException unsupported(String what) {
    return new DataException(file.name() + what);
  }

  private DataException damaged(String how) {
    return new DataException(
        "%s is a damaged DICOM file: %s: get it again".formatted(file.name(), how));
  }

  private void check() {
    if (height < 1 || width < 1) {
      throw unsupported(" is empty: it has %d rows and %d columns".formatted(height, width));
    }
    if (allocated != 8 && allocated != 16) {
      throw unsupported(
          " has %d bits for each pixel: files of 8 and 16 bits are supported".formatted(allocated));
    }
    int high = file.integer(DicomFile.HIGH_BIT).orElse(stored - 1);
    if (stored < 1 || stored > allocated || high != stored - 1) {
      throw unsupported(
          " stores %d of %d bits, up to bit %d: files with the lowest bits used are supported"
              .formatted(stored, allocated, high));
    }
    if (file.text(DicomFile.PHOTOMETRIC).orElse("").equals("YBR_FULL_422")
        && !file.isEncapsulated()) {
      throw unsupported(" has uncompressed colors of kind YBR_FULL_422: save it as RGB");
    }
    if (samples != 1 && samples != 3) {
      throw unsupported(
          " has %d samples for each pixel: gray files, with 1, and color files, with 3, are supported"
              .formatted(samples));
    }
    // The values, the decoder's own copy, and what is made of them.
    HeapLimit.ofProcess()
        .check(
            "%s: its %dx%d pixels".formatted(file.name(), height, width),
            3 * Integer.BYTES * count(),
            "give a smaller file");
  }

  private long count() {
    return (long) height * width * samples;
  }

  private int[] read() {
    if (!file.isEncapsulated()) {
      checkLength(file.stored().remaining(), 1);
      return isYbr() && samples == 3 ? rgb(uncompressed()) : uncompressed();
    }
    byte[] frame = file.frame();
    if (file.syntax().equals(RLE)) {
      checkLength(frame.length, LARGEST_RUN);
      return isYbr() && samples == 3 ? rgb(runs(frame)) : runs(frame);
    }
    if (!COMPRESSIONS.containsKey(file.syntax())) {
      throw unsupported(
          " has the transfer syntax %s, which is not supported: save it uncompressed"
              .formatted(file.syntax()));
    }
    int[] values = decoded(frame);
    return isLumaAndChroma(frame) ? rgb(values) : values;
  }

  /**
   * Whether a compressed picture has luma and chroma. Some files call their colors RGB, although
   * the markers of the JPEG picture in them tell otherwise. JPEG 2000 converts colors itself.
   */
  private boolean isLumaAndChroma(byte[] frame) {
    if (samples != 3 || !JPEG.contains(file.syntax())) {
      return false;
    }
    String head = new String(frame, 0, Math.min(frame.length, HEAD), StandardCharsets.ISO_8859_1);
    int adobe = head.indexOf("Adobe");
    return (adobe >= 0 && adobe + ADOBE_TRANSFORM < head.length())
        ? head.charAt(adobe + ADOBE_TRANSFORM) != 0
        : isYbr() || head.startsWith("JFIF", JFIF_POSITION);
  }

  private boolean isYbr() {
    return file.text(DicomFile.PHOTOMETRIC).orElse("").startsWith("YBR_FULL");
  }

  /** Converts luma and chroma in place (PS3.3, C.7.6.3.1.2). */
  private static int[] rgb(int[] values) {
    for (int i = 0; i < values.length; i += 3) {
      double luma = values[i];
      double blue = values[i + 1] - 128;
      double red = values[i + 2] - 128;
      values[i] = clipped(luma + 1.402 * red);
      values[i + 1] = clipped(luma - 0.344136 * blue - 0.714136 * red);
      values[i + 2] = clipped(luma + 1.772 * blue);
    }
    return values;
  }

  private static int clipped(double value) {
    return (int) Math.min(255, Math.max(0, Math.round(value)));
  }

  /** Compares the number of pixels with what this many bytes can hold, before taking memory. */
  private void checkLength(int bytes, int mostPerByte) {
    long needed = count() * allocated / Byte.SIZE;
    if (needed > (long) bytes * mostPerByte) {
      throw new DataException(
          "%s is truncated, because its %dx%d pixels take %d bytes and it holds %d: get it again"
              .formatted(file.name(), height, width, needed, bytes));
    }
  }

  private int[] uncompressed() {
    ByteBuffer from = file.stored();
    int[] values = new int[(int) count()];
    boolean planes = samples > 1 && file.integer(DicomFile.PLANAR).orElse(0) == 1;
    // Bytes that are written as big-endian words stand in pairs, the second one first.
    boolean swapped =
        allocated == Byte.SIZE && file.order() == ByteOrder.BIG_ENDIAN && file.hasWords();
    int area = height * width;
    for (int i = 0; i < values.length; i++) {
      int at = planes ? i % samples * area + i / samples : i;
      values[i] =
          value(
              allocated == Byte.SIZE
                  ? from.get(swapped && (at ^ 1) < from.limit() ? at ^ 1 : at)
                  : from.getShort(Short.BYTES * at));
    }
    return values;
  }

  /** Takes the bits that are used, with their sign. */
  private int value(int bits) {
    int unused = Integer.SIZE - stored;
    return signed ? bits << unused >> unused : bits << unused >>> unused;
  }

  /** Decodes planes of bytes, the high bytes of each sample first (PS3.5, annex G). */
  private int[] runs(byte[] frame) {
    ByteBuffer header = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
    int bytesPerSample = allocated / Byte.SIZE;
    int planes = samples * bytesPerSample;
    if (frame.length < Integer.BYTES * (MOST_SEGMENTS + 1) || header.getInt(0) != planes) {
      throw damaged("it must have %d run-length encoded segments".formatted(planes));
    }
    int[] bits = new int[(int) count()];
    int area = height * width;
    for (int plane = 0; plane < planes; plane++) {
      long start = Integer.toUnsignedLong(header.getInt(Integer.BYTES * (plane + 1)));
      int sample = plane / bytesPerSample;
      int shift = Byte.SIZE * (bytesPerSample - 1 - plane % bytesPerSample);
      byte[] decoded = unpack(frame, start, area);
      for (int i = 0; i < area; i++) {
        bits[i * samples + sample] |= (decoded[i] & 0xff) << shift;
      }
    }
    return Arrays.stream(bits).map(this::value).toArray();
  }

  private byte[] unpack(byte[] frame, long start, int area) {
    byte[] plane = new byte[area];
    int done = 0;
    long at = start;
    while (done < area) {
      if (at >= frame.length) {
        throw damaged("a run-length encoded segment ends too early");
      }
      int code = frame[(int) at++];
      if (code == -128) {
        continue;
      }
      int length = Math.min(code >= 0 ? code + 1 : 1 - code, area - done);
      if (at + (code >= 0 ? length : 1) > frame.length) {
        throw damaged("a run-length encoded segment ends too early");
      }
      if (code >= 0) {
        System.arraycopy(frame, (int) at, plane, done, length);
        at += code + 1;
      } else {
        Arrays.fill(plane, done, done + length, frame[(int) at++]);
      }
      done += length;
    }
    return plane;
  }

  /** Decodes JPEG and its relatives with the first reader that can. */
  private int[] decoded(byte[] frame) {
    String compression = COMPRESSIONS.get(file.syntax());
    Exception failure = null;
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(frame))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      while (readers.hasNext()) {
        ImageReader reader = readers.next();
        try {
          in.seek(0);
          reader.setInput(in, true, true);
          return values(reader);
        } catch (IOException | RuntimeException e) {
          // Readers throw all kinds of exceptions if the bytes are not what they expect.
          failure = e;
        } finally {
          reader.dispose();
        }
      }
    } catch (IOException e) {
      failure = e;
    }
    String reason =
        failure == null
            ? ""
            : " (%s)"
                .formatted(Optional.ofNullable(failure.getMessage()).orElse(failure.toString()));
    throw new DataException(
        "%s is compressed as %s, and no reader on the class path can read it%s: %s"
            .formatted(file.name(), compression, reason, REMEDIES.get(compression)),
        failure);
  }

  private int[] values(ImageReader reader) throws IOException {
    if (reader.getHeight(0) != height || reader.getWidth(0) != width) {
      throw new IOException(
          "it is %dx%d instead of %dx%d"
              .formatted(reader.getHeight(0), reader.getWidth(0), height, width));
    }
    CutOff cutOff = new CutOff();
    reader.addIIOReadWarningListener(cutOff);
    // The raster, because conversions of colors and grays are the task of the DICOM file.
    Raster raster =
        reader.canReadRaster() ? reader.readRaster(0, null) : reader.read(0).getRaster();
    if (cutOff.seen()) {
      throw new IOException("it ends too early");
    }
    if (raster.getNumBands() != samples) {
      throw new IOException(
          "it has %d samples for each pixel instead of %d"
              .formatted(raster.getNumBands(), samples));
    }
    int[] values = new int[(int) count()];
    int[] pixel = new int[samples];
    for (int i = 0; i < height * width; i++) {
      raster.getPixel(i % width + raster.getMinX(), i / width + raster.getMinY(), pixel);
      for (int s = 0; s < samples; s++) {
        values[i * samples + s] = value(pixel[s]);
      }
    }
    return values;
  }
}
