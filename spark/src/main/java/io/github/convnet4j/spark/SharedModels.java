package io.github.convnet4j.spark;

import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The models of this JVM that predict. All tasks that score with the same model share one copy of
 * it. A model stays loaded for the next tasks after the last one has returned it; of those that no
 * task uses, the two that were used last are kept.
 */
final class SharedModels {
  private static final int MOST_IDLE = 2;

  /** The model that was used last comes last. */
  private static final Map<String, Shared> MODELS = new LinkedHashMap<>(16, 0.75f, true);

  private SharedModels() {}

  private static final class Shared {
    private final Supplier<Model<Prediction>> loader;
    private Model<Prediction> model;
    private int users;

    Shared(Supplier<Model<Prediction>> loader) {
      this.loader = loader;
    }

    /** Loads the model if no other task has; other tasks that need it wait. */
    synchronized Model<Prediction> model() {
      if (model == null) {
        model = loader.get();
      }
      return model;
    }

    synchronized void close() {
      if (model != null) {
        model.close();
      }
    }
  }

  /** A task's use of a model. */
  static final class Use implements AutoCloseable {
    private final Shared shared;
    private boolean returned;

    private Use(Shared shared) {
      this.shared = shared;
    }

    Model<Prediction> model() {
      return shared.model();
    }

    /** Returns the model. Closing again has no effect. */
    @Override
    public void close() {
      synchronized (MODELS) {
        if (!returned) {
          returned = true;
          shared.users--;
          closeIdle();
        }
      }
    }
  }

  /**
   * Registers a task as a user of a model.
   *
   * @param hash which model
   * @param loader loads it if this JVM does not have it
   */
  static Use use(String hash, Supplier<Model<Prediction>> loader) {
    synchronized (MODELS) {
      Shared shared = MODELS.computeIfAbsent(hash, absent -> new Shared(loader));
      shared.users++;
      return new Use(shared);
    }
  }

  private static void closeIdle() {
    long idle = MODELS.values().stream().filter(shared -> shared.users == 0).count();
    Iterator<Shared> oldestFirst = MODELS.values().iterator();
    while (idle > MOST_IDLE && oldestFirst.hasNext()) {
      Shared shared = oldestFirst.next();
      if (shared.users == 0) {
        oldestFirst.remove();
        shared.close();
        idle--;
      }
    }
  }

  /** Returns how many models are loaded or being loaded. */
  static int count() {
    synchronized (MODELS) {
      return MODELS.size();
    }
  }
}
