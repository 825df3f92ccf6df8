package io.github.convnet4j.natives;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.DeviceSpec;
import org.tensorflow.DeviceSpec.DeviceType;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;

/**
 * How sessions are opened.
 *
 * @param proto TensorFlow's own configuration; it also decides where operations run
 * @param device a device that must exist; empty if any will do
 */
public record SessionConfig(ConfigProto proto, Optional<Device> device) {
  private static final Pattern AVAILABLE = Pattern.compile("available devices are \\[([^]]*)]");

  /**
   * A device as the user named it.
   *
   * @param type for example GPU
   * @param index its number, from 0
   */
  public record Device(DeviceType type, int index) {
    /** Returns TensorFlow's short name, such as {@code /gpu:1}. */
    @Override
    public String toString() {
      return "/" + type.name().toLowerCase(Locale.ROOT) + ":" + index;
    }
  }

  /** Checks that nothing is null. */
  public SessionConfig {
    requireNonNull(proto, "proto");
    requireNonNull(device, "device");
  }

  /** Returns TensorFlow's defaults. */
  public static SessionConfig standard() {
    return new SessionConfig(ConfigProto.getDefaultInstance(), Optional.empty());
  }

  /** Opens a session, without any configuration if everything has its default. */
  Session open(Graph graph) {
    return proto.equals(ConfigProto.getDefaultInstance())
        ? new Session(graph)
        : new Session(graph, proto);
  }

  /**
   * Checks that the device exists, by computing something on the first device of its type that the
   * session has.
   *
   * @throws IllegalArgumentException if it does not; the message names those that exist
   */
  void requireDevice() {
    device.ifPresent(this::require);
  }

  private void require(Device required) {
    ConfigProto exactly =
        proto.toBuilder().setAllowSoftPlacement(false).setLogDevicePlacement(false).build();
    DeviceSpec first = DeviceSpec.newBuilder().deviceType(required.type()).deviceIndex(0).build();
    try (Graph graph = new Graph();
        Session session = new Session(graph, exactly)) {
      session.runner().fetch(Ops.create(graph).withDevice(first).constant(0f)).run().close();
    } catch (RuntimeException e) { // TensorFlow's exceptions have no other base class.
      throw new IllegalArgumentException(
          "device must be one that TensorFlow finds on this machine, %s: %s"
              .formatted(existing(e), required),
          e);
    }
  }

  /** Returns the devices that TensorFlow lists in its message, or the start of the message. */
  private static String existing(RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    Matcher listed = AVAILABLE.matcher(message);
    return listed.find()
        ? listed
            .group(1)
            .replaceAll("/job:localhost/replica:0/task:0/device:", "/")
            .strip()
            .toLowerCase(Locale.ROOT)
        : message.lines().findFirst().orElse("");
  }
}
