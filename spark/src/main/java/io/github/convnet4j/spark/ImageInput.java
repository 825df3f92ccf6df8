package io.github.convnet4j.spark;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.picture.Picture;
import io.github.convnet4j.picture.PictureFormat;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.image.ImageSchema;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.tensorflow.ndarray.Shape;
import scala.collection.Seq;

/** The kinds of columns that images are in. */
enum ImageInput implements Serializable {
  /** The content of picture files, as Spark's data source {@code binaryFile} reads it. */
  ENCODED,

  /** Spark's image struct, as its data source {@code image} reads it. */
  IMAGE,

  /** Vectors of the network's input, row by row, with values from 0 to 1. */
  VECTOR,

  /** Arrays of floats or doubles of the same. */
  ARRAY;

  /** Three values of eight bits in OpenCV's order: blue, green, red. */
  private static final int BGR = 3;

  private static final int BGRA = 4;

  /** OpenCV's numbers of the types with 8 bits per value and 1, 3 and 4 channels. */
  private static final List<Integer> EIGHT_BITS = List.of(0, 16, 24);

  /** A row whose image cannot be used; the message says why. */
  static final class BadImageException extends Exception {
    private static final long serialVersionUID = 1;

    BadImageException(String reason) {
      super(reason);
    }

    BadImageException(String reason, Throwable cause) {
      super(reason, cause);
    }
  }

  /**
   * Returns the kind of a column.
   *
   * @throws IllegalArgumentException if there is no such column, or it is of another type
   */
  static ImageInput of(StructType schema, String param, String column) {
    if (!List.of(schema.fieldNames()).contains(column)) {
      throw new IllegalArgumentException(
          "%s must be one of the columns %s: %s"
              .formatted(param, List.of(schema.fieldNames()), column));
    }
    DataType type = schema.apply(column).dataType();
    if (type.equals(DataTypes.BinaryType)) {
      return ENCODED;
    }
    if (type.equals(SQLDataTypes.VectorType())) {
      return VECTOR;
    }
    if (type instanceof ArrayType array
        && (array.elementType().equals(DataTypes.FloatType)
            || array.elementType().equals(DataTypes.DoubleType))) {
      return ARRAY;
    }
    if (type instanceof StructType struct
        && List.of(struct.fieldNames()).equals(List.of(ImageSchema.imageFields()))) {
      return IMAGE;
    }
    throw new IllegalArgumentException(
        "%s must be a column of pictures' bytes (binary), of Spark's images, of vectors or of arrays of floats: %s is of type %s"
            .formatted(param, column, type.simpleString()));
  }

  /** Returns whether the column has pictures, which are converted to the network's format. */
  boolean isPicture() {
    return this == ENCODED || this == IMAGE;
  }

  /** Returns about how many bytes a value of this column takes in memory. */
  static long bytes(Object value) {
    if (value instanceof byte[] bytes) {
      return bytes.length;
    }
    return value instanceof Row row && row.get(5) instanceof byte[] data ? data.length : 0;
  }

  /**
   * Returns the pixels of a picture in the network's format, as unsigned bytes {@code [height,
   * width, channels]}.
   *
   * @param value what the row has in this column; null if it has nothing
   */
  byte[] pixels(Object value, PictureFormat format) throws BadImageException {
    if (value == null) {
      throw new BadImageException("there is no picture: the column is null");
    }
    try {
      return this == ENCODED
          ? format.decode((byte[]) value).pixels()
          : format.apply(picture((Row) value)).pixels();
    } catch (IllegalArgumentException | DataException e) {
      throw new BadImageException(e.getMessage(), e);
    }
  }

  /** Returns the picture of Spark's struct, whose pixels are blue, green, red. */
  private static Picture picture(Row image) throws BadImageException {
    int height = ImageSchema.getHeight(image);
    int width = ImageSchema.getWidth(image);
    int channels = ImageSchema.getNChannels(image);
    int mode = ImageSchema.getMode(image);
    if (!EIGHT_BITS.contains(mode)) {
      throw new BadImageException(
          mode < 0
              ? "the picture could not be decoded: its mode is " + mode
              : "mode must be one of OpenCV's types 0, 16 and 24 (8 bits, 1, 3 or 4 channels): "
                  + mode);
    }
    byte[] data = ImageSchema.getData(image);
    if (height < 1 || width < 1 || data.length != (long) height * width * channels) {
      throw new BadImageException(
          "data must have the %d x %d x %d values of the picture: %d"
              .formatted(height, width, channels, data.length));
    }
    if (channels == 1) {
      return Picture.of(height, width, 1, data);
    }
    byte[] rgb = new byte[height * width * BGR];
    for (int i = 0; i < height * width; i++) {
      for (int c = 0; c < BGR; c++) {
        int value = data[i * channels + BGR - 1 - c] & 0xff;
        // The library draws transparent pixels on white.
        int alpha = channels == BGRA ? data[i * channels + BGR] & 0xff : 255;
        rgb[i * BGR + c] = (byte) ((value * alpha + 255 * (255 - alpha) + 127) / 255);
      }
    }
    // Gray stored in three channels counts as gray.
    return isGrey(rgb)
        ? Picture.of(height, width, BGR, rgb).grey()
        : Picture.of(height, width, BGR, rgb);
  }

  private static boolean isGrey(byte[] rgb) {
    for (int i = 0; i < rgb.length; i += BGR) {
      if (rgb[i] != rgb[i + 1] || rgb[i] != rgb[i + 2]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns the values of a vector or an array.
   *
   * @param value what the row has in this column; null if it has nothing
   * @param input shape of the network's input
   */
  float[] values(Object value, Shape input) throws BadImageException {
    if (value == null) {
      throw new BadImageException("there are no values: the column is null");
    }
    float[] values = this == VECTOR ? floats(((Vector) value).toArray()) : array(value);
    if (values.length != input.size()) {
      throw new BadImageException(
          "there must be %d values, for the network's input %s: there are %d"
              .formatted(input.size(), input, values.length));
    }
    for (float each : values) {
      if (!Float.isFinite(each)) {
        throw new BadImageException("each value must be finite: " + each);
      }
    }
    return values;
  }

  /**
   * Returns what a column of arrays has: Spark's sequence, or the array that Java code has put in.
   */
  private static float[] array(Object value) {
    if (value instanceof float[] floats) {
      return floats;
    }
    return value instanceof double[] doubles ? floats(doubles) : floats((Seq<?>) value);
  }

  private static float[] floats(double[] from) {
    float[] floats = new float[from.length];
    for (int i = 0; i < from.length; i++) {
      floats[i] = (float) from[i];
    }
    return floats;
  }

  private static float[] floats(Seq<?> from) {
    float[] floats = new float[from.length()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = from.apply(i) instanceof Number number ? number.floatValue() : Float.NaN;
    }
    return floats;
  }
}
