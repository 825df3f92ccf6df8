package io.github.convnet4j.natives;

import java.util.Locale;
import org.bytedeco.javacpp.Loader;
import org.tensorflow.TensorFlow;

/** TensorFlow's native library, which its Java classes load when they are first used. */
public final class NativeTensorFlow {
  private NativeTensorFlow() {}

  /**
   * Loads the library, and says in one sentence what is wrong when it cannot be loaded; without
   * this call the first use of TensorFlow ends in a {@link LinkageError}.
   *
   * @return the library's version, such as {@code 2.16.2}
   * @throws MissingNativeException if there is no library for this operating system and processor,
   *     or if it cannot be unpacked or linked
   */
  public static String load() {
    try {
      return TensorFlow.version();
    } catch (LinkageError e) {
      throw new MissingNativeException(
          String.format(
              Locale.ROOT,
              "TensorFlow's native library for %s could not be loaded (%s): run on linux-x86_64,"
                  + " linux-arm64, macosx-arm64, macosx-x86_64 or windows-x86_64, with the folder"
                  + " ~/.javacpp writable and 1 GB free",
              Loader.getPlatform(),
              rootMessage(e)),
          e);
    }
  }

  private static String rootMessage(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
