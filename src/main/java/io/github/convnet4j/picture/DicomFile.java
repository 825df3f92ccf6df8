package io.github.convnet4j.picture;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.HeapLimit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * The data elements of a DICOM file that describe an image, and its pixels as they are stored
 * (DICOM PS3.5 and PS3.10). Reads what is needed for images and skips the rest. Everything that a
 * file declares is checked against its length.
 */
final class DicomFile {
  /** A file starts with this many bytes of any content, followed by {@link #PREFIX}. */
  static final int PREAMBLE = 128;

  static final String PREFIX = "DICM";

  static final int PATIENT_ID = 0x00100020;
  static final int SERIES = 0x0020000E;
  static final int INSTANCE_NUMBER = 0x00200013;
  static final int POSITION = 0x00200032;
  static final int ORIENTATION = 0x00200037;
  static final int SAMPLES = 0x00280002;
  static final int PHOTOMETRIC = 0x00280004;
  static final int PLANAR = 0x00280006;
  static final int FRAMES = 0x00280008;
  static final int ROWS = 0x00280010;
  static final int COLUMNS = 0x00280011;
  static final int BITS_ALLOCATED = 0x00280100;
  static final int BITS_STORED = 0x00280101;
  static final int HIGH_BIT = 0x00280102;
  static final int SIGNED = 0x00280103;
  static final int PADDING_VALUE = 0x00280120;
  static final int WINDOW_CENTER = 0x00281050;
  static final int WINDOW_WIDTH = 0x00281051;
  static final int INTERCEPT = 0x00281052;
  static final int SLOPE = 0x00281053;
  static final int VOI_FUNCTION = 0x00281056;
  static final int MODALITY_TABLE = 0x00283000;
  static final int VOI_TABLE = 0x00283010;
  static final int PRESENTATION_SHAPE = 0x20500020;
  static final int FUNCTIONAL_GROUPS = 0x52009229;
  static final int PIXELS = 0x7FE00010;

  private static final int TRANSFER_SYNTAX = 0x00020010;
  private static final int ITEM = 0xFFFEE000;
  private static final int ITEM_END = 0xFFFEE00D;
  private static final int SEQUENCE_END = 0xFFFEE0DD;

  private static final Set<Integer> KEPT =
      Set.of(
          PATIENT_ID,
          SERIES,
          INSTANCE_NUMBER,
          POSITION,
          ORIENTATION,
          SAMPLES,
          PHOTOMETRIC,
          PLANAR,
          FRAMES,
          ROWS,
          COLUMNS,
          BITS_ALLOCATED,
          BITS_STORED,
          HIGH_BIT,
          SIGNED,
          PADDING_VALUE,
          WINDOW_CENTER,
          WINDOW_WIDTH,
          INTERCEPT,
          SLOPE,
          VOI_FUNCTION,
          MODALITY_TABLE,
          VOI_TABLE,
          PRESENTATION_SHAPE,
          FUNCTIONAL_GROUPS,
          TRANSFER_SYNTAX,
          PIXELS);

  private static final String IMPLICIT_LITTLE = "1.2.840.10008.1.2";
  private static final String EXPLICIT_BIG = "1.2.840.10008.1.2.2";
  private static final String DEFLATED = "1.2.840.10008.1.2.1.99";

  /** Value representations whose length takes four bytes, after two unused ones. */
  private static final Set<String> LONG_VALUES =
      Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");

  private static final Set<String> SHORT_VALUES =
      Set.of(
          "AE", "AS", "AT", "CS", "DA", "DS", "DT", "FL", "FD", "IS", "LO", "LT", "PN", "SH", "SL",
          "SS", "ST", "TM", "UI", "UL", "US");

  /** The transfer syntax is one of the first elements, within this many bytes. */
  private static final int META = 2048;

  private static final long UNDEFINED = 0xFFFFFFFFL;

  /** Sequences may be nested this deep. Real files have two or three levels. */
  private static final int DEEPEST = 64;

  private final String name;
  private final Map<Integer, Element> elements = new HashMap<>();
  private ByteBuffer bytes;
  private boolean explicit = true;
  private String syntax = "";

