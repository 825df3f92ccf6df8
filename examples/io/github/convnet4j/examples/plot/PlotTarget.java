package io.github.convnet4j.examples.plot;

/** Where figures go. */
public enum PlotTarget {
  /** A window if there is a display, otherwise a PNG file. */
  AUTO,
  /** A window; it is an error if there is no display. */
  WINDOW,
  /** A PNG file; needs no display. */
  FILE,
  /** Nowhere: figures are neither drawn nor written. */
  NONE
}
