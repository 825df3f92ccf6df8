package io.github.convnet4j.examples.plot;

/** Where figures go. */
public enum PlotTarget {
  /** A window where there is a display, else a PNG file. */
  AUTO,
  /** A window; without a display that is an error. */
  WINDOW,
  /** A PNG file; needs no display. */
  FILE,
  /** Nowhere: figures are neither drawn nor written. */
  NONE
}
