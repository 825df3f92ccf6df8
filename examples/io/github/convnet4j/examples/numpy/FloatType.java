package io.github.convnet4j.examples.numpy;

/** The two floating-point types that can be printed; each computes in its own precision. */
enum FloatType {
  FLOAT32 {
    @Override
    BinaryFloat parts(double value) {
      return BinaryFloat.of((float) value);
    }

    @Override
    double ratio(double numerator, double denominator) {
      return (float) numerator / (float) denominator;
    }
  },
  FLOAT64 {
    @Override
    BinaryFloat parts(double value) {
      return BinaryFloat.of(value);
    }

    @Override
    double ratio(double numerator, double denominator) {
      return numerator / denominator;
    }
  };

  /** Returns the binary parts of a finite value of this type, which is passed as a double. */
  abstract BinaryFloat parts(double value);

  /** Returns the quotient of two values of this type; it rounds and overflows as the type does. */
  abstract double ratio(double numerator, double denominator);
}
