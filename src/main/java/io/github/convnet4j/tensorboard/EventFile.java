package io.github.convnet4j.tensorboard;

import com.google.protobuf.ByteString;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.tensorflow.proto.DataClass;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.HistogramProto;
import org.tensorflow.proto.Summary;
import org.tensorflow.proto.SummaryMetadata;

/**
 * An event file for TensorBoard, which can read it while it is being written:
 *
 * <pre>{@code
 * try (EventFile events = EventFile.in(Path.of("logs/first"))) {
 *   events.scalar("cost", 1, 0.25);
 *   events.histogram("weights", 1, weights);
 *   events.flush(); // TensorBoard sees it
 * }
 * // tensorboard --logdir logs
 * }</pre>
 *
 * <p>Every value has a tag and a step. The tag is the name of its chart or picture; TensorBoard
 * groups tags by the part before the first slash. The step is its position along the chart.
 *
 * <p>The file is only appended to, and is not kept open. A second file in the same folder continues
 * the first one, because TensorBoard reads the files of a folder in order. Not thread-safe.
 */
public final class EventFile implements AutoCloseable {
  /** The version that TensorBoard expects in the first record. */
  private static final String VERSION = "brain.Event:2";

  private final Path path;
  private final ByteArrayOutputStream unwritten = new ByteArrayOutputStream();
  private final Map<String, String> descriptions = new HashMap<>();
  private boolean closed;

  private EventFile(Path path) {
    this.path = path;
  }

  /**
   * Creates a new file.
   *
   * @param folder created if it does not exist; its name is the name of the run in TensorBoard
   * @throws EventFileException if the folder cannot be created or written to
   */
  public static EventFile in(Path folder) {
    EventFile file;
    try {
      Files.createDirectories(folder);
      file = new EventFile(EventFileName.create(folder));
    } catch (IOException e) {
      throw EventFileException.noFolder(folder, e);
    }
    file.add(event().setFileVersion(VERSION));
    try {
      file.flush();
    } catch (EventFileException e) {
      file.deleteAfter(e);
      throw e;
    }
    return file;
  }

  private void deleteAfter(EventFileException fault) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      fault.addSuppressed(e);
    }
  }

  /** Returns the path of the file. */
  public Path path() {
    return path;
  }

  /**
   * Sets the description of a tag, which TensorBoard shows next to the chart. It must come before
   * the tag's first value in this file; later it has no effect.
   *
   * @param description in Markdown
   */
  public void describe(String tag, String description) {
    descriptions.put(checkTag(tag), description);
  }

  /**
   * Adds a point to a chart.
   *
   * @param step at least 0
   * @param value stored as a float; TensorBoard shows NaN as a triangle
   */
  public void scalar(String tag, long step, double value) {
    add(
        tag,
        step,
        "scalars",
        DataClass.DATA_CLASS_SCALAR,
        Summary.Value.newBuilder().setSimpleValue((float) value));
  }

  /**
   * Adds a histogram.
   *
   * @param step at least 0
   * @param values numbers that are not finite are left out; if there are no others, nothing is
   *     added
   */
  public void histogram(String tag, long step, float[] values) {
    float[] finite = new float[values.length];
    int n = 0;
    for (float value : values) {
      if (Float.isFinite(value)) {
        finite[n++] = value;
      }
    }
    if (n > 0) {
      HistogramProto histogram = ExponentialHistogram.of(Arrays.copyOf(finite, n));
      add(
          tag,
          step,
          "histograms",
          DataClass.DATA_CLASS_TENSOR,
          Summary.Value.newBuilder().setHisto(histogram));
    }
  }

  /**
   * Adds a picture, stored as PNG.
   *
   * @param step at least 0
   */
  public void image(String tag, long step, BufferedImage image) {
    Summary.Image.Builder png =
        Summary.Image.newBuilder()
            .setHeight(image.getHeight())
            .setWidth(image.getWidth())
            .setColorspace(image.getColorModel().getNumComponents())
            .setEncodedImageString(ByteString.copyFrom(png(image)));
    add(
        tag,
        step,
        "images",
        DataClass.DATA_CLASS_BLOB_SEQUENCE,
        Summary.Value.newBuilder().setImage(png));
  }

  private byte[] png(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // In memory, because ImageIO would otherwise create a temporary file.
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new IllegalArgumentException("image must be of a type that PNG supports: " + image);
      }
    } catch (IOException e) {
      throw EventFileException.notWritten(path, e);
    }
    return bytes.toByteArray();
  }

  private static String checkTag(String tag) {
    if (tag.isBlank()) {
      throw new IllegalArgumentException("tag must not be blank: \"" + tag + "\"");
    }
    return tag;
  }

  /**
   * Adds a value for the TensorBoard plugin that shows it. TensorBoard ignores a description
   * without a plugin and a data class.
   */
  private void add(
      String tag, long step, String plugin, DataClass dataClass, Summary.Value.Builder value) {
    if (step < 0) {
      throw new IllegalArgumentException("step must be at least 0: " + step);
    }
    value.setTag(checkTag(tag));
    String description = descriptions.remove(tag);
    if (description != null) {
      value.setMetadata(
          SummaryMetadata.newBuilder()
              .setPluginData(SummaryMetadata.PluginData.newBuilder().setPluginName(plugin))
              .setDataClass(dataClass)
              .setSummaryDescription(description));
    }
    add(event().setStep(step).setSummary(Summary.newBuilder().addValue(value)));
  }

  private static Event.Builder event() {
    return Event.newBuilder().setWallTime(Instant.now().toEpochMilli() / 1000.0);
  }

  private void add(Event.Builder event) {
    if (closed) {
      throw new IllegalStateException("the event file is closed: " + path);
    }
    unwritten.writeBytes(TfRecord.of(event.build().toByteArray()));
  }

  /**
   * Writes what has been added since the last call.
   *
   * @throws EventFileException if the file cannot be written; what was added is then lost, and the
   *     file is as it was before
   */
  public void flush() {
    byte[] bytes = unwritten.toByteArray();
    unwritten.reset();
    long length = 0;
    try {
      length = Files.size(path);
      Files.write(path, bytes, StandardOpenOption.APPEND);
    } catch (IOException e) {
      cutAfter(e, length);
      throw EventFileException.notWritten(path, e);
    }
  }

  /** Removes a part of a record, after which TensorBoard would not read on. */
  private void cutAfter(IOException fault, long length) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      if (length > 0) {
        channel.truncate(length);
      }
    } catch (IOException e) {
      fault.addSuppressed(e);
    }
  }

  /** Flushes the file. Nothing can be added afterwards. Closing it again has no effect. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      flush();
    }
  }
}
