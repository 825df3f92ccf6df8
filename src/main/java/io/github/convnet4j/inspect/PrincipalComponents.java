package io.github.convnet4j.inspect;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Principal component analysis: the orthogonal directions in which rows of numbers vary most, and
 * the positions of the rows along them. Immutable.
 *
 * <p>Each direction has length 1. Its sign makes the number with the largest absolute value
 * positive. Variances divide by the number of rows minus 1.
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
   * Computes the principal components of rows of numbers.
   *
   * @param values {@code [rows, length]} row by row
   * @param rows at least 2
   * @param components number of directions, from 1 to the smaller of rows and length
   * @throws IllegalArgumentException if the number of values is not a multiple of {@code rows}, or
   *     one is not finite
   */
  public static PrincipalComponents of(float[] values, int rows, int components) {
    if (rows < 2) {
      throw new IllegalArgumentException("rows must be at least 2: " + rows);
    }
    if (values.length == 0 || values.length % rows != 0) {
      throw new IllegalArgumentException(
          "the number of values must be a multiple of rows, %d: %d".formatted(rows, values.length));
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
      throw new ArithmeticException("the eigenvalue decomposition did not converge");
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
              "values must be finite: row %d, column %d is %s".formatted(row, column, value));
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
   * Returns the inner products of the columns or, if there are more columns than rows, of the rows.
   * Both matrices have the same nonzero eigenvalues.
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
    double largest = 0;
    for (double value : direction.getData()) {
      largest = Math.abs(value) > Math.abs(largest) ? value : largest;
    }
    // A direction without variance has length 0, so it stays 0.
    double scale = square == 0 ? 0 : Math.signum(largest) / Math.sqrt(square);
    CommonOps_DDRM.scale(scale, direction);
    return direction;
  }

  /** Number of directions. */
  public int components() {
    return directions.length;
  }

  /** Returns a copy of a direction, {@code [length]}. */
  public double[] direction(int component) {
    return directions[component].clone();
  }

  /** Returns the variance along a direction. */
  public double variance(int component) {
    return variances[component];
  }

  /**
   * Returns the share of the total variance that lies along a direction; 0 if there is no variance.
   */
  public double varianceShare(int component) {
    return totalVariance == 0 ? 0 : variances[component] / totalVariance;
  }

  /** Number of rows. */
  public int rows() {
    return scores.length;
  }

  /** Returns the position of a row along a direction, relative to the mean. */
  public double score(int row, int component) {
    return scores[row][component];
  }
}
