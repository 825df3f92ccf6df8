package io.github.convnet4j.picture;

import io.github.convnet4j.check.FileStamp;
import io.github.convnet4j.check.IoReason;
import io.github.convnet4j.check.Missing;
import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.HeapLimit;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.plugins.tiff.BaselineTIFFTagSet;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.plugins.tiff.TIFFField;
import javax.imageio.stream.ImageInputStream;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/**
 * The content of a picture file, not decoded yet. Damaged and hostile content gives a {@link
 * DataException}.
 */
final class PictureFile {
  private static final String GIVE = "give a %s file".formatted(PictureKind.READABLE);

  /**
   * The largest number of pixels that a byte can stand for in these formats. A deflated byte
   * expands to at most 1032 bytes, each of 8 pixels in a PNG of one bit per pixel. GIF and JPEG
   * expand less. In other formats, rows may take no bytes at all.
   */
  private static final long MOST_PIXELS_PER_BYTE = 8 * 1032;

  private static final long MOST_EXPANSION = 1032;

  private static final Set<String> BOUNDED = Set.of("png", "gif", "jpeg");

  /** The formats whose metadata is used. */
  private static final Set<PictureKind> WITH_METADATA =
      EnumSet.of(PictureKind.GIF, PictureKind.TIFF);

  /** Besides its own raster, a picture takes three bytes per pixel as RGB, and one as gray. */
  private static final int BYTES_PER_PIXEL = 4;

  /**
   * Three samples, each as three numbers: its value, the decoder's copy, and what is made of it.
   */
  private static final int MOST_BYTES_PER_DICOM_PIXEL = 3 * 3 * Integer.BYTES;

  /** Where a GIF's header has the width and the height of the screen. */
  private static final int GIF_WIDTH = 6;

  private static final int GIF_HEIGHT = 8;

  /** Where a WebP has its length, which does not count the header of eight bytes. */
  private static final int RIFF_LENGTH = 4;

  private static final int RIFF_HEADER = 8;

  private static final PictureFormat.Rgb WHITE = PictureFormat.Rgb.grey(255);

  /** What messages call the file: its path, or how it was given. */
  private final String name;

  private final byte[] bytes;

