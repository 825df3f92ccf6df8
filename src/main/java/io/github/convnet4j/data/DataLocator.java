package io.github.convnet4j.data;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds images to learn from. Looked at in this order, the first that there is being taken:
 *
 * <ol>
 *   <li>a folder that the caller names;
 *   <li>the folder that the system property {@value #DATA_PROPERTY} names;
 *   <li>the folder that the environment variable {@value #DATA_VARIABLE} names;
 *   <li>{@code convnet4j/mnist} in the user's cache folder: below {@code $XDG_CACHE_HOME} or {@code
 *       ~/.cache}, on macOS {@code ~/Library/Caches}, on Windows {@code %LOCALAPPDATA%};
 *   <li>a download of MNIST into that folder, unless the system property {@value #OFFLINE_PROPERTY}
 *       is {@code true};
 *   <li>the digits of the library itself, {@link DataSets#digits()}, which are not MNIST.
 * </ol>
 *
 * <p>A folder that was named and is faulty is an error. Whatever is wrong with the cache or the
 * download is told to the listener, and the next in the order is taken.
 */
public final class DataLocator {
  /** The system property that names a folder, as {@link DataSets#read(Path)} takes it. */
  public static final String DATA_PROPERTY = "convnet4j.data";

  /** The environment variable that names a folder, as {@link DataSets#read(Path)} takes it. */
  public static final String DATA_VARIABLE = "CONVNET4J_DATA";

  /** The system property that forbids downloads when it is {@code true}. */
  public static final String OFFLINE_PROPERTY = "convnet4j.offline";

  private static final String NOT_MNIST =
      "; for MNIST, name the folder of its four files by --data FOLDER, -D%s=FOLDER or %s=FOLDER"
          .formatted(DATA_PROPERTY, DATA_VARIABLE);

  private final Map<String, String> environment;
  private final Map<String, String> properties;
  private final Download download;

  DataLocator(Map<String, String> environment, Map<String, String> properties, Download download) {
    this.environment = Map.copyOf(environment);
    this.properties = Map.copyOf(properties);
    this.download = download;
  }

  /** A locator that looks at this process's environment variables and system properties. */
  public static DataLocator ofSystem() {
    return of(
        System.getenv(),
        System.getProperties().stringPropertyNames().stream()
            .collect(Collectors.toMap(name -> name, name -> System.getProperty(name, ""))));
  }

  /**
   * A locator that looks at these instead.
   *
   * @param environment environment variables
   * @param properties system properties, {@code user.home} and {@code os.name} among them: without
   *     a home there is no cache, and so no download
   */
  public static DataLocator of(Map<String, String> environment, Map<String, String> properties) {
    return new DataLocator(environment, properties, Download.MNIST);
  }

  /**
   * Finds and reads the data. The listener's last messages are a line that says which it is, and
   * what there is to note.
   *
   * @param directory a folder that the user named, if any, as {@link DataSets#read(Path)} takes it
   * @throws DataException if a folder that was named is faulty, or the property {@value
   *     #OFFLINE_PROPERTY} neither true nor false
   */
  public DataSets locate(Optional<Path> directory, DataListener listener) {
    Optional<DataSets> found =
        directory
            .map(DataSets::read)
            .or(() -> named("system property " + DATA_PROPERTY, properties.get(DATA_PROPERTY)))
            .or(
                () ->
                    named("environment variable " + DATA_VARIABLE, environment.get(DATA_VARIABLE)))
            .or(() -> cached(listener));
    DataSets data = found.orElseGet(DataSets::digits);
    List<String> lines = data.lines();
    listener.message("Data: " + lines.get(0) + (found.isPresent() ? "" : NOT_MNIST));
    lines.stream().skip(1).forEach(listener::message);
    return data;
  }

  /** Reads the folder that something names; an empty name counts as none. */
  private static Optional<DataSets> named(String by, String folder) {
    if (folder == null || folder.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(DataSets.read(Path.of(folder)));
    } catch (InvalidPathException e) {
      throw new DataException(
          "%s (named by the %s) is not a path: give a folder".formatted(folder, by), e);
    } catch (DataException e) {
      throw new DataException("%s (named by the %s)".formatted(e.getMessage(), by), e);
    }
  }

  private Optional<DataSets> cached(DataListener listener) {
    boolean offline = offline();
    Optional<Path> cache = CacheFolder.of(environment, properties).map(at -> at.resolve("mnist"));
    if (cache.isEmpty()) {
      return Optional.empty();
    }
    Optional<DataSets> data = readCache(cache.get(), listener);
    return data.isPresent() || offline ? data : downloaded(cache.get(), listener);
  }

  private static Optional<DataSets> readCache(Path cache, DataListener listener) {
    if (!IdxFolder.holdsAny(cache)) {
      return Optional.empty();
    }
    try {
      return Optional.of(DataSets.read(cache));
    } catch (DataException e) {
      listener.message("Cache not used: " + e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<DataSets> downloaded(Path cache, DataListener listener) {
    try {
      download.into(cache, listener);
    } catch (IOException e) {
      listener.message("MNIST was not downloaded into %s: %s".formatted(cache, IoReason.of(e)));
      return Optional.empty();
    }
    return readCache(cache, listener);
  }

  private boolean offline() {
    String value = properties.getOrDefault(OFFLINE_PROPERTY, "false");
    return switch (value) {
      case "true", "" -> true;
      case "false" -> false;
      default ->
          throw new DataException(
              "system property %s must be true or false: %s".formatted(OFFLINE_PROPERTY, value));
    };
  }
}
