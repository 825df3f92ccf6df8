package io.github.convnet4j.keras;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.convnet4j.layer.Activation;
import io.github.convnet4j.layer.Add;
import io.github.convnet4j.layer.Average;
import io.github.convnet4j.layer.AveragePool;
import io.github.convnet4j.layer.BatchNorm;
import io.github.convnet4j.layer.ChannelRescaling;
import io.github.convnet4j.layer.ClippedRelu;
import io.github.convnet4j.layer.Computation;
import io.github.convnet4j.layer.Concatenate;
import io.github.convnet4j.layer.Conv2d;
import io.github.convnet4j.layer.Conv2dTranspose;
import io.github.convnet4j.layer.Cropping;
import io.github.convnet4j.layer.Dense;
import io.github.convnet4j.layer.DepthwiseConv2d;
import io.github.convnet4j.layer.Dropout;
import io.github.convnet4j.layer.Elu;
import io.github.convnet4j.layer.Flatten;
import io.github.convnet4j.layer.GaussianNoise;
import io.github.convnet4j.layer.GlobalAveragePool;
import io.github.convnet4j.layer.GlobalMaxPool;
import io.github.convnet4j.layer.GroupNorm;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.LayerNorm;
import io.github.convnet4j.layer.LayerScale;
import io.github.convnet4j.layer.Layers;
import io.github.convnet4j.layer.LeakyRelu;
import io.github.convnet4j.layer.Linear;
import io.github.convnet4j.layer.Margins;
import io.github.convnet4j.layer.MaxPool;
import io.github.convnet4j.layer.Maximum;
import io.github.convnet4j.layer.Merge;
import io.github.convnet4j.layer.Multiply;
import io.github.convnet4j.layer.PRelu;
import io.github.convnet4j.layer.Padding;
import io.github.convnet4j.layer.Rescaling;
import io.github.convnet4j.layer.Reshape;
import io.github.convnet4j.layer.ScaledAdd;
import io.github.convnet4j.layer.SeparableConv2d;
import io.github.convnet4j.layer.Softmax;
import io.github.convnet4j.layer.SpatialDropout;
import io.github.convnet4j.layer.Subtract;
import io.github.convnet4j.layer.Upsampling;
import io.github.convnet4j.layer.Window;
import io.github.convnet4j.layer.ZeroPadding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.tensorflow.ndarray.Shape;

/** The table of Keras' layers and those of this library. */
final class StandardCodecs {
  /** What Keras divides by at least, where a variance is 0. */
  private static final double KERAS_EPSILON = 1e-7;

  private static final List<KerasCodec> TABLE = new ArrayList<>();