  private PictureFile(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  /**
   * Reads the bytes of a file.
   *
   * @throws DataException if that fails
   */
  static PictureFile of(Path file) {
    if (!Files.exists(file)) {
      throw new DataException(Missing.sentence(file, GIVE));
    }
    if (!Files.isRegularFile(file)) {
      throw new DataException("%s is not a file: %s".formatted(file, GIVE));
    }
    if (!Files.isReadable(file)) {
      throw new DataException(file + " cannot be read: check its permissions");
    }
    // Not from a File, which cannot open names with characters that the locale's charset lacks.
    try (InputStream in = Files.newInputStream(file)) {
      FileStamp stamp = FileStamp.beforeReading(file);
      PictureFile read = of(file.toString(), in);
      stamp.check();
      return read;
    } catch (IOException e) {
      throw new DataException("%s cannot be read: %s".formatted(file, IoReason.of(e)), e);
    }
  }

  /**
   * Reads the bytes of a stream to its end.
   *
   * @throws DataException if that fails
   */
  static PictureFile of(InputStream stream) {
    String name = "the picture from the stream";
    try {
      return of(name, stream);
    } catch (IOException e) {
      throw new DataException("%s cannot be read: %s".formatted(name, IoReason.of(e)), e);
    }
  }

  private static PictureFile of(String name, InputStream in) throws IOException {
    try {
      return new PictureFile(name, in.readAllBytes());
    } catch (OutOfMemoryError e) {
      throw tooLarge(name, e);
    }
  }

  /** Returns a picture whose bytes are in memory. */
  static PictureFile of(byte[] bytes) {
    return new PictureFile("the file", bytes);
  }

  /** Decodes the picture, and converts it to the format. */
  Picture read(PictureFormat format) {
    if (DicomFile.isDicom(bytes)) {
      return format.apply(dicom(format.range()));
    }
    Picture stored =
        open(
            reader -> {
              Picture first =
                  PictureColours.ofDecoded(name, decode(reader), format.range())
                      .framed(screen(reader), WHITE);
              return first.remark().isPresent() ? first : first.withRemark(others(reader));
            });
    try {
      return format.apply(stored.upright(orientation())).withRemark(stored.remark());
    } catch (OutOfMemoryError e) {
      throw tooLarge(e);
    }
  }

  private Picture dicom(Optional<PictureFormat.Range> range) {
    DicomSlice slice = DicomSlice.of(name, bytes);
    return range
        .map(chosen -> slice.picture(DicomWindow.between(chosen.black(), chosen.white())))
        .orElseGet(slice::picture);
  }

  /** Returns the size of the upright picture, without decoding it. */
  PictureFormat.Size size() {
    if (DicomFile.isDicom(bytes)) {
      return DicomSlice.size(name, bytes);
    }
    return orientation().upright(open(reader -> screen(reader).size()));
  }

  /** Returns how many bytes of memory decoding the picture takes, without decoding it. */
  long decodingBytes() {
    if (DicomFile.isDeflated(bytes)) {
      return MOST_EXPANSION * bytes.length; // Its size is in the compressed part.
    }
    if (DicomFile.isDicom(bytes)) {
      PictureFormat.Size size = DicomSlice.size(name, bytes);
      return (long) size.height() * size.width() * MOST_BYTES_PER_DICOM_PIXEL;
    }
    return open(this::decodingBytes);
  }

  /** Returns what messages call the file. */
  String name() {
    return name;
  }

  /** Returns the format; empty if only a plug-in knows it. */
  Optional<PictureKind> kind() {
    return PictureKind.of(bytes);
  }

  /** Returns how the picture must be turned to be upright. */
  Orientation orientation() {
    return Orientation.of(bytes);
  }

  /** Decodes the picture, not upright yet. */
  BufferedImage image() {
    return open(this::decode);
  }

  /** Decodes the picture, and refuses one that ends too early. */
  private BufferedImage decode(ImageReader reader) throws IOException {
    CutOff cutOff = new CutOff();
    reader.addIIOReadWarningListener(cutOff);
    checkColors(reader);
    BufferedImage image = reader.read(0, parameters(reader));
    if (cutOff.seen()) {
      throw new IOException("it ends too early");
    }
    return image;
  }

  /** Refuses Lab in a TIFF, which Java's reader would convert to linear light. */
  private void checkColors(ImageReader reader) throws IOException {
    if (kind().equals(Optional.of(PictureKind.TIFF))) {
      TIFFField colors =
          TIFFDirectory.createFromMetadata(reader.getImageMetadata(0))
              .getTIFFField(BaselineTIFFTagSet.TAG_PHOTOMETRIC_INTERPRETATION);
      if (colors != null
          && colors.getAsInt(0) == BaselineTIFFTagSet.PHOTOMETRIC_INTERPRETATION_CIELAB) {
        throw new DataException("%s holds Lab colors: convert it to RGB".formatted(name));
      }
    }
  }

  /** Returns a sentence about a file that holds more pictures than the first, which is read. */
  private Optional<String> others(ImageReader reader) {
    if (kind().filter(WITH_METADATA::contains).isEmpty()) {
      return Optional.empty();
    }
    try {
      reader.getWidth(1);
      return isOfFirst(reader)
          ? Optional.empty()
          : Optional.of(name + " holds several pictures, of which only the first is read");
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // There is no second one, or none that could be read.
    }
  }

  /** Whether the second picture of a TIFF is the first one again, smaller, or a mask for it. */
  private boolean isOfFirst(ImageReader reader) throws IOException {
    if (!kind().equals(Optional.of(PictureKind.TIFF))) {
      return false;
    }
    TIFFField type =
        TIFFDirectory.createFromMetadata(reader.getImageMetadata(1))
            .getTIFFField(BaselineTIFFTagSet.TAG_NEW_SUBFILE_TYPE);
    int ofFirst =
        BaselineTIFFTagSet.NEW_SUBFILE_TYPE_REDUCED_RESOLUTION
            | BaselineTIFFTagSet.NEW_SUBFILE_TYPE_TRANSPARENCY;
    return type != null && (type.getAsInt(0) & ofFirst) != 0;
  }

  /**
   * Returns parameters for decoding. A JPEG gets an image in the order red, green, blue, which is
   * filled faster than Java's own choice, and whose array can be used as it is. The image has the
   * file's color profile, so that colors are not converted. Java's JPEG reader would convert them,
   * unlike its other readers, Pillow and TensorFlow.
   */
  private ImageReadParam parameters(ImageReader reader) throws IOException {
    ImageReadParam parameters = reader.getDefaultReadParam();
    if (kind().equals(Optional.of(PictureKind.JPEG))) {
      List<ColorSpace> spaces =
          stream(reader.getImageTypes(0))
              .map(type -> type.getColorModel().getColorSpace())
              .toList();
      if (spaces.get(0).getType() == ColorSpace.TYPE_RGB) {
        ColorSpace profile =
            spaces.stream()
                .filter(space -> space.getType() == ColorSpace.TYPE_RGB && !space.isCS_sRGB())
                .findFirst()
                .orElse(spaces.get(0));
        parameters.setDestination(
            ImageTypeSpecifier.createInterleaved(
                    profile, new int[] {0, 1, 2}, DataBuffer.TYPE_BYTE, false, false)
                .createBufferedImage(reader.getWidth(0), reader.getHeight(0)));
      }
    }
    return parameters;
  }

  /**
   * Returns the part of the plane that the picture shows, relative to the image. The first frame of
   * a GIF may cover only a part of it.
   */
  private Frame screen(ImageReader reader) throws IOException {
    int height = reader.getHeight(0);
    int width = reader.getWidth(0);
    if (!kind().equals(Optional.of(PictureKind.GIF))) {
      return new Frame(0, 0, height, width);
    }
    Node metadata = reader.getImageMetadata(0).getAsTree("javax_imageio_gif_image_1.0");
    NamedNodeMap place =
        ((IIOMetadataNode) metadata)
            .getElementsByTagName("ImageDescriptor")
            .item(0)
            .getAttributes();
    int top = Integer.parseInt(place.getNamedItem("imageTopPosition").getNodeValue());
    int left = Integer.parseInt(place.getNamedItem("imageLeftPosition").getNodeValue());
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return new Frame(
        -top,
        -left,
        Math.max(header.getShort(GIF_HEIGHT) & 0xffff, top + height),
        Math.max(header.getShort(GIF_WIDTH) & 0xffff, left + width));
  }

  /** Uses a reader. */
  private interface Use<T> {
    T of(ImageReader reader) throws IOException;
  }

  /** Opens the picture, and checks its size before anything is decoded. */
  private <T> T open(Use<T> use) {
    try (ImageInputStream in = new BytesInput(bytes)) {
      ImageReader reader = reader(in).orElseThrow(this::noPicture);
      try {
        reader.setInput(in, true, kind().filter(WITH_METADATA::contains).isEmpty());
        checkLength();
        checkSize(reader);
        return use.of(reader);
      } finally {
        reader.dispose();
      }
    } catch (DataException e) {
      throw e;
    } catch (IOException | RuntimeException | LinkageError e) {
      // Readers throw almost anything if the bytes are not what they expect, and plug-ins a
      // LinkageError if they lack a library for this machine.
      throw faulty(e);
    } catch (OutOfMemoryError e) {
      throw tooLarge(e);
    }
  }

  /** Returns a reader of the JDK, or else of a plug-in, so that plug-ins change no result. */
  private static Optional<ImageReader> reader(ImageInputStream in) {
    return stream(ImageIO.getImageReaders(in))
        .reduce((first, next) -> isOfJdk(next) && !isOfJdk(first) ? next : first);
  }

  private static <T> Stream<T> stream(Iterator<T> all) {
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(all, 0), false);
  }

