package io.github.convnet4j.classifier;

/** How far a classifier has been trained; written by one thread at a time. */
final class Progress {
  private volatile long step;
  private volatile int epochs;

  /** Steps done so far. */
  long step() {
    return step;
  }

  /** Epochs done so far. */
  int epochs() {
    return epochs;
  }

  void stepDone() {
    set(step + 1, epochs);
  }

  void epochDone() {
    set(step, epochs + 1);
  }

  void set(long newStep, int newEpochs) {
    step = newStep;
    epochs = newEpochs;
  }
}