  static {
    row("Conv2D", Conv2d.class, StandardCodecs::conv2d, StandardOptions::conv2d);
    row(
        "DepthwiseConv2D",
        DepthwiseConv2d.class,
        StandardCodecs::depthwiseConv2d,
        StandardOptions::depthwiseConv2d);
    row(
        "SeparableConv2D",
        SeparableConv2d.class,
        StandardCodecs::separableConv2d,
        StandardOptions::separableConv2d);
    row(
        "Conv2DTranspose",
        Conv2dTranspose.class,
        StandardCodecs::conv2dTranspose,
        StandardOptions::conv2dTranspose);
    row("Dense", Dense.class, StandardCodecs::dense, StandardOptions::dense);
    row(
        "BatchNormalization",
        BatchNorm.class,
        StandardCodecs::batchNorm,
        StandardOptions::batchNorm);
    row(
        "LayerNormalization",
        LayerNorm.class,
        StandardCodecs::layerNorm,
        StandardOptions::layerNorm);
    row(
        "GroupNormalization",
        GroupNorm.class,
        StandardCodecs::groupNorm,
        StandardOptions::groupNorm);
    row(
        KerasCodec.of(
            "LayerScale",
            "keras.src.applications.convnext",
            LayerScale.class,
            config -> Layers.layerScale(config.number("init_values", 0)),
            StandardOptions::layerScale));
    row(
        "MaxPooling2D",
        MaxPool.class,
        config -> new MaxPool(pool(config)),
        (layer, options) -> options.window("pool_size", layer.window()));
    row(
        "AveragePooling2D",
        AveragePool.class,
        config -> new AveragePool(pool(config)),
        (layer, options) -> options.window("pool_size", layer.window()));
    row(
        "GlobalAveragePooling2D",
        GlobalAveragePool.class,
        StandardCodecs::globalAveragePool,
        (layer, options) -> options.put("keepdims", layer.keepDimensions()));
    row(
        "GlobalMaxPooling2D",
        GlobalMaxPool.class,
        StandardCodecs::globalMaxPool,
        (layer, options) -> options.put("keepdims", layer.keepDimensions()));
    row(
        "ZeroPadding2D",
        ZeroPadding.class,
        config -> new ZeroPadding(margins(config, "padding")),
        (layer, options) -> StandardOptions.margins("padding", layer.margins(), options));
    row(
        "Cropping2D",
        Cropping.class,
        config -> new Cropping(margins(config, "cropping")),
        (layer, options) -> StandardOptions.margins("cropping", layer.margins(), options));
    row("UpSampling2D", Upsampling.class, StandardCodecs::upsampling, StandardOptions::upsampling);
    row("Flatten", Flatten.class, StandardCodecs::flatten, StandardOptions::none);
    row(
        "Reshape",
        Reshape.class,
        config -> new Reshape(config.integers("target_shape")),
        (layer, options) -> options.put("target_shape", layer.sizes()));
    row("Rescaling", Rescaling.class, StandardCodecs::rescaling, StandardOptions::rescaling);
    row(
        "Rescaling",
        ChannelRescaling.class,
        StandardCodecs::rescaling,
        StandardOptions::channelRescaling);
    row("Normalization", ChannelRescaling.class, StandardCodecs::normalization);
    row("Dropout", Dropout.class, StandardCodecs::dropout, StandardOptions::dropout);
    row(
        "SpatialDropout2D",
        SpatialDropout.class,
        StandardCodecs::spatialDropout,
        (layer, options) -> options.put("rate", layer.rate()));
    row(
        "GaussianNoise",
        GaussianNoise.class,
        config -> new GaussianNoise(config.number("stddev")),
        (layer, options) -> options.put("stddev", layer.stddev()));
    row("Activation", Activation.class, KerasConfig::activation, StandardOptions::activation);
    row(
        "ReLU",
        ClippedRelu.class,
        StandardCodecs::relu,
        (layer, options) -> options.put("max_value", layer.maxValue()));
    row(
        "LeakyReLU",
        LeakyRelu.class,
        StandardCodecs::leakyRelu,
        (layer, options) -> options.put("negative_slope", layer.alpha()));
    row("PReLU", PRelu.class, StandardCodecs::prelu, StandardOptions::prelu);
    row("ELU", Elu.class, StandardCodecs::elu, StandardOptions::none);
    row("Softmax", Softmax.class, StandardCodecs::softmax, StandardOptions::none);
    row("Identity", Linear.class, config -> Layers.linear(), StandardOptions::none);
    for (String augmentation :
        List.of(
            "RandomFlip",
            "RandomRotation",
            "RandomTranslation",
            "RandomZoom",
            "RandomContrast",
            "RandomBrightness")) {
      row(augmentation, Linear.class, StandardCodecs::augmentation);
    }
    row("Add", Add.class, config -> Merge.add(), StandardOptions::none);
    row("Subtract", Subtract.class, config -> Merge.subtract(), StandardOptions::none);
    row("Multiply", Multiply.class, config -> Merge.multiply(), StandardOptions::none);
    row("Average", Average.class, config -> Merge.average(), StandardOptions::none);
    row("Maximum", Maximum.class, config -> Merge.maximum(), StandardOptions::none);
    row("Concatenate", Concatenate.class, StandardCodecs::concatenate, StandardOptions::none);
    row(
        KerasCodec.of(
            "CustomScaleLayer",
            "keras.src.applications.inception_resnet_v2",
            ScaledAdd.class,
            config -> Merge.scaledAdd(config.number("scale")),
            (merge, options) -> options.put("scale", merge.scale())));
  }

  private StandardCodecs() {}

  private static <C extends Computation> void row(
      String className,
      Class<C> type,
      Function<KerasConfig, ? extends Computation> reader,
      BiConsumer<? super C, LayerOptions> writer) {
    row(KerasCodec.of(className, type, reader, writer));
  }

  /** Adds a row for a class that is read as something that Keras has a simpler class for. */
  private static void row(
      String className,
      Class<? extends Computation> type,
      Function<KerasConfig, ? extends Computation> reader) {
    row(KerasCodec.reading(className, type, reader));
  }

