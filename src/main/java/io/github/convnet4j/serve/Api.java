package io.github.convnet4j.serve;

import java.util.List;
import java.util.Optional;

/** A family of paths. */
@FunctionalInterface
interface Api {
  /**
   * Returns what is at a path.
   *
   * @param path its decoded parts
   * @throws Refusal if it names a model that there is not
   */
  Optional<Resource> find(List<String> path);
}
