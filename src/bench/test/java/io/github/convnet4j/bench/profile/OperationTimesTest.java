package io.github.convnet4j.bench.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.StepStats;

class OperationTimesTest {
  private static NodeExecStats node(String label, long from, long to) {
    return NodeExecStats.newBuilder()
        .setTimelineLabel(label)
        .setOpStartRelMicros(from)
        .setOpEndRelMicros(to)
        .build();
  }

  private static RunMetadata run(NodeExecStats... nodes) {
    DeviceStepStats device = DeviceStepStats.newBuilder().addAllNodeStats(List.of(nodes)).build();
    return RunMetadata.newBuilder()
        .setStepStats(StepStats.newBuilder().addDevStats(device))
        .build();
  }

  @Test
  void addsUpKindByKindAndTakesTheMedianOfTheRuns() {
    OperationTimes times = new OperationTimes();
    times.add(
        run(node("a = Mul(x, y)", 1, 4), node("b = Mul(x)", 0, 5), node("c = Relu(b)", 2, 3)));
    times.add(
        run(node("a = Mul(x, y)", 0, 1), node("b = Mul(x)", 0, 1), node("c = Relu(b)", 0, 9)));
    times.add(
        run(node("a = Mul(x, y)", 0, 9), node("b = Mul(x)", 0, 1), node("c = Relu(b)", 0, 4)));
    assertEquals(
        List.of(
            new OperationTimes.Kind("Mul", 2, 8 * 1e-6),
            new OperationTimes.Kind("Relu", 1, 4 * 1e-6)),
        times.kinds());
  }

  @Test
  void acceptsLabelsWithoutInputs() {
    assertEquals("NoOp", OperationTimes.kind("step = NoOp()"));
    assertEquals("edge", OperationTimes.kind("edge"));
  }
}
