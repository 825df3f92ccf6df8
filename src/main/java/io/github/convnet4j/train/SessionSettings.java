package io.github.convnet4j.train;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.Require;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.natives.SessionConfig;
import io.github.convnet4j.natives.SessionConfig.Device;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tensorflow.DeviceSpec.DeviceType;
import org.tensorflow.proto.ConfigProto;

/**
 * The implementation of {@link SessionOptions}.
 *
 * @param base the configuration without the user's own changes
 * @param device where to compute; empty for TensorFlow's choice
 * @param isFullPrecision whether mixed precision is off in any case
 * @param changes the user's own changes, in order
 */
record SessionSettings(
    ConfigProto base,
    Optional<Device> device,
    boolean isFullPrecision,
    List<Consumer<ConfigProto.Builder>> changes)
    implements SessionOptions {
  static final SessionSettings STANDARD =
      new SessionSettings(ConfigProto.getDefaultInstance(), Optional.empty(), false, List.of());

  private static final Pattern DEVICE =
      Pattern.compile("/?(?:device:)?(?:cpu:0|gpu:(\\d{1,4}))", Pattern.CASE_INSENSITIVE);

  SessionSettings {
    changes = List.copyOf(changes);
  }

  /** Returns how the trainer opens its session. */
  static SessionConfig config(SessionOptions options) {
    return new SessionConfig(options.proto(), ((SessionSettings) options).device());
  }

  /** Returns the modes in which a model computes in mixed precision on this machine. */
  static Set<Mode> mixedPrecision(ModelOptions options) {
    return options.session().isFullPrecision() ? Set.of() : options.mixedPrecisionIn();
  }

  @Override
  public SessionOptions device(String name) {
    Matcher parts = DEVICE.matcher(name);
    if (!parts.matches()) {
      throw new IllegalArgumentException("device must be /cpu:0, /gpu:0, /gpu:1 or so on: " + name);
    }
    ConfigProto.Builder proto = base.toBuilder();
    Device chosen;
    if (parts.group(1) == null) {
      chosen = new Device(DeviceType.CPU, 0);
      proto.putDeviceCount("GPU", 0).getGpuOptionsBuilder().clearVisibleDeviceList();
    } else {
      int index = Integer.parseInt(parts.group(1));
      chosen = new Device(DeviceType.GPU, index);
      proto
          .removeDeviceCount("GPU")
          .getGpuOptionsBuilder()
          .setVisibleDeviceList(String.valueOf(index));
    }
    return new SessionSettings(proto.build(), Optional.of(chosen), isFullPrecision, changes);
  }

  @Override
  public SessionOptions gpuMemoryGrowth() {
    return with(proto -> proto.getGpuOptionsBuilder().setAllowGrowth(true));
  }

  @Override
  public SessionOptions gpuMemoryShare(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("gpuMemoryShare must be above 0 and at most 1: " + share);
    }
    return with(proto -> proto.getGpuOptionsBuilder().setPerProcessGpuMemoryFraction(share));
  }

  @Override
  public SessionOptions intraOpThreads(int threads) {
    Require.atLeast("intraOpThreads", threads, 1);
    return with(proto -> proto.setIntraOpParallelismThreads(threads));
  }

  @Override
  public SessionOptions interOpThreads(int threads) {
    Require.atLeast("interOpThreads", threads, 1);
    // Otherwise the first session of the process decides for all.
    return with(proto -> proto.setInterOpParallelismThreads(threads).setUsePerSessionThreads(true));
  }

  @Override
  public SessionOptions fullPrecision() {
    return new SessionSettings(base, device, true, changes);
  }

  @Override
  public SessionOptions softPlacement() {
    return with(proto -> proto.setAllowSoftPlacement(true));
  }

  @Override
  public SessionOptions logDevicePlacement() {
    return with(proto -> proto.setLogDevicePlacement(true));
  }

  @Override
  public SessionOptions configure(Consumer<ConfigProto.Builder> change) {
    requireNonNull(change, "change");
    return new SessionSettings(
        base, device, isFullPrecision, Stream.concat(changes.stream(), Stream.of(change)).toList());
  }

  @Override
  public ConfigProto proto() {
    ConfigProto.Builder proto = base.toBuilder();
    changes.forEach(change -> change.accept(proto));
    return proto.build();
  }

  private SessionSettings with(Consumer<ConfigProto.Builder> change) {
    ConfigProto.Builder proto = base.toBuilder();
    change.accept(proto);
    return new SessionSettings(proto.build(), device, isFullPrecision, changes);
  }
}