  private static void row(KerasCodec codec) {
    TABLE.add(codec);
  }

  /**
   * Returns the rows. Layers of a Keras class are read as the first row with its name says, and
   * layers of a class here are written as the first row with its type says.
   */
  static List<KerasCodec> table() {
    return List.copyOf(TABLE);
  }

  private static Conv2d conv2d(KerasConfig config) {
    requireChannelsLast(config);
    List<Integer> kernel = config.pair("kernel_size");
    List<Integer> dilation = dilation(config);
    Conv2d layer =
        Layers.conv2d(config.integer("filters"), kernel.get(0), kernel.get(1))
            .dilation(dilation.get(0), dilation.get(1))
            .stride(config.pair("strides").get(0), config.pair("strides").get(1))
            .padding(padding(config))
            .groups(config.integer("groups", 1))
            .activation(config.activation())
            .l2(l2(config, "kernel_regularizer"));
    return config.flag("use_bias", true) ? layer : layer.withoutBias();
  }

  private static DepthwiseConv2d depthwiseConv2d(KerasConfig config) {
    requireChannelsLast(config);
    List<Integer> kernel = config.pair("kernel_size");
    DepthwiseConv2d layer =
        Layers.depthwiseConv2d(kernel.get(0), kernel.get(1))
            .stride(squareStride(config))
            .padding(padding(config))
            .depthMultiplier(config.integer("depth_multiplier", 1))
            .activation(config.activation())
            .l2(l2(config, "depthwise_regularizer"));
    return config.flag("use_bias", true) ? layer : layer.withoutBias();
  }

  private static SeparableConv2d separableConv2d(KerasConfig config) {
    requireChannelsLast(config);
    config.requireDefault("depth_multiplier", 1);
    List<Integer> kernel = config.pair("kernel_size");
    double l2 = l2(config, "depthwise_regularizer");
    if (l2 != l2(config, "pointwise_regularizer")) {
      config.note("both kernels have the penalty of the first one");
    }
    Window window = Window.of(kernel.get(0), kernel.get(1));
    SeparableConv2d square = Layers.separableConv2d(config.integer("filters"), 1);
    return new SeparableConv2d(
            square.filters(),
            window,
            config.flag("use_bias", true),
            square.kernelInitializer(),
            l2,
            config.activation(),
            "")
        .stride(squareStride(config))
        .padding(padding(config));
  }

  private static Conv2dTranspose conv2dTranspose(KerasConfig config) {
    requireChannelsLast(config);
    dilation1(config);
    if (config.has("output_padding")) {
      throw config.unsupported("output_padding");
    }
    List<Integer> kernel = config.pair("kernel_size");
    Conv2dTranspose layer =
        Layers.conv2dTranspose(config.integer("filters"), kernel.get(0), kernel.get(1))
            .stride(config.pair("strides").get(0), config.pair("strides").get(1))
            .padding(padding(config))
            .activation(config.activation())
            .l2(l2(config, "kernel_regularizer"));
    return config.flag("use_bias", true) ? layer : layer.withoutBias();
  }

  private static Dense dense(KerasConfig config) {
    Dense layer =
        Layers.dense(config.integer("units"))
            .activation(config.activation())
            .l2(l2(config, "kernel_regularizer"));
    if (!config.flag("use_bias", true)) {
      layer = layer.withoutBias();
    }
    return rank(config) > 1 ? layer.alongLastDimension() : layer;
  }

  private static BatchNorm batchNorm(KerasConfig config) {
    requireLastAxis(config);
    if (config.flag("renorm", false)) {
      throw config.unsupported("renorm");
    }
    return new BatchNorm(
        config.number("momentum", 0.99),
        config.number("epsilon", 1e-3),
        config.flag("scale", true),
        config.flag("center", true),
        false,
        "");
  }

  private static LayerNorm layerNorm(KerasConfig config) {
    requireLastAxis(config);
    requireScaleAndCenter(config);
    if (config.flag("rms_scaling", false)) {
      throw config.unsupported("rms_scaling");
    }
    return Layers.layerNorm().epsilon(config.number("epsilon", 1e-3));
  }

  private static GroupNorm groupNorm(KerasConfig config) {
    requireLastAxis(config);
    requireScaleAndCenter(config);
    return Layers.groupNorm(config.integer("groups", 32)).epsilon(config.number("epsilon", 1e-3));
  }