  private DicomFile(String name, byte[] bytes) {
    this.name = name;
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * A data element.
   *
   * @param representation two letters; empty if the file leaves it out
   * @param length of its value in bytes, or {@link #UNDEFINED}
   * @param position where its value starts
   */
  private record Element(int tag, String representation, long length, int position) {
    String title() {
      return "(%04X,%04X)".formatted(tag >>> 16, tag & 0xffff);
    }
  }

  /**
   * Reads a file's data elements, up to its pixels.
   *
   * @param name what messages call the file
   * @throws DataException if it is not a DICOM file, or a damaged one
   */
  static DicomFile parse(String name, byte[] bytes) {
    if (!isDicom(bytes)) {
      throw new DataException(
          "%s is not a DICOM file, because it does not have DICM at byte %d: give a DICOM file of part 10"
              .formatted(name, PREAMBLE));
    }
    DicomFile file = new DicomFile(name, bytes);
    try {
      file.bytes.position(PREAMBLE + PREFIX.length());
      file.readMeta();
      file.readDataSet();
      return file;
    } catch (BufferUnderflowException e) {
      throw new DataException(name + " is truncated: get it again", e);
    }
  }

  /** Whether the bytes start as a DICOM file does. */
  static boolean isDicom(byte[] bytes) {
    return bytes.length >= PREAMBLE + PREFIX.length()
        && new String(bytes, PREAMBLE, PREFIX.length(), StandardCharsets.ISO_8859_1).equals(PREFIX);
  }

  /** Whether the bytes start as a DICOM file does whose data elements are compressed. */
  static boolean isDeflated(byte[] bytes) {
    return isDicom(bytes)
        && new String(bytes, 0, Math.min(bytes.length, META), StandardCharsets.ISO_8859_1)
            .contains(DEFLATED);
  }

  private DataException fault(String what) {
    return new DataException("%s is a damaged DICOM file: %s: get it again".formatted(name, what));
  }

  /** Reads group 2, which says how the rest is written. */
  private void readMeta() {
    while (bytes.remaining() >= Long.BYTES
        && Short.toUnsignedInt(bytes.getShort(bytes.position())) == 2) {
      keep(next());
    }
    syntax =
        text(TRANSFER_SYNTAX)
            .orElseThrow(() -> fault("it does not say its transfer syntax (0002,0010)"));
    if (syntax.equals(DEFLATED)) {
      bytes = ByteBuffer.wrap(inflated()).order(ByteOrder.LITTLE_ENDIAN);
      elements.clear();
    }
    if (syntax.equals(EXPLICIT_BIG)) {
      bytes.order(ByteOrder.BIG_ENDIAN);
    }
    explicit = !syntax.equals(IMPLICIT_LITTLE);
  }

  private byte[] inflated() {
    Inflater inflater = new Inflater(true);
    int most = (int) Math.min(HeapLimit.ofProcess().bytes() / 2, HeapLimit.LARGEST_ARRAY);
    try (InflaterInputStream in =
        new InflaterInputStream(
            new ByteArrayInputStream(bytes.array(), bytes.position(), bytes.remaining()),
            inflater)) {
      byte[] all = in.readNBytes(most);
      if (in.read() != -1) {
        throw new DataException(
            "%s takes more than %d MB when decompressed: give a smaller file, or give Java a larger heap with -Xmx"
                .formatted(name, HeapLimit.megabytes(most)));
      }
      return all;
    } catch (IOException e) {
      throw new DataException(
          "%s is a damaged DICOM file (%s): get it again".formatted(name, e.getMessage()), e);
    } finally {
      inflater.end();
    }
  }

  private void readDataSet() {
    while (bytes.remaining() >= Long.BYTES) {
      Element element = next();
      if (element.tag() == PIXELS && element.length() == UNDEFINED) {
        elements.put(PIXELS, element);
        return;
      }
      keep(element);
      if (element.tag() == PIXELS) {
        return;
      }
    }
  }

  private void keep(Element element) {
    if (KEPT.contains(element.tag())) {
      elements.putIfAbsent(element.tag(), element);
    }
    skip(element, explicit, 0);
  }

  private Element next() {
    return next(explicit);
  }

  private Element next(boolean withRepresentation) {
    int tag = Short.toUnsignedInt(bytes.getShort()) << 16 | Short.toUnsignedInt(bytes.getShort());
    if (!withRepresentation || tag >>> 16 == ITEM >>> 16) {
      long length = Integer.toUnsignedLong(bytes.getInt());
      return new Element(tag, "", length, bytes.position());
    }
    String letters = "" + (char) (bytes.get() & 0xff) + (char) (bytes.get() & 0xff);
    if (LONG_VALUES.contains(letters)) {
      bytes.getShort();
      long length = Integer.toUnsignedLong(bytes.getInt());
      return new Element(tag, letters, length, bytes.position());
    }
    if (!SHORT_VALUES.contains(letters)) {
      throw fault(
          "element %s has no known value representation"
              .formatted(new Element(tag, letters, 0, 0).title()));
    }
    long length = Short.toUnsignedInt(bytes.getShort());
    return new Element(tag, letters, length, bytes.position());
  }

  private void skip(Element element, boolean withRepresentation, int depth) {
    if (element.length() != UNDEFINED) {
      if (element.length() > bytes.remaining()) {
        throw new DataException(
            "%s is truncated, because element %s declares %d bytes and only %d follow: get it again"
                .formatted(name, element.title(), element.length(), bytes.remaining()));
      }
      bytes.position(bytes.position() + (int) element.length());
      return;
    }
    if (depth == DEEPEST) {
      throw fault("its sequences are nested more than %d deep".formatted(DEEPEST));
    }
    boolean unknown = element.representation().equals("UN");
    ByteOrder order = bytes.order();
    // What an unknown element contains is always implicit and little-endian (PS3.5, 6.2.2).
    bytes.order(unknown ? ByteOrder.LITTLE_ENDIAN : order);
    for (Element item = next(false); item.tag() != SEQUENCE_END; item = next(false)) {
      if (item.tag() != ITEM) {
        throw fault("sequence %s holds %s".formatted(element.title(), item.title()));
      }
      if (item.length() == UNDEFINED) {
        skipItem(withRepresentation && !unknown, depth + 1);
      } else {
        skip(item, false, depth);
      }
    }
    bytes.order(order);
  }

  private void skipItem(boolean withRepresentation, int depth) {
    for (Element element = next(withRepresentation);
        element.tag() != ITEM_END;
        element = next(withRepresentation)) {
      skip(element, withRepresentation, depth);
    }
  }

  /** What messages call the file. */
  String name() {
    return name;
  }

  /** Returns the identifier of the transfer syntax. */
  String syntax() {
    return syntax;
  }

  boolean has(int tag) {
    return elements.containsKey(tag);
  }

  /** Returns an element's text, without the spaces around it; nothing if it is missing or empty. */
  Optional<String> text(int tag) {
    Element element = elements.get(tag);
    if (element == null || element.length() == UNDEFINED) {
      return Optional.empty();
    }
    String text =
        new String(
                bytes.array(),
                element.position(),
                (int) element.length(),
                StandardCharsets.ISO_8859_1)
            .replace('\0', ' ')
            .strip();
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  /** Returns the numbers that an element holds as text; an empty list if it is missing. */
  List<Double> numbers(int tag) {
    return text(tag).stream()
        .flatMap(text -> Arrays.stream(text.split("\\\\", -1)))
        .map(number -> parse(tag, number.strip()))
        .toList();
  }

  private double parse(int tag, String number) {
    try {
      double value = Double.parseDouble(number);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new DataException(notNumber(tag, number), e);
    }
    throw new DataException(notNumber(tag, number));
  }

  private String notNumber(int tag, String number) {
    return "%s is a damaged DICOM file: element %s must be a number: %s: get it again"
        .formatted(name, new Element(tag, "", 0, 0).title(), number);
  }

  /** Returns an unsigned integer of 16 bits. */
  OptionalInt integer(int tag) {
    Element element = elements.get(tag);
    if (element == null || element.length() == 0) {
      return OptionalInt.empty();
    }
    if (element.length() < Short.BYTES || element.length() == UNDEFINED) {
      throw fault("element %s must be an integer of 16 bits".formatted(element.title()));
    }
    return OptionalInt.of(Short.toUnsignedInt(bytes.getShort(element.position())));
  }

  /**
   * Returns an unsigned integer of 16 bits.
   *
   * @throws DataException if it is missing
   */
  int required(int tag) {
    return integer(tag)
        .orElseThrow(
            () -> fault("element %s is missing".formatted(new Element(tag, "", 0, 0).title())));
  }

  /** Whether the pixels are compressed, and so in fragments. */
  boolean isEncapsulated() {
    return elements.get(PIXELS).length() == UNDEFINED;
  }

  /** Whether the pixels are written as words of 16 bits. */
  boolean hasWords() {
    return elements.get(PIXELS).representation().equals("OW");
  }

  ByteOrder order() {
    return bytes.order();
  }

  /** Returns the pixels as they are stored, uncompressed. */
  ByteBuffer stored() {
    Element pixels = elements.get(PIXELS);
    return bytes.slice(pixels.position(), (int) pixels.length()).order(bytes.order());
  }

  /** Returns the fragments of the compressed pixels, joined. */
  byte[] frame() {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    bytes.position(elements.get(PIXELS).position());
    try {
      Element table = next(false);
      if (table.tag() != ITEM) {
        throw fault("its pixels hold " + table.title());
      }
      skip(table, false, 0);
      for (Element item = next(false); item.tag() != SEQUENCE_END; item = next(false)) {
        if (item.tag() != ITEM || item.length() == UNDEFINED) {
          throw fault("its pixels hold " + item.title());
        }
        skip(item, false, 0);
        frame.write(bytes.array(), item.position(), (int) item.length());
      }
    } catch (BufferUnderflowException e) {
      throw new DataException(name + " is truncated: get it again", e);
    }
    return frame.toByteArray();
  }
}