  private static boolean isOfJdk(ImageReader reader) {
    return reader.getClass().getModule() == ImageIO.class.getModule();
  }

  private DataException tooLarge(OutOfMemoryError e) {
    return tooLarge(name, e);
  }

  private static DataException tooLarge(String name, OutOfMemoryError e) {
    return new DataException(
        "%s takes more memory than the heap has left: give a smaller picture, or give Java a larger heap with -Xmx"
            .formatted(name),
        e);
  }

  private DataException noPicture() {
    return new DataException(
        "%s is %s: %s"
            .formatted(
                name, kind().map(PictureKind::whyNotReadable).orElse("not a picture"), GIVE));
  }

  private DataException faulty(Throwable e) {
    String reason =
        e instanceof IOException io
            ? IoReason.of(io)
            : Optional.ofNullable(e.getMessage()).orElse(e.toString());
    return new DataException(
        "%s is a damaged picture, or in an unusual format (%s): %s".formatted(name, reason, GIVE),
        e);
  }

  /** Checks that a WebP is as long as it says. Its reader takes what is missing for zeros. */
  private void checkLength() throws IOException {
    if (kind().equals(Optional.of(PictureKind.WEBP))) {
      long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(RIFF_LENGTH);
      if ((length & 0xffffffffL) + RIFF_HEADER > bytes.length) {
        throw new IOException("it ends too early");
      }
    }
  }

  /** Checks the size before any memory is allocated, because a header may declare anything. */
  private void checkSize(ImageReader reader) throws IOException {
    Frame screen = screen(reader);
    long height = screen.height();
    long width = screen.width();
    String what = "%s: its %dx%d pixels".formatted(name, height, width);
    String format = reader.getFormatName().toLowerCase(Locale.ROOT);
    if (height * width * 3 > HeapLimit.LARGEST_ARRAY) {
      throw new DataException(what + " are more than an array can hold: give a smaller picture");
    }
    if (BOUNDED.contains(format) && height * width / MOST_PIXELS_PER_BYTE > bytes.length) {
      throw new DataException(
          "%s are more than its %d bytes can hold: get it again".formatted(what, bytes.length));
    }
    long needed = decodingBytes(reader);
    long limit = HeapLimit.ofProcess().bytes();
    if (needed > limit) {
      throw new DataException(
          "%s take %d MB, but only %d MB of the heap are for images: give a smaller picture, or give Java a larger heap with -Xmx%dm"
              .formatted(
                  what,
                  HeapLimit.megabytes(needed),
                  HeapLimit.megabytes(limit),
                  HeapLimit.recommended(needed)));
    }
  }

  private long decodingBytes(ImageReader reader) throws IOException {
    Frame screen = screen(reader);
    long pixels = (long) screen.height() * screen.width();
    ImageTypeSpecifier raw = reader.getRawImageType(0);
    long bits = raw == null ? 4 * Byte.SIZE : raw.getColorModel().getPixelSize();
    return pixels * bits / Byte.SIZE + pixels * BYTES_PER_PIXEL;
  }
}
