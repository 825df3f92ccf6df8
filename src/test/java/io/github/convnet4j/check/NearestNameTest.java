package io.github.convnet4j.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestNameTest {
  private static final List<String> LAYERS =
      List.of("Conv1", "bn_Conv1", "block_1_add", "block_12_add", "block_13_expand", "out_relu");

  @Test
  void theNearestNeedsTheFewestChanges() {
    assertEquals(Optional.of("block_1_add"), NearestName.of("block_1_ad", LAYERS));
    assertEquals(Optional.empty(), NearestName.of("dense", LAYERS));
  }

  /** Of two names that contain it, the one with fewer other letters comes first. */
  @Test
  void namesThatContainItComeFirst() {
    assertEquals(List.of("Conv1", "bn_Conv1"), NearestName.some("Conv", LAYERS, 2));
    assertEquals(List.of("out_relu"), NearestName.some("mobilenetv2/out_relu", LAYERS, 1));
    assertEquals(
        List.of("block_1_add", "block_12_add"), NearestName.some("block_2_add", LAYERS, 2));
    assertEquals(List.of(), NearestName.some("dense_7", LAYERS, 3));
  }
}
