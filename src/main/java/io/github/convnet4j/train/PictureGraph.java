package io.github.convnet4j.train;

import io.github.convnet4j.natives.GraphOps;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.picture.PictureFormat.Colour;
import io.github.convnet4j.picture.PictureFormat.Fit;
import io.github.convnet4j.picture.PictureFormat.Interpolation;
import io.github.convnet4j.picture.PictureFormat.Rgb;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.image.DecodeJpeg;
import org.tensorflow.op.image.DecodePng;
import org.tensorflow.op.image.ScaleAndTranslate;
import org.tensorflow.op.io.DecodeRaw;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint16;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/**
 * Decodes picture files and converts them to a format with TensorFlow's operations, as {@link
 * PictureFormat} does it in Java. It reads only PNG and JPEG, and ignores the orientation of the
 * camera. All else is the same but for rounding.
 */
final class PictureGraph {
  private static final int WHITE = 255;

  /** How many values of 16 bits make up a step of 8 bits. */
  private static final int STEP_OF_16 = 257;

  /** The position in a PNG file of the number of bits of its values. */
  private static final int PNG_BITS_AT = 24;

  /** The position in a PNG file of its width, a number of four bytes, which its height follows. */
  private static final int PNG_SIZE_AT = 16;

  /**
   * The largest number of pixels of a picture, 67 million. While it is converted, a pixel takes
   * some 50 bytes. A few kilobytes can hold more pixels than any memory, and some of TensorFlow's
   * kernels end the process if they get no memory.
   */
  static final long MOST_PIXELS = 1L << 26;

  private static final byte[] PNG_START = {(byte) 0x89, 'P', 'N', 'G'};
  private static final byte[] EIGHT = {8};
  private static final byte[] SIXTEEN = {16};

  private final Ops tf;
  private final PictureFormat format;
  private final PictureFormat.Size size;

  private PictureGraph(Ops tf, PictureFormat format) {
    this.tf = tf;
    this.format = format;
    this.size = format.size().orElseThrow();
  }

  /**
   * Adds the conversion to a graph. The files of a batch are converted in parallel.
   *
   * @param files the contents of picture files, {@code [batch]}
   * @param format with a size, gray or RGB
   * @return pixels from 0 to 1, {@code [batch, height, width, channels]}
   */
  static Operand<TFloat32> convert(Ops tf, Operand<TString> files, PictureFormat format) {
    PictureFormat.Size size = format.size().orElseThrow();
    Shape shape = Shape.of(size.height(), size.width(), channels(format));
    try (ConcreteFunction one = function("picture", format, PictureGraph::of)) {
      return operand(
          tf.mapDefun(List.of(files), List.of(), List.of(TFloat32.class), List.of(shape), one)
              .output()
              .get(0));
    }
  }

  private static int channels(PictureFormat format) {
    return format.colour() == Colour.GREY ? 1 : 3;
  }

  /** Computes something from the content of a file. */
  private interface Body {
    Operand<?> of(PictureGraph graph, Operand<TString> file);
  }

  /** Returns a function of a file, which the caller closes. */
  private static ConcreteFunction function(String name, PictureFormat format, Body body) {
    return ConcreteFunction.create(
        ops -> {
          Ops tf = GraphOps.of(ops);
          Placeholder<TString> file =
              tf.withName("file").placeholder(TString.class, Placeholder.shape(Shape.scalar()));
          return Signature.builder()
              .key(name)
              .input("file", file)
              .output("pixels", body.of(new PictureGraph(tf, format), file))
              .build();
        });
  }

  @SuppressWarnings("unchecked") // The type is that of the function's result.
  private static <T extends TType> Operand<T> operand(Operand<?> result) {
    return (Operand<T>) result;
  }

  private Operand<TFloat32> of(Operand<TString> file) {
    Operand<TInt32> decoded = tf.ensureShape(decode(file), Shape.of(-1, -1, 3));
    Operand<TInt32> coloured = format.colour() == Colour.GREY ? grey(decoded) : decoded;
    Operand<TInt32> shown =
        format.inverted() ? tf.math.sub(tf.constant(WHITE), coloured) : coloured;
    Operand<TInt32> sized = toSize(shown);
    return tf.math.mul(tf.dtypes.cast(sized, TFloat32.class), tf.constant((float) (1.0 / WHITE)));
  }

  /** Returns red, green and blue from 0 to 255, {@code [height, width, 3]}, on white. */
  private Operand<TInt32> decode(Operand<TString> file) {
    return either(is(file, 0, PNG_START), file, PictureGraph::png, PictureGraph::jpeg);
  }

