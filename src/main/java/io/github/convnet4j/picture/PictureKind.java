package io.github.convnet4j.picture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/** The format of a picture file, recognized by its extension or its first bytes. */
public enum PictureKind {
  // First, because what precedes the four letters may be the start of a TIFF file.
  DICOM("DICOM", "dcm|dicom", ".{128}DICM"),
  PNG("PNG", "png", "\\x89PNG\\r\\n"),
  JPEG("JPEG", "jpg|jpeg|jpe|jfif", "\\xff\\xd8\\xff"),
  GIF("GIF", "gif", "GIF8"),
  // Text could start with the same two letters. The four bytes at offset 6 are reserved and zero.
  BMP("BMP", "bmp", "BM.{4}\\x00{4}"),
  TIFF("TIFF", "tif|tiff", "II\\*\\x00|MM\\x00\\*"),
  BIG_TIFF("BigTIFF", "", "II\\+\\x00|MM\\x00\\+"),
  WEBP("WebP", "", "RIFF.{4}WEBP"),
  AVIF("AVIF", "", ".{4}ftypavi"),
  HEIF("HEIF", "", ".{4}ftyp(?:he|mif1)"),
  JPEG_2000("JPEG 2000", "", ".{4}jP  "),
  JPEG_XL("JPEG XL", "", ".{4}JXL |\\xff\\n"),
  PHOTOSHOP("PSD", "", "8BPS");

  /** The formats that every Java platform reads, for messages. */
  public static final String READABLE = "PNG, JPEG, GIF, BMP or TIFF";

  /** This many bytes are enough to recognize a format. */
  private static final int HEAD = 132;

  private final String title;
  private final Pattern endings;
  private final Pattern content;

  /**
   * A format.
   *
   * @param endings the extensions of its files; empty for a format that some Java platforms cannot
   *     read
   * @param content the first bytes, each as a character
   */
  PictureKind(String title, String endings, String content) {
    this.title = title;
    this.endings = Pattern.compile(endings);
    this.content = Pattern.compile(content, Pattern.DOTALL);
  }

  /** Whether a file has the extension of a format that every Java platform reads. */
  public static boolean hasPictureName(Path file) {
    String name = file.getFileName().toString();
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return !ending.isEmpty()
        && Arrays.stream(values()).anyMatch(kind -> kind.endings.matcher(ending).matches());
  }

  /** Returns the format recognized by a file's first bytes; empty if it is not a picture. */
  public static Optional<PictureKind> in(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in.readNBytes(HEAD));
    }
  }

  /** Returns the format recognized by the first bytes; empty if they are not of a picture. */
  static Optional<PictureKind> of(byte[] file) {
    String head = new String(file, 0, Math.min(HEAD, file.length), StandardCharsets.ISO_8859_1);
    return Arrays.stream(values())
        .filter(kind -> kind.content.matcher(head).lookingAt())
        .findFirst();
  }

  /** Whether this Java platform, with the plug-ins on the class path, can read it. */
  public boolean isReadable() {
    return this == DICOM || ImageIO.getImageReadersByFormatName(title).hasNext();
  }

  /** Returns why a file of this format cannot be read, as a part of a sentence. */
  public String whyNotReadable() {
    return this == WEBP
        ? "in WebP format, which needs com.github.usefulness:webp-imageio on the class path"
        : "in %s format, which is not supported".formatted(this);
  }

  /** Returns the usual name of the format. */
  @Override
  public String toString() {
    return title;
  }
}
