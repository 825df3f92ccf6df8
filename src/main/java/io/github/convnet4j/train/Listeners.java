package io.github.convnet4j.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The listeners of one call of {@code fit}. */
final class Listeners {
  private static final Pattern STATE_NAME = Pattern.compile("[A-Za-z0-9_]+");

  private final List<TrainingListener> all;
  private final Map<String, ResumableListener> resumable = new LinkedHashMap<>();

  /** Releases the listeners when a run has ended. */
  interface Release extends AutoCloseable {
    @Override
    void close();
  }

  Listeners(List<TrainingListener> all) {
    this.all = all;
    for (TrainingListener listener : all) {
      if (listener instanceof ResumableListener withState) {
        add(withState);
      }
    }
  }

  private void add(ResumableListener listener) {
    String name = listener.stateName();
    if (!STATE_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "stateName must consist of letters, digits and underscores: \"%s\"".formatted(name));
    }
    if (resumable.put(name, listener) != null) {
      throw new IllegalArgumentException(
          "stateName must be unique among the listeners, but two of them have: " + name);
    }
  }

  /** Calls a method of each, in order. */
  void forEach(Consumer<TrainingListener> call) {
    all.forEach(call);
  }

  /** Restores the states that were saved with a run that is resumed. */
  void resume(Training training, ListenerStates states) {
    resumable.forEach(
        (name, listener) -> states.resume(name, state -> listener.resume(training, state)));
  }

  /** Returns what must be saved so that the run can be resumed from here. */
  Map<String, byte[]> states() {
    Map<String, byte[]> states = new LinkedHashMap<>();
    resumable.forEach((name, listener) -> states.put(name, listener.state()));
    return states;
  }

  /** Releases all of them, even if some throw. */
  void release(Training training) {
    List<RuntimeException> faults = new ArrayList<>();
    for (TrainingListener listener : all) {
      try {
        listener.release(training);
      } catch (RuntimeException e) {
        faults.add(e);
      }
    }
    if (!faults.isEmpty()) {
      RuntimeException first = faults.remove(0);
      faults.forEach(first::addSuppressed);
      throw first;
    }
  }
}