  private Operand<TInt32> png(Operand<TString> unchecked) {
    Operand<TString> file = checked(unchecked, pngSize(unchecked));
    return either(is(file, PNG_BITS_AT, SIXTEEN), file, PictureGraph::png16, PictureGraph::upTo8);
  }

  /** Returns the width and the height that a PNG declares. */
  private Operand<TInt32> pngSize(Operand<TString> file) {
    return tf.io.decodeRaw(
        tf.strings.substr(file, tf.constant(PNG_SIZE_AT), tf.constant(2 * Integer.BYTES)),
        TInt32.class,
        DecodeRaw.littleEndian(false));
  }

  /** Returns the file after it has been checked that it has not too many pixels. */
  private Operand<TString> checked(Operand<TString> file, Operand<TInt32> sides) {
    Operand<TInt64> pixels =
        tf.prod(tf.dtypes.cast(first(sides, 2), TInt64.class), tf.constant(new int[] {0}));
    Operand<TString> message =
        // Not formatted: a locale's own digits would be written to the file.
        tf.constant("a picture must have at most " + MOST_PIXELS + " pixels:");
    Op check =
        tf.assertThat(
            tf.math.lessEqual(pixels, tf.constant(MOST_PIXELS)), List.of(message, pixels));
    return GraphOps.of(tf.withControlDependencies(check)).identity(file);
  }

  private Operand<TInt32> upTo8(Operand<TString> file) {
    return either(is(file, PNG_BITS_AT, EIGHT), file, PictureGraph::png8, PictureGraph::fewBits);
  }

  private Operand<TInt32> either(
      Operand<TBool> condition, Operand<TString> file, Body yes, Body no) {
    try (ConcreteFunction then = function("then", format, yes);
        ConcreteFunction otherwise = function("otherwise", format, no)) {
      return operand(
          tf.statelessIf(condition, List.of(file), List.of(TInt32.class), then, otherwise)
              .output()
              .get(0));
    }
  }

  /** Whether a file has these bytes at a position. */
  private Operand<TBool> is(Operand<TString> file, int at, byte[] bytes) {
    return tf.math.equal(
        tf.strings.substr(file, tf.constant(at), tf.constant(bytes.length)),
        tf.constant(StandardCharsets.ISO_8859_1, new String(bytes, StandardCharsets.ISO_8859_1)));
  }

  private Operand<TInt32> jpeg(Operand<TString> unchecked) {
    // Fails for GIF, which decodeJpeg reads too, but without transparency.
    Operand<TInt32> shape = tf.image.extractJpegShape(unchecked);
    Operand<TString> file = checked(unchecked, shape);
    Operand<TInt32> decoded =
        tf.dtypes.cast(
            tf.image.decodeJpeg(
                file,
                DecodeJpeg.channels(3L),
                // By default it would decode less exactly than Java.
                DecodeJpeg.dctMethod("INTEGER_ACCURATE")),
            TInt32.class);
    return tf.reshape(
        decoded, tf.concat(List.of(first(shape, 2), tf.constant(new int[] {3})), tf.constant(0)));
  }

  private Operand<TInt32> first(Operand<TInt32> values, int n) {
    return tf.slice(values, tf.constant(new int[] {0}), tf.constant(new int[] {n}));
  }

  private Operand<TInt32> png8(Operand<TString> file) {
    Operand<TInt32> values =
        tf.dtypes.cast(
            tf.image.decodePng(file, TUint8.class, DecodePng.channels(4L)), TInt32.class);
    return onWhite(colours(values), alpha(values));
  }

  private Operand<TInt32> png16(Operand<TString> file) {
    Operand<TInt32> values =
        tf.dtypes.cast(
            tf.image.decodePng(file, TUint16.class, DecodePng.channels(4L)), TInt32.class);
    Operand<TInt32> eightBits =
        tf.math.floorDiv(tf.math.add(values, tf.constant(STEP_OF_16 / 2)), tf.constant(STEP_OF_16));
    Operand<TInt32> inRange = format.range().map(range -> ranged(values, range)).orElse(eightBits);
    return onWhite(colours(inRange), alpha(eightBits));
  }