  private static void requireScaleAndCenter(KerasConfig config) {
    config.requireDefault("scale", true);
    config.requireDefault("center", true);
  }

  private static Window pool(KerasConfig config) {
    requireChannelsLast(config);
    List<Integer> size = config.pair("pool_size");
    List<Integer> stride = config.has("strides") ? config.pair("strides") : size;
    return new Window(
        size.get(0), size.get(1), stride.get(0), stride.get(1), 1, 1, padding(config));
  }

  private static GlobalAveragePool globalAveragePool(KerasConfig config) {
    requireChannelsLast(config);
    return new GlobalAveragePool(config.flag("keepdims", false));
  }

  private static GlobalMaxPool globalMaxPool(KerasConfig config) {
    requireChannelsLast(config);
    return new GlobalMaxPool(config.flag("keepdims", false));
  }

  private static Margins margins(KerasConfig config, String key) {
    requireChannelsLast(config);
    List<Integer> edges = config.edges(key);
    return new Margins(edges.get(0), edges.get(1), edges.get(2), edges.get(3));
  }

  private static Upsampling upsampling(KerasConfig config) {
    requireChannelsLast(config);
    List<Integer> size = config.pair("size");
    Upsampling layer = Layers.upsampling(size.get(0), size.get(1));
    return switch (config.text("interpolation", "nearest")) {
      case "nearest" -> layer;
      case "bilinear" -> layer.bilinear();
      default -> throw config.unsupported("interpolation " + config.text("interpolation"));
    };
  }

  private static Flatten flatten(KerasConfig config) {
    requireChannelsLast(config);
    return Layers.flatten();
  }

  private static Layer rescaling(KerasConfig config) {
    List<Double> scale = config.numbers("scale");
    List<Double> offset = config.has("offset") ? config.numbers("offset") : List.of(0.0);
    if (scale.size() == 1 && offset.size() == 1) {
      return Layers.rescaling(scale.get(0), offset.get(0));
    }
    int channels = Math.max(scale.size(), offset.size());
    return Layers.channelRescaling(repeated(scale, channels), repeated(offset, channels));
  }

  /** Keras computes {@code (x - mean) / max(sqrt(variance), epsilon)}. */
  private static Layer normalization(KerasConfig config) {
    if (config.has("axis") && !config.integers("axis").isEmpty()) {
      requireLastAxis(config);
    }
    if (config.flag("invert", false)) {
      throw config.unsupported("invert true");
    }
    List<Double> mean = statistic(config, "mean", 0);
    List<Double> variance = statistic(config, "variance", 1);
    int channels = Math.max(mean.size(), variance.size());
    if (Math.min(mean.size(), variance.size()) != 1 && mean.size() != variance.size()) {
      throw config.unsupported(
          "a mean of %d values and a variance of %d".formatted(mean.size(), variance.size()));
    }
    List<Double> means = repeated(mean, channels);
    List<Double> scale = new ArrayList<>();
    List<Double> offset = new ArrayList<>();
    for (double value : repeated(variance, channels)) {
      double deviation = Math.max(Math.sqrt(value), KERAS_EPSILON);
      offset.add(-means.get(scale.size()) / deviation);
      scale.add(1 / deviation);
    }
    return channels == 1
        ? Layers.rescaling(scale.get(0), offset.get(0))
        : Layers.channelRescaling(scale, offset);
  }

  /** Returns a statistic from the configuration, or what {@code adapt} has stored. */
  private static List<Double> statistic(KerasConfig config, String key, int variable) {
    if (config.has(key)) {
      return config.numbers(key);
    }
    float[] stored =
        config
            .variable(variable)
            .orElseThrow(() -> config.unsupported("without mean and variance: call adapt first"))
            .values();
    List<Double> values = new ArrayList<>();
    for (float value : stored) {
      values.add((double) value);
    }
    return values;
  }

  private static List<Double> repeated(List<Double> numbers, int count) {
    return numbers.size() == 1 ? Collections.nCopies(count, numbers.get(0)) : numbers;
  }

