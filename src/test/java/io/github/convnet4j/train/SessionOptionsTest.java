package io.github.convnet4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.natives.NativeGraph;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.DeviceSpec;
import org.tensorflow.DeviceSpec.DeviceType;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

class SessionOptionsTest {
  private static final SessionOptions STANDARD = SessionOptions.standard();

  private static String refused(Runnable make) {
    return assertThrows(IllegalArgumentException.class, make::run).getMessage();
  }

  @Test
  void theDefaultsAreTensorFlows() {
    assertEquals(ConfigProto.getDefaultInstance(), STANDARD.proto());
  }

  @Test
  void optionsAreCopiesThatKeepEachOther() {
    SessionOptions options =
        STANDARD
            .gpuMemoryGrowth()
            .gpuMemoryShare(0.25)
            .intraOpThreads(3)
            .interOpThreads(2)
            .softPlacement()
            .logDevicePlacement()
            .device("/gpu:1");
    ConfigProto proto = options.proto();
    assertTrue(proto.getGpuOptions().getAllowGrowth());
    assertEquals(0.25, proto.getGpuOptions().getPerProcessGpuMemoryFraction());
    assertEquals("1", proto.getGpuOptions().getVisibleDeviceList());
    assertEquals(3, proto.getIntraOpParallelismThreads());
    assertEquals(2, proto.getInterOpParallelismThreads());
    assertTrue(proto.getUsePerSessionThreads());
    assertTrue(proto.getAllowSoftPlacement());
    assertTrue(proto.getLogDevicePlacement());
    assertEquals(ConfigProto.getDefaultInstance(), STANDARD.proto());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/cpu:0", "cpu:0", "/device:CPU:0"})
  void theCpuHidesAllGpus(String name) {
    ConfigProto proto = STANDARD.device("/gpu:1").device(name).proto();
    assertEquals(0, proto.getDeviceCountOrThrow("GPU"));
    assertEquals("", proto.getGpuOptions().getVisibleDeviceList());
    assertEquals(STANDARD.device("/gpu:1").proto(), STANDARD.device(name).device("GPU:1").proto());
  }

  @Test
  void ownChangesAreAppliedLastAndInOrder() {
    SessionOptions options =
        STANDARD
            .configure(proto -> proto.setOperationTimeoutInMs(5).setIntraOpParallelismThreads(4))
            .configure(proto -> proto.setOperationTimeoutInMs(2 * proto.getOperationTimeoutInMs()))
            .intraOpThreads(1);
    assertEquals(10, options.proto().getOperationTimeoutInMs());
    assertEquals(4, options.proto().getIntraOpParallelismThreads());
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    for (int threads : new int[] {0, -1}) {
      String intra = refused(() -> STANDARD.intraOpThreads(threads));
      assertTrue(intra.contains("intraOpThreads") && intra.endsWith(": " + threads), intra);
      String inter = refused(() -> STANDARD.interOpThreads(threads));
      assertTrue(inter.contains("interOpThreads") && inter.endsWith(": " + threads), inter);
    }
    for (double share : new double[] {0, -0.5, 1.01, Double.NaN}) {
      String message = refused(() -> STANDARD.gpuMemoryShare(share));
      assertTrue(message.contains("gpuMemoryShare") && message.endsWith(": " + share), message);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gpu", "/gpu:-1", "/gpu:x", "/tpu:0", "/cpu:1", "/gpu:99999"})
  void namesThatAreNoDeviceAreRefused(String name) {
    String message = refused(() -> STANDARD.device(name));
    assertTrue(message.contains("device") && message.endsWith(": " + name), message);
  }

  /** The tests run with TensorFlow's library for CPUs, which has no GPU. */
  @Test
  void aMissingDeviceIsNamedWithThoseThatExist() {
    for (SessionOptions options :
        List.of(
            STANDARD.device("/gpu:7"),
            STANDARD.device("/gpu:7").softPlacement().gpuMemoryGrowth())) {
      String message = refused(() -> NativeGraph.open(SessionSettings.config(options)).close());
      assertTrue(message.contains("device"), message);
      assertTrue(message.contains("/cpu:0"), message);
      assertTrue(message.endsWith(": /gpu:7"), message);
    }
  }

  @Test
  void theSessionHasTheConfiguration() {
    assertEquals(5f, onMissingDevice(STANDARD.softPlacement()));
    assertThrows(TFInvalidArgumentException.class, () -> onMissingDevice(STANDARD));
  }

  /** Adds two numbers on a device that does not exist. */
  private static float onMissingDevice(SessionOptions options) {
    try (NativeGraph nativeGraph = NativeGraph.open(SessionSettings.config(options))) {
      DeviceSpec missing =
          DeviceSpec.newBuilder().deviceType(DeviceType.GPU).deviceIndex(3).build();
      var tf = nativeGraph.ops().withDevice(missing);
      Operand<TFloat32> sum = tf.math.add(tf.constant(2f), tf.constant(3f));
      try (Result result = nativeGraph.session().runner().fetch(sum).run()) {
        return ((TFloat32) result.get(0)).getFloat();
      }
    }
  }

  @Test
  void theCpuGivesTheSameDigits() {
    assertArrayEquals(
        SmallTraining.weights(STANDARD), SmallTraining.weights(STANDARD.device("/cpu:0")));
  }

  /** TensorFlow sets up its threads once per process, so each run starts a process of its own. */
  private static float[] weightsWithThreads(int intra, int inter) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of(SmallTraining.class.getName(), Integer.toString(intra), Integer.toString(inter)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    return SmallTraining.read(out.strip());
  }

  @Test
  void oneThreadGivesTheSameDigitsEachTime() throws Exception {
    float[] weights = weightsWithThreads(1, 1);
    assertArrayEquals(weights, weightsWithThreads(1, 3));
    assertArrayEquals(SmallTraining.weights(STANDARD), weights, 1e-3f);
  }
}
