package io.github.convnet4j.examples.numpy;

/** The two floating-point types that are printed; each does its arithmetic in its own precision. */
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

  /** The binary parts of a finite value of this type, here widened to double. */
  abstract BinaryFloat parts(double value);

  /** The quotient of two values of this type, rounded (and overflowing) as the type does. */
  abstract double ratio(double numerator, double denominator);
}
