package io.github.convnet4j.bench.growth;

import java.util.Locale;

/** The quantity that is varied while the others stay fixed. */
enum Axis {
  BATCH,
  SIDE,
  WIDTH,
  DEPTH,
  IMAGES,
  THREADS;

  /** Returns the size with another value on this axis. */
  Size vary(Size base, int value) {
    return switch (this) {
      case BATCH ->
          new Size(value, base.side(), base.width(), base.depth(), base.images(), base.threads());
      case SIDE ->
          new Size(base.batch(), value, base.width(), base.depth(), base.images(), base.threads());
      case WIDTH ->
          new Size(base.batch(), base.side(), value, base.depth(), base.images(), base.threads());
      case DEPTH ->
          new Size(base.batch(), base.side(), base.width(), value, base.images(), base.threads());
      case IMAGES ->
          new Size(base.batch(), base.side(), base.width(), base.depth(), value, base.threads());
      case THREADS ->
          new Size(base.batch(), base.side(), base.width(), base.depth(), base.images(), value);
    };
  }

  /** Returns the value on this axis. */
  int of(Size size) {
    return switch (this) {
      case BATCH -> size.batch();
      case SIDE -> size.side();
      case WIDTH -> size.width();
      case DEPTH -> size.depth();
      case IMAGES -> size.images();
      case THREADS -> size.threads();
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
