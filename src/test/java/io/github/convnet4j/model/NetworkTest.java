package io.github.convnet4j.model;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropoutKeeping;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.globalAveragePool;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.residual;
import static io.github.convnet4j.layer.Layers.separableConv2d;
import static io.github.convnet4j.layer.Layers.sequence;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.convnet4j.layer.Layers;
import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.layer.PlacedNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

class NetworkTest {
  /** The lecture's deep network, ex11_9. */
  private static Network deep() {
    return Network.of(
        Shape.of(28, 28, 1),
        conv2d(32, 3).withoutBias(),
        relu(),
        maxPool(2),
        dropoutKeeping(0.7),
        conv2d(64, 3).withoutBias(),
        relu(),
        maxPool(2),
        dropoutKeeping(0.7),
        conv2d(128, 3).withoutBias(),
        relu(),
        maxPool(2),
        dropoutKeeping(0.7),
        flatten(),
        dense(625).name("hidden"),
        relu(),
        dropoutKeeping(0.7),
        dense(10).name("logits"));
  }

  @Test
  void summaryIsATable() {
    // 3 * 3 * 1 * 32 = 288 weights, each used at 28 * 28 positions; 2048 * 625 + 625; …
    assertEquals(
        """
        Layer           Output shape  Parameters  Multiply-adds
        -------------------------------------------------------
        input           [28, 28, 1]            0              0
        conv2d          [28, 28, 32]         288        225,792
        relu            [28, 28, 32]           0              0
        max_pool        [14, 14, 32]           0              0
        dropout         [14, 14, 32]           0              0
        conv2d_1        [14, 14, 64]      18,432      3,612,672
        relu_1          [14, 14, 64]           0              0
        max_pool_1      [7, 7, 64]             0              0
        dropout_1       [7, 7, 64]             0              0
        conv2d_2        [7, 7, 128]       73,728      3,612,672
        relu_2          [7, 7, 128]            0              0
        max_pool_2      [4, 4, 128]            0              0
        dropout_2       [4, 4, 128]            0              0
        flatten         [2048]                 0              0
        hidden (dense)  [625]          1,280,625      1,280,000
        relu_3          [625]                  0              0
        dropout_3       [625]                  0              0
        logits (dense)  [10]               6,260          6,250
        -------------------------------------------------------
        Parameters: 1,379,333, trainable 1,379,333, not trainable 0
        Multiply-adds per example: 8,737,386
        """,
        deep().summary());
  }

  @Test
  void summaryShowsWhatIsFrozenAndNotTrainable() {
    Network network =
        Network.of(Shape.of(4, 4, 3), conv2d(2, 1), batchNorm(), globalAveragePool())
            .freeze("conv2d");
    assertEquals(
        """
        Layer                Output shape  Parameters  Multiply-adds
        ------------------------------------------------------------
        input                [4, 4, 3]              0              0
        conv2d frozen        [4, 4, 2]              8             96
        batch_norm           [4, 4, 2]              8              0
        global_average_pool  [2]                    0              0
        ------------------------------------------------------------
        Parameters: 16, trainable 4, not trainable 12
        Multiply-adds per example: 96
        """,
        network.summary());
  }

  @Test
  void multiplyAddsOfASeparableConvolution() {
    // At each of 4 * 4 positions and for each of 3 channels: 3 * 3 weights, then one for each of 8
    // filters.
    assertEquals(
        4 * 4 * 3 * (9 + 8), Network.of(Shape.of(4, 4, 3), separableConv2d(8, 3)).multiplyAdds());
  }

  @Test
  void derivedNamesNeverEqualGivenOnes() {
    Network network =
        Network.of(
            Shape.of(4),
            dense(4),
            dense(4).name("dense_1"),
            dense(4),
            dense(4).name("relu"),
            relu(),
            relu());
    assertEquals(
        List.of("dense", "dense_1", "dense_2", "relu", "relu_1", "relu_2"),
        network.nodes().stream().map(PlacedNode::path).toList());
  }

  @Test
  void parametersOfInnerLayersAreNamedByTheirPath() {
    Network network =
        Network.of(
            Shape.of(4, 4, 1),
            residual(
                conv2d(2, 3).withoutBias(),
                Layers.concat(conv2d(1, 1).name("left"), sequence(relu(), conv2d(1, 1)))));
    assertEquals(
        List.of(
            "residual/conv2d/kernel",
            "residual/concat/left/kernel",
            "residual/concat/left/bias",
            "residual/concat/sequence/conv2d/kernel",
            "residual/concat/sequence/conv2d/bias",
            "residual/projection/kernel"),
        network.parameters().stream().map(Parameter::name).toList());
    // 3 * 3 * 1 * 2; 2 + 1; 2 + 1; 1 * 2
    assertEquals(18 + 3 + 3 + 2, network.parameterCount());
    assertEquals(16 * (18 + 2 + 2 + 2), network.multiplyAdds());
  }

  @Test
  void networksWithTheSameContentAreEqual() {
    assertEquals(deep(), deep());
    assertEquals(deep().hashCode(), deep().hashCode());
    assertNotEquals(deep(), deep().freeze("hidden"));
    assertEquals(deep().freeze("hidden", "conv2d"), deep().freeze("conv2d").freeze("hidden"));
    assertNotEquals(Network.of(Shape.of(3), dense(2)), Network.of(Shape.of(3), dense(2).l2(0.1)));
    assertNotEquals(Network.of(Shape.of(3), dense(2)), Network.of(Shape.of(4), dense(2)));
  }

  @Test
  void printsItsShapes() {
    assertEquals(
        "Network [4, 4, 1] -> flatten [16] -> dense [3], frozen [dense]",
        Network.of(Shape.of(4, 4, 1), flatten(), dense(3)).freeze("dense").toString());
  }
}
