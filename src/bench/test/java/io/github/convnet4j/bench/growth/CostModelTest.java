package io.github.convnet4j.bench.growth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.bench.growth.EstimateCommand.Estimate;
import io.github.convnet4j.bench.stats.Quartiles;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CostModelTest {
  private static final Size BASE = new Size(10, 28, 2, 3, 1000, 1);

  /** 28x28 pixels, then twice 14x14: nine multiplications for each pair of channels. */
  @Test
  void countsMultiplications() {
    assertEquals(10 * 9 * (784 * 2 + 2 * 196 * 2 * 2), CostModel.multiplications(BASE));
  }

  @Test
  void countsActivations() {
    assertEquals(10 * 2 * (784 + 2 * 196), CostModel.activations(BASE));
  }

  @Test
  void poolingRoundsUpAnOddSide() {
    assertEquals(1 * (9 + 4), CostModel.activations(new Size(1, 3, 1, 2, 1, 1)));
  }

  @Test
  void countsTheDataSetOnceAsBytes() {
    assertEquals(1000 * (784 + 12), CostModel.dataSetBytes(BASE));
  }

  /** The model recovers the coefficients that the points were computed with. */
  @Test
  void predictsSizesThatWereNotMeasured() {
    List<Point> points =
        Stream.of(
                BASE,
                Axis.BATCH.vary(BASE, 100),
                Axis.WIDTH.vary(BASE, 64),
                Axis.DEPTH.vary(BASE, 9),
                Axis.IMAGES.vary(BASE, 50_000),
                Axis.THREADS.vary(BASE, 2))
            .map(
                size ->
                    new Point(Axis.BATCH, size, at(seconds(size)), 1, OptionalLong.of(bytes(size))))
            .toList();
    Size other = new Size(300, 56, 16, 4, 60_050, 4);
    Estimate estimate = EstimateCommand.estimate(CostModel.of(points), other, 2);
    assertEquals(seconds(other), estimate.secondsPerStep(), 1e-9);
    assertEquals((double) bytes(other), (double) estimate.bytes(), 10);
    // 60,050 images are 200 whole batches of 300 and one of 50, twice.
    assertEquals(402 * seconds(other), estimate.seconds(), 1e-6);
  }

  /** 42,799 * 224 * 224 is 2,147,482,624; the largest array has 2,147,483,639 elements. */
  @Test
  void pixelsMustFitInAnArray() {
    Size large = Axis.SIDE.vary(BASE, 224);
    assertTrue(EstimateCommand.holds(Axis.IMAGES.vary(large, 42_799)));
    assertFalse(EstimateCommand.holds(Axis.IMAGES.vary(large, 42_800)));
  }

  private static double seconds(Size size) {
    return 0.002
        + (1e-10 * CostModel.multiplications(size) + 3e-9 * CostModel.activations(size))
            / size.threads();
  }

  private static long bytes(Size size) {
    return Math.round(4e8 + 5 * 4 * CostModel.activations(size) + CostModel.dataSetBytes(size));
  }

  private static Quartiles at(double value) {
    return new Quartiles(1, value, value, value);
  }
}