  /** A noise shape such as {@code [null, 1, 1, 1]} is the mask's: 1 where values share it. */
  private static Dropout dropout(KerasConfig config) {
    Dropout layer = Layers.dropout(config.number("rate"));
    if (!config.has("noise_shape")) {
      return layer;
    }
    JsonNode shape = config.value("noise_shape");
    if (!shape.isArray()) {
      throw config.unsupported("a noise_shape that is not a list");
    }
    List<Integer> shared = new ArrayList<>();
    for (int axis = 0; axis < shape.size(); axis++) {
      boolean one = shape.get(axis).asInt(0) == 1;
      if (one && axis == 0) {
        throw config.unsupported("a noise_shape that all examples share");
      }
      if (one) {
        shared.add(axis);
      }
    }
    return new Dropout(layer.rate(), shared);
  }

  private static SpatialDropout spatialDropout(KerasConfig config) {
    requireChannelsLast(config);
    return Layers.spatialDropout(config.number("rate"));
  }

  private static Layer augmentation(KerasConfig config) {
    config.note("it does nothing here: give fit an Augmentation");
    return Layers.linear();
  }

  private static Activation relu(KerasConfig config) {
    double slope = config.number("negative_slope", 0);
    if (config.number("threshold", 0) != 0 || (slope != 0 && config.has("max_value"))) {
      throw config.unsupported("a threshold, or a slope with a largest value");
    }
    if (slope != 0) {
      return Layers.leakyRelu(slope);
    }
    return config.has("max_value") ? Layers.relu(config.number("max_value")) : Layers.relu();
  }

  private static Activation leakyRelu(KerasConfig config) {
    return Layers.leakyRelu(config.number("negative_slope", config.number("alpha", 0.3)));
  }

  private static PRelu prelu(KerasConfig config) {
    List<Integer> axes = config.has("shared_axes") ? config.integers("shared_axes") : List.of();
    return Layers.prelu().sharedAxes(axes.stream().mapToInt(Integer::intValue).toArray());
  }

  private static Elu elu(KerasConfig config) {
    if (config.number("alpha", 1) != 1) {
      throw config.unsupported("alpha " + config.number("alpha"));
    }
    return Layers.elu();
  }

  private static Activation softmax(KerasConfig config) {
    requireLastAxis(config);
    return Layers.softmax();
  }

  private static Merge concatenate(KerasConfig config) {
    requireLastAxis(config);
    return Merge.concat();
  }

  private static int rank(KerasConfig config) {
    List<Shape> inputs = config.inputShapes();
    return inputs.isEmpty() ? 0 : inputs.get(0).numDimensions();
  }

  /** Requires that an axis is the last dimension; Keras counts the batch, or from the end. */
  private static void requireLastAxis(KerasConfig config) {
    if (!config.has("axis")) {
      return;
    }
    List<Integer> axes = config.integers("axis");
    if (axes.size() != 1
        || (axes.get(0) != -1 && rank(config) > 0 && axes.get(0) != rank(config))) {
      throw config.unsupported("axis %s, which is not the last dimension".formatted(axes));
    }
  }

  private static void requireChannelsLast(KerasConfig config) {
    config.requireDefault("data_format", "channels_last");
  }

  private static Padding padding(KerasConfig config) {
    return switch (config.text("padding", "valid")) {
      case "same" -> Padding.SAME;
      case "valid" -> Padding.VALID;
      default -> throw config.unsupported("padding " + config.text("padding"));
    };
  }

  private static List<Integer> dilation(KerasConfig config) {
    return config.has("dilation_rate") ? config.pair("dilation_rate") : List.of(1, 1);
  }

  private static void dilation1(KerasConfig config) {
    if (!dilation(config).equals(List.of(1, 1))) {
      throw config.unsupported("dilation_rate " + dilation(config));
    }
  }

  /** Returns the stride of a depthwise convolution, which TensorFlow has without dilation only. */
  private static int squareStride(KerasConfig config) {
    dilation1(config);
    List<Integer> strides = config.pair("strides");
    if (!strides.get(0).equals(strides.get(1))) {
      throw config.unsupported("strides " + strides);
    }
    return strides.get(0);
  }

  /** Returns the factor of an L2 penalty; others are left out, and noted. */
  private static double l2(KerasConfig config, String key) {
    if (!config.has(key)) {
      return 0;
    }
    JsonNode penalty = config.value(key).path("config");
    if (penalty.path("l1").asDouble(0) != 0 || !penalty.path("l2").isNumber()) {
      config.note("its %s is left out of the loss: only L2 is supported".formatted(key));
      return 0;
    }
    return penalty.path("l2").doubleValue();
  }
}
