package io.github.convnet4j.bench.growth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.convnet4j.bench.UsageException;
import io.github.convnet4j.bench.stats.Quartiles;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class GrowthCsvTest {
  @Test
  void writesOneLineForEachPointBelowTheNames() {
    Size size = new Size(100, 28, 32, 2, 1797, 2);
    Quartiles seconds = new Quartiles(3, 0.5, 1, 2);
    String csv =
        GrowthCsv.of(
            List.of(
                new Point(Axis.BATCH, size, seconds, 4, OptionalLong.of(1024)),
                new Point(Axis.SIDE, size, seconds, 4, OptionalLong.empty())));
    assertEquals(
        "axis,batch,side,width,depth,images,threads,lower_seconds,median_seconds,upper_seconds,"
            + "seconds_to_first_step,peak_resident_bytes\n"
            + "batch,100,28,32,2,1797,2,0.5,1.0,2.0,4.0,1024\n"
            + "side,100,28,32,2,1797,2,0.5,1.0,2.0,4.0,\n",
        csv);
  }

  @Test
  void readsWhatItWrote() {
    Size size = new Size(100, 28, 32, 2, 1797, 2);
    Quartiles seconds = new Quartiles(1, 0.5, 1, 2);
    List<Point> points =
        List.of(
            new Point(Axis.BATCH, size, seconds, 4, OptionalLong.of(1024)),
            new Point(Axis.SIDE, size, seconds, 4, OptionalLong.empty()));
    assertEquals(points, GrowthCsv.parse(GrowthCsv.of(points).lines().toList()));
  }

  @Test
  void refusesWhatItDidNotWrite() {
    assertThrows(UsageException.class, () -> GrowthCsv.parse(List.of("a,b", "1,2")));
    List<String> cutShort = List.of(GrowthCsv.of(List.of()).strip(), "batch,100,28");
    assertThrows(UsageException.class, () -> GrowthCsv.parse(cutShort));
  }
}
