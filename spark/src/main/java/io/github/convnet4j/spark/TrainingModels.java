package io.github.convnet4j.spark;

import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Supplier;

/**
 * The models of this JVM that train. A task has one to itself, and the next round's task takes it
 * over, since building a graph takes longer than many steps. Those that no task has used for a
 * minute are closed.
 */
final class TrainingModels {
  private static final Duration LONGEST_IDLE = Duration.ofMinutes(1);

  private static final List<Trainer> IDLE = new ArrayList<>();

  static {
    long period = LONGEST_IDLE.toMillis();
    new Timer("convnet4j-idle-models", true)
        .schedule(
            new TimerTask() {
              @Override
              public void run() {
                closeIdle(System.nanoTime() - LONGEST_IDLE.toNanos());
              }
            },
            period,
            period);
  }

  private TrainingModels() {}

  /** A model, and the values that the variables had before any training. */
  static final class Trainer {
    private final String hash;
    private final Model<Prediction> model;
    private final Map<String, float[]> initial;
    private long returned;

    private Trainer(String hash, Model<Prediction> model) {
      this.hash = hash;
      this.model = model;
      this.initial = model.snapshot().variables();
    }

    Model<Prediction> model() {
      return model;
    }

    /** Continues from a round's variables; those of the optimizer may be missing. */
    void start(Variables from) {
      Map<String, float[]> variables = new LinkedHashMap<>(initial);
      variables.putAll(from.values());
      model.restore(model.snapshot(from.progress(), variables));
    }

    /** Returns what the model is now. */
    Variables variables(boolean withOptimizer) {
      Snapshot snapshot = model.snapshot();
      Map<String, float[]> variables = snapshot.variables();
      if (!withOptimizer) {
        variables.keySet().retainAll(model.weightNames());
      }
      return new Variables(snapshot.progressToBytes(), variables);
    }
  }

  /** Uses a model. */
  interface Use<T> {
    T run(Trainer trainer);
  }

  /**
   * Runs an action with a model that no other task uses. It is closed if the action fails.
   *
   * @param hash which model
   * @param loader loads one if none is idle
   */
  static <T> T with(String hash, Supplier<Model<Prediction>> loader, Use<T> action) {
    Trainer trainer = take(hash, loader);
    T result;
    try {
      result = action.run(trainer);
    } catch (RuntimeException | Error e) {
      trainer.model.close();
      throw e;
    }
    synchronized (IDLE) {
      trainer.returned = System.nanoTime();
      IDLE.add(trainer);
    }
    return result;
  }

  private static Trainer take(String hash, Supplier<Model<Prediction>> loader) {
    synchronized (IDLE) {
      for (Iterator<Trainer> idle = IDLE.iterator(); idle.hasNext(); ) {
        Trainer trainer = idle.next();
        if (trainer.hash.equals(hash)) {
          idle.remove();
          return trainer;
        }
      }
    }
    return new Trainer(hash, loader.get());
  }

  private static void closeIdle(long before) {
    synchronized (IDLE) {
      IDLE.removeIf(
          trainer -> {
            boolean isOld = trainer.returned - before < 0;
            if (isOld) {
              trainer.model.close();
            }
            return isOld;
          });
    }
  }

  /** Closes the models of this JVM that no task is using. */
  static void closeIdle() {
    closeIdle(System.nanoTime() + LONGEST_IDLE.toNanos());
  }
}
