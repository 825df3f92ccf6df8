package io.github.convnet4j.inspect;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The directions in which rows of numbers are spread most, at right angles to each other, and where
 * the rows lie along them: principal component analysis. Immutable.
 *
 * <p>Each direction has length 1, and the sign that makes its greatest number in absolute value
 * positive. Variances divide by the number of rows less 1.
 */
public final class PrincipalComponents {
  private final double[][] directions;
  private final double[] variances;
  private final double totalVariance;
  private final double[][] scores;

  private PrincipalComponents(
      double[][] directions, double[] variances, double totalVariance, double[][] scores) {
    this.directions = directions;
    this.variances = variances;
    this.totalVariance = totalVariance;
    this.scores = scores;
  }

  /**
   * Of rows of numbers.
   *
   * @param values {@code [rows, length]} row by row
   * @param rows at least 2
   * @param components how many directions, from 1 to the lesser of rows and length
   * @throws IllegalArgumentException if the values are not whole rows, or one is not finite
   */
  public static PrincipalComponents of(float[] values, int rows, int components) {
    if (rows < 2) {
      throw new IllegalArgumentException("rows must be at least 2: " + rows);
    }
    if (values.length == 0 || values.length % rows != 0) {
      throw new IllegalArgumentException(
          "values must be %d whole rows: %d values".formatted(rows, values.length));
    }
    int length = values.length / rows;
    if (components < 1 || components > Math.min(rows, length)) {
      throw new IllegalArgumentException(
          "components must be from 1 to %d: %d".formatted(Math.min(rows, length), components));
    }
    DMatrixRMaj centered = centered(values, rows, length);
    boolean wide = rows < length;
    DMatrixRMaj products = products(centered, wide);
    double total = CommonOps_DDRM.trace(products);
    EigenDecomposition_F64<DMatrixRMaj> eigen =
        DecompositionFactory_DDRM.eig(products.numRows, true, true);
    if (!eigen.decompose(products)) {
      throw new ArithmeticException("the principal components cannot be found");
    }
    List<Integer> order =
        IntStream.range(0, eigen.getNumberOfEigenvalues())
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -eigen.getEigenvalue(i).getReal()))
            .toList();
    double[][] directions = new double[components][];
    double[] variances = new double[components];
    double[][] scores = new double[rows][components];
    for (int c = 0; c < components; c++) {
      int i = order.get(c);
      DMatrixRMaj direction = direction(eigen.getEigenVector(i), centered, wide);
      directions[c] = direction.getData().clone();
      variances[c] = Math.max(0, eigen.getEigenvalue(i).getReal()) / (rows - 1);
      DMatrixRMaj along = new DMatrixRMaj(rows, 1);
      CommonOps_DDRM.mult(centered, direction, along);
      for (int row = 0; row < rows; row++) {
        scores[row][c] = along.get(row);
      }
    }
    return new PrincipalComponents(directions, variances, total / (rows - 1), scores);
  }

  private static DMatrixRMaj centered(float[] values, int rows, int length) {
    DMatrixRMaj centered = new DMatrixRMaj(rows, length);
    for (int column = 0; column < length; column++) {
      double sum = 0;
      for (int row = 0; row < rows; row++) {
        float value = values[row * length + column];
        if (!Float.isFinite(value)) {
          throw new IllegalArgumentException(
              "values must be finite: that of row %d and column %d is %s"
                  .formatted(row, column, value));
        }
        sum += value;
      }
      for (int row = 0; row < rows; row++) {
        centered.set(row, column, values[row * length + column] - sum / rows);
      }
    }
    return centered;
  }

  /**
   * The products of the columns with each other or, if they are more than the rows, of the rows:
   * both matrices have the same eigenvalues but for zeros.
   */
  private static DMatrixRMaj products(DMatrixRMaj centered, boolean wide) {
    int n = wide ? centered.numRows : centered.numCols;
    DMatrixRMaj products = new DMatrixRMaj(n, n);
    if (wide) {
      CommonOps_DDRM.multTransB(centered, centered, products);
    } else {
      CommonOps_DDRM.multTransA(centered, centered, products);
    }
    return products;
  }

  private static DMatrixRMaj direction(DMatrixRMaj vector, DMatrixRMaj centered, boolean wide) {
    DMatrixRMaj direction = vector.copy();
    if (wide) {
      direction = new DMatrixRMaj(centered.numCols, 1);
      CommonOps_DDRM.multTransA(centered, vector, direction);
    }
    double square = CommonOps_DDRM.dot(direction, direction);
    double greatest = 0;
    for (double value : direction.getData()) {
      greatest = Math.abs(value) > Math.abs(greatest) ? value : greatest;
    }
    // A direction without any spread has no length to divide by, and stays 0.
    double scale = square == 0 ? 0 : Math.signum(greatest) / Math.sqrt(square);
    CommonOps_DDRM.scale(scale, direction);
    return direction;
  }

  /** How many directions there are. */
  public int components() {
    return directions.length;
  }

  /** A direction, {@code [length]}; a copy. */
  public double[] direction(int component) {
    return directions[component].clone();
  }

  /** The variance along a direction. */
  public double variance(int component) {
    return variances[component];
  }

  /** The share of the whole variance that lies along a direction; 0 if there is none at all. */
  public double varianceShare(int component) {
    return totalVariance == 0 ? 0 : variances[component] / totalVariance;
  }

  /** How many rows there are. */
  public int rows() {
    return scores.length;
  }

  /** Where a row lies along a direction, from the mean. */
  public double score(int row, int component) {
    return scores[row][component];
  }
}