  /**
   * Decodes PNG of 1, 2 or 4 bits. If TensorFlow were to add transparency to these, opaque pixels
   * would get the largest value of so few bits.
   */
  private Operand<TInt32> fewBits(Operand<TString> file) {
    Operand<TInt32> values = tf.dtypes.cast(tf.image.decodePng(file, TUint8.class), TInt32.class);
    Operand<TInt32> channels = dimension(values, 2); // 1 for gray, 3, or 4 with transparency
    Operand<TInt32> last = tf.math.sub(channels, tf.constant(1));
    Operand<TInt32> coloured = tf.math.minimum(last, tf.constant(1));
    Operand<TInt32> colours =
        tf.gather(values, tf.math.mul(coloured, tf.constant(new int[] {0, 1, 2})), tf.constant(2));
    Operand<TInt32> opaque =
        tf.math.mul(tf.math.floorMod(channels, tf.constant(2)), tf.constant(WHITE));
    Operand<TInt32> alpha = tf.gather(values, tf.expandDims(last, tf.constant(0)), tf.constant(2));
    return onWhite(colours, tf.math.maximum(alpha, opaque));
  }

  private Operand<TInt32> colours(Operand<TInt32> rgba) {
    return tf.gather(rgba, tf.constant(new int[] {0, 1, 2}), tf.constant(2));
  }

  private Operand<TInt32> alpha(Operand<TInt32> rgba) {
    return tf.gather(rgba, tf.constant(new int[] {3}), tf.constant(2));
  }

  private Operand<TInt32> ranged(Operand<TInt32> values, PictureFormat.Range range) {
    Operand<TFloat64> scaled =
        tf.math.mul(
            tf.math.sub(tf.dtypes.cast(values, TFloat64.class), tf.constant(range.black())),
            tf.constant(WHITE / (range.white() - range.black())));
    Operand<TFloat64> clipped =
        tf.clipByValue(scaled, tf.constant(0.0), tf.constant((double) WHITE));
    return tf.dtypes.cast(tf.math.add(clipped, tf.constant(0.5)), TInt32.class);
  }

  private Operand<TInt32> dimension(Operand<TInt32> values, int axis) {
    return tf.gather(tf.shape(values), tf.constant(axis), tf.constant(0));
  }

  private Operand<TInt32> onWhite(Operand<TInt32> colours, Operand<TInt32> alpha) {
    Operand<TInt32> drawn = tf.math.mul(colours, alpha);
    Operand<TInt32> white = tf.math.mul(tf.constant(WHITE), tf.math.sub(tf.constant(WHITE), alpha));
    return tf.math.floorDiv(
        tf.math.add(tf.math.add(drawn, white), tf.constant(WHITE / 2)), tf.constant(WHITE));
  }

  /** Returns the luma of ITU-R BT.601. */
  private Operand<TInt32> grey(Operand<TInt32> rgb) {
    Operand<TInt32> weighted = tf.math.mul(rgb, tf.constant(new int[] {299, 587, 114}));
    Operand<TInt32> sum = tf.expandDims(tf.sum(weighted, tf.constant(2)), tf.constant(2));
    return tf.math.floorDiv(tf.math.add(sum, tf.constant(500)), tf.constant(1000));
  }

  /** Cuts, pads and scales {@code [height, width, channels]} as the format says. */
  private Operand<TInt32> toSize(Operand<TInt32> picture) {
    Operand<TInt32> height = dimension(picture, 0);
    Operand<TInt32> width = dimension(picture, 1);
    Operand<TInt32> frameHeight = frame(height, width, size.height(), size.width());
    Operand<TInt32> frameWidth = frame(width, height, size.width(), size.height());
    Operand<TInt32> framed =
        format.fit() == Fit.STRETCH
            ? picture
            : pad(
                cut(picture, height, width, frameHeight, frameWidth),
                tf.math.sub(frameHeight, height),
                tf.math.sub(frameWidth, width));
    Operand<TInt32> scaled =
        format.fit() == Fit.CENTER ? framed : scale(framed, frameHeight, frameWidth);
    return tf.ensureShape(scaled, Shape.of(size.height(), size.width(), channels(format)));
  }

  /**
   * Returns the length of the part of the picture that becomes the new one.
   *
   * @param length of one side of the picture
   * @param other length of its other side
   * @param to new length of the one side
   * @param toOther new length of the other side
   */
  private Operand<TInt32> frame(
      Operand<TInt32> length, Operand<TInt32> other, int to, int toOther) {
    Operand<TInt32> proportional =
        tf.math.floorDiv(tf.math.mul(other, tf.constant(to)), tf.constant(toOther));
    return switch (format.fit()) {
      case STRETCH -> length;
      case CROP -> tf.math.maximum(tf.constant(1), tf.math.minimum(length, proportional));
      case PAD -> // The same number on both sides.
          tf.math.add(
              length, tf.math.mul(tf.constant(2), margin(tf.math.sub(proportional, length))));
      case CENTER -> tf.constant(to);
    };
  }

