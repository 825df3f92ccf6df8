package io.github.convnet4j.bench.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.bench.folder.FolderCommand.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FolderCommandTest {
  private static final double ROUNDING = 1e-12;

  /** A step of 1 s on both cores, and 0.2 s of decoding: at least 0.1 s more on two cores. */
  @Test
  void whatDecodingTakesIsSpreadOverTheCores() {
    Map<String, List<Effort>> efforts = new LinkedHashMap<>();
    efforts.put("memory", List.of(new Effort(1, 2)));
    efforts.put("disk", List.of(new Effort(1.15, 2.2)));
    List<Outcome> outcomes = FolderCommand.outcomes(efforts, 2);
    assertEquals(1, outcomes.get(0).toMemory().median(), ROUNDING);
    assertEquals(1, outcomes.get(0).possible().median(), ROUNDING);
    assertEquals(1.15, outcomes.get(1).toMemory().median(), ROUNDING);
    assertEquals(1.1, outcomes.get(1).possible().median(), ROUNDING);
    assertEquals(1.05, FolderCommand.outcomes(efforts, 4).get(1).possible().median(), ROUNDING);
  }

  @Test
  void anEffortIsThatOfOnePart() {
    Effort each = new Effort(7, 12).since(new Effort(1, 4), 4);
    assertEquals(1.5, each.seconds(), ROUNDING);
    assertEquals(2, each.processorSeconds(), ROUNDING);
  }
}
