package io.github.convnet4j.natives;

import java.util.Locale;
import org.bytedeco.javacpp.Loader;
import org.tensorflow.TensorFlow;

/** TensorFlow's native library, which its Java classes load when they are first used. */
public final class NativeTensorFlow {
  private static final String MEMORY_LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";

  private NativeTensorFlow() {}

  /**
   * Loads the library. If that fails, the exception explains why in one sentence; without this call
   * the first use of TensorFlow would fail with a {@link LinkageError}.
   *
   * <p>Also removes JavaCPP's limit on the memory of the process, four times the heap, which large
   * batches can exceed even if enough memory is free. This has no effect if the program has used
   * TensorFlow Java before; such a program can set {@code
   * -Dorg.bytedeco.javacpp.maxPhysicalBytes=0} itself. A limit that is set with this property is
   * kept.
   *
   * @return the library's version, such as {@code 2.16.2}
   * @throws MissingNativeException if there is no library for this operating system and processor,
   *     or if it cannot be unpacked or linked
   */
  public static String load() {
    liftMemoryLimit();
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

  /** JavaCPP reads the property, in either spelling, only once, when it is first used. */
  private static void liftMemoryLimit() {
    if (System.getProperty(MEMORY_LIMIT) == null
        && System.getProperty(MEMORY_LIMIT.toLowerCase(Locale.ROOT)) == null) {
      System.setProperty(MEMORY_LIMIT, "0");
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
