package io.github.convnet4j.check;

/** The largest of some numbers, with one rule for equal ones and for NaN. */
public final class Largest {
  private Largest() {}

  /**
   * Returns the index of the first largest of the {@code n} values that start at {@code from},
   * relative to {@code from}. NaN counts as smaller than any number; of NaN alone it is 0.
   */
  public static int indexOf(float[] values, int from, int n) {
    int largest = 0;
    for (int i = 1; i < n; i++) {
      if (values[from + i] > values[from + largest]
          || (Float.isNaN(values[from + largest]) && !Float.isNaN(values[from + i]))) {
        largest = i;
      }
    }
    return largest;
  }
}
