package io.github.convnet4j.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Writes DICOM files, element by element. */
public final class DicomFiles {
  /** Transfer syntaxes. */
  public enum Syntax {
    IMPLICIT_LITTLE("1.2.840.10008.1.2"),
    EXPLICIT_LITTLE("1.2.840.10008.1.2.1"),
    EXPLICIT_BIG("1.2.840.10008.1.2.2"),
    RLE("1.2.840.10008.1.2.5"),
    JPEG("1.2.840.10008.1.2.4.50"),
    JPEG_LS("1.2.840.10008.1.2.4.80");

    private final String uid;

    Syntax(String uid) {
      this.uid = uid;
    }
  }

  private final Syntax syntax;
  private final ByteOrder order;
  private final Map<Integer, byte[]> elements = new TreeMap<>();
  private final Map<Integer, String> representations = new TreeMap<>();

  private DicomFiles(Syntax syntax) {
    this.syntax = syntax;
    this.order = syntax == Syntax.EXPLICIT_BIG ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  /** Returns a gray image with values of 16 bits, 12 of them used, unsigned. */
  public static DicomFiles grey(Syntax syntax, int height, int width) {
    return new DicomFiles(syntax)
        .text(DicomFile.PHOTOMETRIC, "CS", "MONOCHROME2")
        .number(DicomFile.SAMPLES, 1)
        .number(DicomFile.ROWS, height)
        .number(DicomFile.COLUMNS, width)
        .number(DicomFile.BITS_ALLOCATED, 16)
        .number(DicomFile.BITS_STORED, 12)
        .number(DicomFile.HIGH_BIT, 11)
        .number(DicomFile.SIGNED, 0);
  }

  /** Returns an RGB image with values of 8 bits. */
  static DicomFiles rgb(Syntax syntax, int height, int width) {
    return grey(syntax, height, width)
        .text(DicomFile.PHOTOMETRIC, "CS", "RGB")
        .number(DicomFile.SAMPLES, 3)
        .bits(8, 8);
  }

  DicomFiles bits(int allocated, int stored) {
    return number(DicomFile.BITS_ALLOCATED, allocated)
        .number(DicomFile.BITS_STORED, stored)
        .number(DicomFile.HIGH_BIT, stored - 1);
  }

  /** Sets an integer of 16 bits. */
  DicomFiles number(int tag, int value) {
    representations.put(tag, "US");
    elements.put(tag, ByteBuffer.allocate(2).order(order).putShort((short) value).array());
    return this;
  }

  /** Sets a text. */
  public DicomFiles text(int tag, String representation, String value) {
    representations.put(tag, representation);
    String padded = value.length() % 2 == 0 ? value : value + " ";
    elements.put(tag, padded.getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  /** Sets rescale slope and intercept. */
  public DicomFiles rescale(double slope, double intercept) {
    return text(DicomFile.SLOPE, "DS", String.valueOf(slope))
        .text(DicomFile.INTERCEPT, "DS", String.valueOf(intercept));
  }

  /** Sets windows, separated by backslashes. */
  public DicomFiles window(String centers, String widths) {
    return text(DicomFile.WINDOW_CENTER, "DS", centers).text(DicomFile.WINDOW_WIDTH, "DS", widths);
  }

  /** Sets patient, series and place. */
  public DicomFiles in(String patient, String series, int number, double z) {
    return text(DicomFile.PATIENT_ID, "LO", patient)
        .text(DicomFile.SERIES, "UI", series)
        .text(DicomFile.INSTANCE_NUMBER, "IS", String.valueOf(number))
        .text(DicomFile.POSITION, "DS", "0\\0\\" + z)
        .text(DicomFile.ORIENTATION, "DS", "1\\0\\0\\0\\1\\0");
  }

  /** Returns the file with values of 16 bits. */
  public byte[] values(int... values) {
    ByteBuffer pixels = ByteBuffer.allocate(2 * values.length).order(order);
    for (int value : values) {
      pixels.putShort((short) value);
    }
    return file("OW", pixels.array(), false);
  }

  /** Returns the file with pixels of 8 bits. */
  byte[] bytes(byte... values) {
    return file("OB", values, false);
  }

  /** Returns the file with a compressed picture, in two fragments. */
  byte[] compressed(byte... frame) {
    int half = frame.length / 4 * 2;
    ByteArrayOutputStream items = new ByteArrayOutputStream();
    items.writeBytes(item(0xE000, new byte[0]));
    items.writeBytes(item(0xE000, java.util.Arrays.copyOf(frame, half)));
    items.writeBytes(item(0xE000, java.util.Arrays.copyOfRange(frame, half, frame.length)));
    items.writeBytes(item(0xE0DD, new byte[0]));
    return file("OB", items.toByteArray(), true);
  }

  private byte[] item(int element, byte[] value) {
    ByteBuffer item = ByteBuffer.allocate(8 + value.length).order(order);
    return item.putShort((short) 0xFFFE)
        .putShort((short) element)
        .putInt(value.length)
        .put(value)
        .array();
  }

  private byte[] file(String representation, byte[] pixels, boolean undefined) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[DicomFile.PREAMBLE]);
    file.writeBytes(DicomFile.PREFIX.getBytes(StandardCharsets.US_ASCII));
    String uid = syntax.uid.length() % 2 == 0 ? syntax.uid : syntax.uid + "\0";
    file.writeBytes(
        element(
            ByteOrder.LITTLE_ENDIAN,
            true,
            0x00020010,
            "UI",
            uid.getBytes(StandardCharsets.US_ASCII),
            false));
    boolean explicit = syntax != Syntax.IMPLICIT_LITTLE;
    // A sequence that is to be skipped, with an item and a sequence in it of undefined length.
    file.writeBytes(element(order, explicit, 0x00081140, "SQ", nested(explicit), true));
    elements.forEach(
        (tag, value) ->
            file.writeBytes(element(order, explicit, tag, representations.get(tag), value, false)));
    file.writeBytes(element(order, explicit, DicomFile.PIXELS, representation, pixels, undefined));
    return file.toByteArray();
  }

  private byte[] nested(boolean explicit) {
    ByteArrayOutputStream items = new ByteArrayOutputStream();
    items.writeBytes(
        ByteBuffer.allocate(8)
            .order(order)
            .putShort((short) 0xFFFE)
            .putShort((short) 0xE000)
            .putInt(-1)
            .array());
    items.writeBytes(
        element(order, explicit, 0x00081150, "UI", new byte[] {'1', '.', '2', 0}, false));
    items.writeBytes(element(order, explicit, 0x00081199, "SQ", item(0xE0DD, new byte[0]), true));
    items.writeBytes(item(0xE00D, new byte[0]));
    items.writeBytes(item(0xE0DD, new byte[0]));
    return items.toByteArray();
  }

  private static byte[] element(
      ByteOrder order,
      boolean explicit,
      int tag,
      String representation,
      byte[] value,
      boolean undefined) {
    ByteBuffer element = ByteBuffer.allocate(12 + value.length).order(order);
    element.putShort((short) (tag >>> 16)).putShort((short) tag);
    int length = undefined ? -1 : value.length;
    if (!explicit) {
      element.putInt(length);
    } else {
      element.put(representation.getBytes(StandardCharsets.US_ASCII));
      if (representation.equals("OB")
          || representation.equals("OW")
          || representation.equals("SQ")) {
        element.putShort((short) 0).putInt(length);
      } else {
        element.putShort((short) length);
      }
    }
    element.put(value);
    return java.util.Arrays.copyOf(element.array(), element.position());
  }
}