  /** Returns the part of the picture that is inside the frame, which has the same center. */
  private Operand<TInt32> cut(
      Operand<TInt32> picture,
      Operand<TInt32> height,
      Operand<TInt32> width,
      Operand<TInt32> frameHeight,
      Operand<TInt32> frameWidth) {
    return tf.slice(
        picture,
        tf.stack(
            List.of(
                margin(tf.math.sub(height, frameHeight)),
                margin(tf.math.sub(width, frameWidth)),
                tf.constant(0))),
        tf.stack(
            List.of(
                tf.math.minimum(height, frameHeight),
                tf.math.minimum(width, frameWidth),
                tf.constant(-1))));
  }

  /** Returns half of what is too much, or 0. */
  private Operand<TInt32> margin(Operand<TInt32> tooMuch) {
    return tf.math.floorDiv(tf.math.maximum(tooMuch, tf.constant(0)), tf.constant(2));
  }

  /** Adds the color of the padding around the picture, if it is smaller than the frame. */
  private Operand<TInt32> pad(
      Operand<TInt32> picture, Operand<TInt32> rows, Operand<TInt32> columns) {
    Rgb color = format.padding();
    int luma = (299 * color.red() + 587 * color.green() + 114 * color.blue() + 500) / 1000;
    Operand<TInt32> background =
        tf.constant(
            format.colour() == Colour.GREY
                ? new int[] {luma}
                : new int[] {color.red(), color.green(), color.blue()});
    Operand<TInt32> margins =
        tf.stack(List.of(around(rows), around(columns), tf.constant(new int[] {0, 0})));
    return tf.math.add(
        tf.pad(tf.math.sub(picture, background), margins, tf.constant(0)), background);
  }

  /** Returns how many rows or columns are added before and after, two numbers. */
  private Operand<TInt32> around(Operand<TInt32> missing) {
    Operand<TInt32> before = margin(missing);
    Operand<TInt32> all = tf.math.maximum(missing, tf.constant(0));
    return tf.stack(List.of(before, tf.math.sub(all, before)));
  }

  private Operand<TInt32> scale(
      Operand<TInt32> picture, Operand<TInt32> height, Operand<TInt32> width) {
    if (format.interpolation() == Interpolation.NEAREST) {
      Operand<TInt32> rows = tf.gather(picture, nearest(height, size.height()), tf.constant(0));
      return tf.gather(rows, nearest(width, size.width()), tf.constant(1));
    }
    Operand<TFloat32> batch =
        tf.expandDims(tf.dtypes.cast(picture, TFloat32.class), tf.constant(0));
    Operand<TInt32> to = tf.constant(new int[] {size.height(), size.width()});
    Operand<TFloat32> scaled =
        format.interpolation() == Interpolation.AREA
            ? tf.image.resizeArea(batch, to)
            : tf.image.scaleAndTranslate(
                batch,
                to,
                tf.math.div(
                    tf.dtypes.cast(to, TFloat32.class),
                    tf.dtypes.cast(tf.stack(List.of(height, width)), TFloat32.class)),
                tf.constant(new float[] {0, 0}),
                ScaleAndTranslate.kernelType(kernel()),
                ScaleAndTranslate.antialias(format.antialias()));
    Operand<TFloat32> rounded = tf.math.floor(tf.math.add(scaled, tf.constant(0.5f)));
    Operand<TFloat32> clipped =
        tf.clipByValue(rounded, tf.constant(0f), tf.constant((float) WHITE));
    return tf.squeeze(tf.dtypes.cast(clipped, TInt32.class), Squeeze.axis(List.of(0L)));
  }

  private String kernel() {
    return switch (format.interpolation()) {
      case BILINEAR -> "triangle";
      case BICUBIC -> "keyscubic";
      case LANCZOS3 -> "lanczos3";
      case NEAREST, AREA ->
          throw new IllegalArgumentException("no kernel: " + format.interpolation());
    };
  }

  /** Returns the row or column on which the center of each new one falls. */
  private Operand<TInt64> nearest(Operand<TInt32> from, int to) {
    long[] odd = IntStream.range(0, to).mapToLong(i -> 2L * i + 1).toArray();
    return tf.math.floorDiv(
        tf.math.mul(tf.constant(odd), tf.dtypes.cast(from, TInt64.class)), tf.constant(2L * to));
  }
}
