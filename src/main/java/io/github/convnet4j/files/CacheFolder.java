package io.github.convnet4j.files;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The platform's folder for cached files. */
final class CacheFolder {
  private static final String NAME = "convnet4j";

  private CacheFolder() {}

  /**
   * Returns the library's own folder there, which may not exist yet. Empty if the user has no home
   * directory.
   *
   * @param environment as {@link System#getenv()}
   * @param properties of which {@code os.name} and {@code user.home} are used
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
    // https://specifications.freedesktop.org/basedir-spec: a relative path is ignored.
    return absolute(environment.get("XDG_CACHE_HOME")).or(() -> home(properties, ".cache"));
  }

  private static Optional<Path> home(Map<String, String> properties, String... below) {
    // Java reports "?" for a user without a home directory.
    return absolute(properties.get("user.home"), below);
  }

  private static Optional<Path> absolute(String folder, String... below) {
    return Optional.ofNullable(folder)
        .map(first -> Path.of(first, below))
        .filter(Path::isAbsolute)
        .map(path -> path.resolve(NAME));
  }
}
