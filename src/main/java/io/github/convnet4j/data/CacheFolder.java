package io.github.convnet4j.data;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where the platform keeps what a program can fetch again. */
final class CacheFolder {
  private static final String NAME = "convnet4j";

  private CacheFolder() {}

  /**
   * The library's folder there, which need not exist; empty where the user has no home.
   *
   * @param environment as {@link System#getenv()}
   * @param properties of which {@code os.name} and {@code user.home} are looked at
   */
  static Optional<Path> of(Map<String, String> environment, Map<String, String> properties) {
    String os = properties.getOrDefault("os.name", "");
    if (os.startsWith("Mac")) {
      return home(properties, "Library", "Caches");
    }
    if (os.startsWith("Windows")) {
      return absolute(environment.get("LOCALAPPDATA"))
          .or(() -> home(properties, "AppData", "Local"));
    }
    // https://specifications.freedesktop.org/basedir-spec: a relative path is to be ignored.
    return absolute(environment.get("XDG_CACHE_HOME")).or(() -> home(properties, ".cache"));
  }

  private static Optional<Path> home(Map<String, String> properties, String... below) {
    // Java calls the home of a user who has none "?".
    return absolute(properties.get("user.home"), below);
  }

  private static Optional<Path> absolute(String folder, String... below) {
    return Optional.ofNullable(folder)
        .map(first -> Path.of(first, below))
        .filter(Path::isAbsolute)
        .map(path -> path.resolve(NAME));
  }
}
