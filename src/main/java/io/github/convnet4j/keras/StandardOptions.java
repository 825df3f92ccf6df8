package io.github.convnet4j.keras;

import io.github.convnet4j.layer.Activation;
import io.github.convnet4j.layer.BatchNorm;
import io.github.convnet4j.layer.ChannelRescaling;
import io.github.convnet4j.layer.Computation;
import io.github.convnet4j.layer.Conv2d;
import io.github.convnet4j.layer.Conv2dTranspose;
import io.github.convnet4j.layer.Dense;
import io.github.convnet4j.layer.DepthwiseConv2d;
import io.github.convnet4j.layer.Dropout;
import io.github.convnet4j.layer.GroupNorm;
import io.github.convnet4j.layer.LayerNorm;
import io.github.convnet4j.layer.LayerScale;
import io.github.convnet4j.layer.Margins;
import io.github.convnet4j.layer.PRelu;
import io.github.convnet4j.layer.Rescaling;
import io.github.convnet4j.layer.SeparableConv2d;
import io.github.convnet4j.layer.Upsampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes the options of the layers in {@link StandardCodecs}. */
final class StandardOptions {
  private StandardOptions() {}

  /** Writes a layer that has no options. */
  static void none(Computation computation, LayerOptions options) {}

  static void conv2d(Conv2d layer, LayerOptions options) {
    options
        .put("filters", layer.filters())
        .window("kernel_size", layer.window())
        .put(
            "dilation_rate",
            List.of(layer.window().dilationHeight(), layer.window().dilationWidth()))
        .put("groups", layer.groups())
        .put("use_bias", layer.bias())
        .l2("kernel_regularizer", layer.l2())
        .activation(layer.activation());
  }

  static void depthwiseConv2d(DepthwiseConv2d layer, LayerOptions options) {
    options
        .window("kernel_size", layer.window())
        .put("depth_multiplier", layer.depthMultiplier())
        .put("use_bias", layer.bias())
        .l2("depthwise_regularizer", layer.l2())
        .activation(layer.activation());
  }

  static void separableConv2d(SeparableConv2d layer, LayerOptions options) {
    options
        .put("filters", layer.filters())
        .window("kernel_size", layer.window())
        .put("use_bias", layer.bias())
        .l2("depthwise_regularizer", layer.l2())
        .l2("pointwise_regularizer", layer.l2())
        .activation(layer.activation());
  }

  static void conv2dTranspose(Conv2dTranspose layer, LayerOptions options) {
    options
        .put("filters", layer.filters())
        .window("kernel_size", layer.window())
        .put("use_bias", layer.bias())
        .l2("kernel_regularizer", layer.l2())
        .activation(layer.activation());
  }

  static void dense(Dense layer, LayerOptions options) {
    options
        .put("units", layer.units())
        .put("use_bias", layer.bias())
        .l2("kernel_regularizer", layer.l2())
        .activation(layer.activation());
  }

  static void batchNorm(BatchNorm layer, LayerOptions options) {
    options
        .put("axis", -1)
        .put("momentum", layer.momentum())
        .put("epsilon", layer.epsilon())
        .put("scale", layer.gamma())
        .put("center", layer.beta());
    if (layer.fixedStatistics()) {
      options.inInference();
    }
  }

  static void layerNorm(LayerNorm layer, LayerOptions options) {
    options.put("axis", -1).put("epsilon", layer.epsilon());
  }

  static void groupNorm(GroupNorm layer, LayerOptions options) {
    options.put("groups", layer.groups()).put("axis", -1).put("epsilon", layer.epsilon());
  }

  static void layerScale(LayerScale layer, LayerOptions options) {
    options.put("init_values", layer.initial()).put("projection_dim", options.channels());
  }

  static void margins(String key, Margins margins, LayerOptions options) {
    options.put(
        key,
        List.of(
            List.of(margins.top(), margins.bottom()), List.of(margins.left(), margins.right())));
  }

  static void upsampling(Upsampling layer, LayerOptions options) {
    options
        .put("size", List.of(layer.rows(), layer.columns()))
        .put("interpolation", layer.interpolation().name().toLowerCase(Locale.ROOT));
  }

  static void rescaling(Rescaling layer, LayerOptions options) {
    options.put("scale", layer.scale()).put("offset", layer.offset());
  }

  static void channelRescaling(ChannelRescaling layer, LayerOptions options) {
    options.put("scale", layer.scale()).put("offset", layer.offset());
  }

  /** The mask has size 1 along shared axes; elsewhere its size is that of the input. */
  static void dropout(Dropout layer, LayerOptions options) {
    options.put("rate", layer.rate());
    if (!layer.sharedAxes().isEmpty()) {
      List<Integer> shape = new ArrayList<>();
      for (int axis = 0; axis <= options.rank(); axis++) {
        shape.add(layer.sharedAxes().contains(axis) ? Integer.valueOf(1) : null);
      }
      options.put("noise_shape", shape);
    }
  }

  static void prelu(PRelu layer, LayerOptions options) {
    if (!layer.sharedAxes().isEmpty()) {
      options.put("shared_axes", layer.sharedAxes());
    }
  }

  static void activation(Activation activation, LayerOptions options) {
    options.put(
        "activation",
        KerasActivations.name(activation)
            .orElseThrow(() -> new UnsupportedException("Keras has no such function")));
  }
}
