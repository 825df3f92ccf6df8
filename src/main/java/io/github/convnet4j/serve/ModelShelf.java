package io.github.convnet4j.serve;

import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.train.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The models of a server, by name and version. A model's folder holds the model itself, which is
 * then version 1, or a folder for each version, named by its number, as for TensorFlow Serving.
 */
final class ModelShelf implements AutoCloseable {
  private static final Pattern VERSION = Pattern.compile("[1-9]\\d{0,17}");

  private final Map<String, Path> folders;
  private final Function<Path, Model<?>> loader;
  private final Batcher.Limits limits;
  private final Memory memory;
  private final ObjIntConsumer<String> computed;
  private final Map<String, NavigableMap<Long, ServedModel>> models = new LinkedHashMap<>();
  private boolean closed;

  /**
   * Loads all models.
   *
   * @param folders where they are, by their names
   * @param loader loads a model from its folder
   * @param computed receives the name of the model and the number of examples of each batch
   */
  ModelShelf(
      Map<String, Path> folders,
      Function<Path, Model<?>> loader,
      Batcher.Limits limits,
      Memory memory,
      ObjIntConsumer<String> computed) {
    this.folders = new LinkedHashMap<>(folders);
    this.loader = loader;
    this.limits = limits;
    this.memory = memory;
    this.computed = computed;
    try {
      this.folders.keySet().forEach(this::reload);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Returns the names of the models. */
  List<String> names() {
    return List.copyOf(folders.keySet());
  }

  /**
   * Returns the versions of a model, the newest one last.
   *
   * @throws Refusal if there is no model of this name
   */
  synchronized List<ServedModel> versions(String name) {
    NavigableMap<Long, ServedModel> versions = models.get(name);
    if (versions == null) {
      throw Refusal.notFound(
          "there is no model %s: there are %s".formatted(quoted(name), folders.keySet()));
    }
    return List.copyOf(versions.values());
  }

  /**
   * Returns a version of a model, or the newest one.
   *
   * @throws Refusal if there is none
   */
  ServedModel find(String name, OptionalLong version) {
    List<ServedModel> versions = versions(name);
    if (version.isEmpty()) {
      return versions.get(versions.size() - 1);
    }
    return versions.stream()
        .filter(model -> model.version() == version.getAsLong())
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.notFound(
                    "there is no version %d of the model %s: there are %s"
                        .formatted(
                            version.getAsLong(),
                            name,
                            versions.stream().map(ServedModel::version).toList())));
  }

  /**
   * Returns the number of a version in a path.
   *
   * @throws Refusal if it is none
   */
  static long version(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw Refusal.badRequest("a version must be a number");
    }
  }

  /** Does something with a model. */
  @FunctionalInterface
  interface Use<T> {
    CompletionStage<T> of(ServedModel model);
  }

  /**
   * Does something with a version of a model, or the newest one, which stays open until that is
   * done, also if it is replaced meanwhile.
   *
   * @throws Refusal if there is none
   */
  <T> CompletionStage<T> with(String name, OptionalLong version, Use<T> use) {
    while (true) {
      ServedModel model = find(name, version);
      if (model.acquire()) {
        try {
          return use.of(model).whenComplete((result, fault) -> model.release());
        } catch (RuntimeException | Error e) {
          model.release();
          throw e;
        }
      }
      // It has just been replaced: another one is on the shelf.
    }
  }

  private static String quoted(String name) {
    String shown = name.length() > 100 ? name.substring(0, 100) + "…" : name;
    return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
  }

  /**
   * Loads a model again, all its versions. Requests that arrive meanwhile are answered by the old
   * ones. If that fails, the old ones stay.
   *
   * @throws Refusal if there is no model of this name
   * @throws StoreException if it cannot be loaded
   */
  void reload(String name) {
    Path folder = folders.get(name);
    if (folder == null) {
      throw Refusal.notFound(
          "there is no model %s: there are %s".formatted(quoted(name), folders.keySet()));
    }
    NavigableMap<Long, ServedModel> loaded = new TreeMap<>();
    try {
      for (Map.Entry<Long, Path> version : versionFolders(folder).entrySet()) {
        loaded.put(version.getKey(), served(name, version.getKey(), version.getValue()));
      }
    } catch (RuntimeException e) {
      loaded.values().forEach(ServedModel::close);
      throw e;
    }
    change(
        name,
        versions -> {
          versions.clear();
          versions.putAll(loaded);
        });
  }

  private ServedModel served(String name, long version, Path folder) {
    return new ServedModel(name, version, loader.apply(folder), limits, memory, computed);
  }

  /** Changes the versions that are served, and closes those that are served no more. */
  private void change(String name, Consumer<NavigableMap<Long, ServedModel>> change) {
    List<ServedModel> unused;
    synchronized (this) {
      NavigableMap<Long, ServedModel> before = models.getOrDefault(name, new TreeMap<>());
      NavigableMap<Long, ServedModel> after = new TreeMap<>(before);
      change.accept(after);
      unused = new ArrayList<>(closed ? after.values() : before.values());
      unused.removeAll(closed ? before.values() : after.values());
      if (!closed) {
        models.put(name, after);
      }
    }
    unused.forEach(ServedModel::retire);
  }

  /**
   * Loads a version, which replaces the one of the same number, if there is one. Requests that
   * arrive meanwhile are answered by what is there. If that fails, it stays.
   *
   * @throws StoreException if it cannot be loaded
   */
  void load(String name, long version, Path folder) {
    ServedModel loaded = served(name, version, folder);
    change(name, versions -> versions.put(version, loaded));
  }

  /**
   * Stops serving a version, unless it is the only one.
   *
   * @return whether it is not served any more
   */
  boolean retire(String name, long version) {
    change(
        name,
        versions -> {
          if (versions.size() > 1) {
            versions.remove(version);
          }
        });
    return versions(name).stream().noneMatch(model -> model.version() == version);
  }

  /**
   * Returns where the versions of a model are: the folder itself is version 1 if it holds none.
   *
   * @throws StoreException if the folder cannot be listed
   */
  static NavigableMap<Long, Path> versionFolders(Path folder) {
    NavigableMap<Long, Path> versions = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> inside = Files.list(folder)) {
        inside
            .filter(Files::isDirectory)
            .filter(path -> VERSION.matcher(path.getFileName().toString()).matches())
            .forEach(path -> versions.put(Long.valueOf(path.getFileName().toString()), path));
      } catch (IOException e) {
        throw StoreException.notRead(folder, e);
      }
    }
    if (versions.isEmpty()) {
      versions.put(1L, folder);
    }
    return versions;
  }

  /** Returns all versions of all models. */
  synchronized List<ServedModel> all() {
    List<ServedModel> all = new ArrayList<>();
    models.values().forEach(versions -> all.addAll(versions.values()));
    return all;
  }

  /** From now on, no request waits for others. */
  void hurry() {
    all().forEach(ServedModel::hurry);
  }

  /** Closes all models after the requests that were accepted. */
  @Override
  public void close() {
    List<ServedModel> all;
    synchronized (this) {
      closed = true;
      all = all();
    }
    all.forEach(ServedModel::close);
  }
}
