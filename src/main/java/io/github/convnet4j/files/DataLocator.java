package io.github.convnet4j.files;

import io.github.convnet4j.check.IoReason;
import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.DataSets;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds a data set. Uses the first of these that exists:
 *
 * <ol>
 *   <li>a folder that the caller gives;
 *   <li>the folder in the system property {@value #DATA_PROPERTY};
 *   <li>the folder in the environment variable {@value #DATA_VARIABLE};
 *   <li>{@code convnet4j/mnist} in the user's cache folder: {@code $XDG_CACHE_HOME} or {@code
 *       ~/.cache}, on macOS {@code ~/Library/Caches}, on Windows {@code %LOCALAPPDATA%};
 *   <li>a download of MNIST into that folder, unless the system property {@value #OFFLINE_PROPERTY}
 *       is {@code true} or empty;
 *   <li>the digits bundled with the library, {@link BundledDigits#read()}, which are not MNIST.
 * </ol>
 *
 * <p>A problem with a given folder is an error. A problem with the cache or the download is
 * reported to the listener, and the next in the list is tried.
 */
public final class DataLocator {
  /** The system property for a folder that {@link IdxFolder#read(Path)} can read. */
  public static final String DATA_PROPERTY = "convnet4j.data";

  /** The environment variable for a folder that {@link IdxFolder#read(Path)} can read. */
  public static final String DATA_VARIABLE = "CONVNET4J_DATA";

  /** The system property that forbids downloads if it is {@code true} or empty. */
  public static final String OFFLINE_PROPERTY = "convnet4j.offline";

  private static final String NOT_MNIST =
      "; for MNIST, give the folder of its four files with --data FOLDER, -D%s=FOLDER or %s=FOLDER"
          .formatted(DATA_PROPERTY, DATA_VARIABLE);

  private final Map<String, String> environment;
  private final Map<String, String> properties;
  private final Download download;

  DataLocator(Map<String, String> environment, Map<String, String> properties, Download download) {
    this.environment = Map.copyOf(environment);
    this.properties = Map.copyOf(properties);
    this.download = download;
  }

  /** Returns a locator that uses this process's environment variables and system properties. */
  public static DataLocator ofSystem() {
    return of(
        System.getenv(),
        System.getProperties().stringPropertyNames().stream()
            .collect(Collectors.toMap(name -> name, name -> System.getProperty(name, ""))));
  }

  /**
   * Returns a locator that uses the given environment variables and system properties.
   *
   * @param environment environment variables
   * @param properties system properties, including {@code user.home} and {@code os.name}; without a
   *     home directory there is no cache and no download
   */
  public static DataLocator of(Map<String, String> environment, Map<String, String> properties) {
    return new DataLocator(environment, properties, Download.MNIST);
  }

  /**
   * Finds and reads the data. The listener's last messages say which data is used, with any notes
   * about it.
   *
   * @param directory a folder given by the user, if any, that {@link IdxFolder#read(Path)} can read
   * @throws DataException if a given folder cannot be used, or the property {@value
   *     #OFFLINE_PROPERTY} is neither true nor false
   */
  public DataSets locate(Optional<Path> directory, DataListener listener) {
    Optional<DataSets> found =
        directory
            .map(IdxFolder::read)
            .or(() -> given("system property " + DATA_PROPERTY, properties.get(DATA_PROPERTY)))
            .or(
                () ->
                    given("environment variable " + DATA_VARIABLE, environment.get(DATA_VARIABLE)))
            .or(() -> cached(listener));
    DataSets data = found.orElseGet(BundledDigits::read);
    List<String> lines = data.lines();
    listener.message("Data: " + lines.get(0) + (found.isPresent() ? "" : NOT_MNIST));
    lines.stream().skip(1).forEach(listener::message);
    return data;
  }

  /** Reads a folder that was given in some way; an empty name counts as none. */
  private static Optional<DataSets> given(String by, String folder) {
    if (folder == null || folder.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(IdxFolder.read(Path.of(folder)));
    } catch (InvalidPathException e) {
      throw new DataException(
          "%s (from the %s) is not a path: give a folder".formatted(folder, by), e);
    } catch (DataException e) {
      throw new DataException("%s (from the %s)".formatted(e.getMessage(), by), e);
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
      return Optional.of(IdxFolder.read(cache));
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
