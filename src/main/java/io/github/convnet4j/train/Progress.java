package io.github.convnet4j.train;

/** How far a network has been trained up to now. Only one thread writes it at a time. */
final class Progress {
  private volatile Reached reached = Reached.NOTHING;

  Reached reached() {
    return reached;
  }

  void set(Reached now) {
    reached = now;
  }
}
