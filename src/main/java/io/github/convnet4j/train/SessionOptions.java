package io.github.convnet4j.train;

import java.util.function.Consumer;
import org.tensorflow.proto.ConfigProto;

/**
 * What TensorFlow computes on: device, GPU memory and threads. Start from the defaults:
 *
 * <pre>{@code
 * SessionOptions.standard().device("/gpu:1").gpuMemoryGrowth()
 * }</pre>
 *
 * <p>These options say how a model is run on this machine. They are not part of the model and are
 * not saved with it. Results of a GPU differ from those of a CPU in the last digits.
 *
 * <p>TensorFlow sets up devices and intra-op threads once per process, as the first session asks
 * for. Later sessions of the same process share them: they must ask for the same GPU, and their GPU
 * memory and number of intra-op threads have no effect.
 *
 * <p>Immutable; each method returns a copy.
 */
public sealed interface SessionOptions permits SessionSettings {

  /** Returns TensorFlow's defaults: the first GPU if there is one, and as many threads as cores. */
  static SessionOptions standard() {
    return SessionSettings.STANDARD;
  }

  /**
   * Returns a copy that computes on one device. Everything runs on it, gradients and updates
   * included; on a GPU, except for operations that TensorFlow has only for CPUs.
   *
   * <p>Computing on the CPU hides all GPUs from the session. Computing on a GPU hides the other
   * ones, so within the session it is {@code /gpu:0}. Scopes of operations ({@link
   * org.tensorflow.op.Ops#withDevice}) could not do this, since TensorFlow's gradients ignore them.
   *
   * @param name {@code /cpu:0}, or {@code /gpu:} and a number from 0
   * @throws IllegalArgumentException if it is not such a name; whether the device exists is checked
   *     when a model is created
   */
  SessionOptions device(String name);

  /**
   * Returns a copy that allocates GPU memory as it is needed. By default TensorFlow allocates
   * nearly all memory of each GPU at once, so that no other process can use it.
   */
  SessionOptions gpuMemoryGrowth();

  /**
   * Returns a copy that allocates at most this share of the memory of each GPU.
   *
   * @param share above 0, at most 1
   */
  SessionOptions gpuMemoryShare(double share);

  /**
   * Returns a copy with this number of threads that an operation may use at the same time. Results
   * depend on it in their last digits, because sums are split among the threads. The first session
   * of the process decides.
   *
   * @param threads at least 1
   */
  SessionOptions intraOpThreads(int threads);

  /**
   * Returns a copy with this number of operations that may run at the same time. The session then
   * has threads of its own for them.
   *
   * @param threads at least 1
   */
  SessionOptions interOpThreads(int threads);

  /**
   * Returns a copy that computes everything in float32, even in a model with {@linkplain
   * ModelOptions#mixedPrecisionIn mixed precision}: for a model that was trained on a processor
   * with AMX and is used on one without.
   */
  SessionOptions fullPrecision();

  /** Whether everything is computed in float32, even in a model with mixed precision. */
  boolean isFullPrecision();

  /**
   * Returns a copy that moves operations to another device if a layer asks for one that does not
   * exist or that does not have the operation. Otherwise TensorFlow refuses to run them.
   */
  SessionOptions softPlacement();

  /** Returns a copy that writes the device of each operation to the standard error stream. */
  SessionOptions logDevicePlacement();

  /**
   * Returns a copy that also changes TensorFlow's configuration directly, for everything that has
   * no option here. The changes are applied last, in the order of the calls.
   *
   * <pre>{@code
   * options.configure(proto -> proto.setOperationTimeoutInMs(60_000))
   * }</pre>
   *
   * @param change called each time that the configuration is built
   */
  SessionOptions configure(Consumer<ConfigProto.Builder> change);

  /** Returns TensorFlow's configuration, for a session of your own. */
  ConfigProto proto();
}
