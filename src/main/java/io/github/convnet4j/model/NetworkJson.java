package io.github.convnet4j.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.github.convnet4j.initializer.Constant;
import io.github.convnet4j.initializer.Initializer;
import io.github.convnet4j.initializer.Normal;
import io.github.convnet4j.initializer.VarianceScaling;
import io.github.convnet4j.json.JsonFault;
import io.github.convnet4j.json.JsonMappers;
import io.github.convnet4j.json.KindResolver;
import io.github.convnet4j.layer.AveragePool;
import io.github.convnet4j.layer.BatchNorm;
import io.github.convnet4j.layer.ClippedRelu;
import io.github.convnet4j.layer.Concat;
import io.github.convnet4j.layer.Conv2d;
import io.github.convnet4j.layer.Conv2dTranspose;
import io.github.convnet4j.layer.Cropping;
import io.github.convnet4j.layer.Dense;
import io.github.convnet4j.layer.DepthwiseConv2d;
import io.github.convnet4j.layer.Dropout;
import io.github.convnet4j.layer.Elu;
import io.github.convnet4j.layer.Flatten;
import io.github.convnet4j.layer.GaussianNoise;
import io.github.convnet4j.layer.Gelu;
import io.github.convnet4j.layer.GlobalAveragePool;
import io.github.convnet4j.layer.GlobalMaxPool;
import io.github.convnet4j.layer.GroupNorm;
import io.github.convnet4j.layer.HardSigmoid;
import io.github.convnet4j.layer.HardSwish;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.LayerNorm;
import io.github.convnet4j.layer.LeakyRelu;
import io.github.convnet4j.layer.Linear;
import io.github.convnet4j.layer.MaxPool;
import io.github.convnet4j.layer.PRelu;
import io.github.convnet4j.layer.Relu;
import io.github.convnet4j.layer.Rescaling;
import io.github.convnet4j.layer.Reshape;
import io.github.convnet4j.layer.Residual;
import io.github.convnet4j.layer.SeparableConv2d;
import io.github.convnet4j.layer.Sequence;
import io.github.convnet4j.layer.Sigmoid;
import io.github.convnet4j.layer.Softmax;
import io.github.convnet4j.layer.Softplus;
import io.github.convnet4j.layer.SpatialDropout;
import io.github.convnet4j.layer.Swish;
import io.github.convnet4j.layer.Tanh;
import io.github.convnet4j.layer.Upsampling;
import io.github.convnet4j.layer.ZeroPadding;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.ndarray.Shape;

/**
 * Converts networks to and from JSON. A layer becomes an object with its {@code kind}, followed by
 * the components of its record. Only registered kinds are read: no input can make it load another
 * class.
 *
 * <pre>{@code
 * NetworkJson json = NetworkJson.standard().withLayer("scale", Scale.class);
 * Network same = json.read(json.write(network));
 * }</pre>
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class NetworkJson {
  /** The format version that is written, and the only one that can be read. */
  public static final int VERSION = 1;

  private static final NetworkJson STANDARD = new NetworkJson(builtInLayers(), initializers());

  private final Map<String, Class<? extends Layer>> layers;
  private final Map<String, Class<? extends Initializer>> initializers;
  private final ObjectMapper mapper;
  private final ObjectWriter writer;

  private NetworkJson(
      Map<String, Class<? extends Layer>> layers,
      Map<String, Class<? extends Initializer>> initializers) {
    this.layers = layers;
    this.initializers = initializers;
    this.mapper =
        JsonMappers.of(
            new KindResolver<>(Layer.class, layers, Layer::kind, "NetworkJson"),
            new KindResolver<>(Initializer.class, initializers, Initializer::kind, "NetworkJson"));
    this.writer = mapper.writerWithDefaultPrettyPrinter();
  }

  /** Returns an instance with the built-in layers and initializers. */
  public static NetworkJson standard() {
    return STANDARD;
  }

  /**
   * Returns a copy that also knows a custom layer.
   *
   * @param kind what its {@link Layer#kind} returns
   * @param layer its class, preferably a record; otherwise a class that Jackson can write and read
   * @throws IllegalArgumentException if the kind is already registered
   */
  public NetworkJson withLayer(String kind, Class<? extends Layer> layer) {
    return new NetworkJson(with(layers, kind, layer), initializers);
  }

  /** Returns a copy that also knows a custom initializer; see {@link #withLayer}. */
  public NetworkJson withInitializer(String kind, Class<? extends Initializer> initializer) {
    return new NetworkJson(layers, with(initializers, kind, initializer));
  }

  private static <T> Map<String, Class<? extends T>> with(
      Map<String, Class<? extends T>> known, String kind, Class<? extends T> added) {
    if (known.containsKey(kind)) {
      throw new IllegalArgumentException("kind must not be registered already: " + kind);
    }
    Map<String, Class<? extends T>> all = new TreeMap<>(known);
    all.put(kind, added);
    return all;
  }

  /**
   * Writes a network.
   *
   * @throws IllegalArgumentException if a layer or an initializer is not registered
   */
  public String write(Network network) {
    Document document =
        new Document(
            VERSION,
            network.input().toListOrNull(),
            network.layers(),
            List.copyOf(network.frozenLayers()));
    try {
      return writer.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written: " + JsonFault.message(e), e);
    }
  }

  /**
   * Reads a network.
   *
   * @throws IllegalArgumentException if the text is not JSON, has another version, missing or
   *     unknown fields or unknown kinds, or describes an impossible network; the message names the
   *     problem and its position
   */
  public Network read(String json) {
    try {
      JsonNode tree = mapper.readTree(json);
      JsonNode version = tree.path("version");
      if (!version.isInt() || version.intValue() != VERSION) {
        throw new IllegalArgumentException(
            "not a network in JSON: version must be %d: %s"
                .formatted(VERSION, version.isMissingNode() ? "missing" : version));
      }
      return mapper.treeToValue(tree, Document.class).network();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a network in JSON: " + JsonFault.message(e), e);
    }
  }

  /** The root object of the document. */
  private record Document(int version, List<Long> input, List<Layer> layers, List<String> frozen) {
    Network network() {
      Shape shape = Shape.of(input.stream().mapToLong(Long::longValue).toArray());
      return Network.of(shape, layers).freeze(frozen.toArray(String[]::new));
    }
  }

  private static Map<String, Class<? extends Layer>> builtInLayers() {
    Map<String, Class<? extends Layer>> kinds = new TreeMap<>();
    kinds.put("average_pool", AveragePool.class);
    kinds.put("batch_norm", BatchNorm.class);
    kinds.put("clipped_relu", ClippedRelu.class);
    kinds.put("concat", Concat.class);
    kinds.put("conv2d", Conv2d.class);
    kinds.put("conv2d_transpose", Conv2dTranspose.class);
    kinds.put("cropping", Cropping.class);
    kinds.put("dense", Dense.class);
    kinds.put("depthwise_conv2d", DepthwiseConv2d.class);
    kinds.put("dropout", Dropout.class);
    kinds.put("elu", Elu.class);
    kinds.put("flatten", Flatten.class);
    kinds.put("gaussian_noise", GaussianNoise.class);
    kinds.put("gelu", Gelu.class);
    kinds.put("global_average_pool", GlobalAveragePool.class);
    kinds.put("global_max_pool", GlobalMaxPool.class);
    kinds.put("group_norm", GroupNorm.class);
    kinds.put("hard_sigmoid", HardSigmoid.class);
    kinds.put("hard_swish", HardSwish.class);
    kinds.put("layer_norm", LayerNorm.class);
    kinds.put("leaky_relu", LeakyRelu.class);
    kinds.put("linear", Linear.class);
    kinds.put("max_pool", MaxPool.class);
    kinds.put("prelu", PRelu.class);
    kinds.put("relu", Relu.class);
    kinds.put("rescaling", Rescaling.class);
    kinds.put("reshape", Reshape.class);
    kinds.put("residual", Residual.class);
    kinds.put("separable_conv2d", SeparableConv2d.class);
    kinds.put("sequence", Sequence.class);
    kinds.put("sigmoid", Sigmoid.class);
    kinds.put("softmax", Softmax.class);
    kinds.put("softplus", Softplus.class);
    kinds.put("spatial_dropout", SpatialDropout.class);
    kinds.put("swish", Swish.class);
    kinds.put("tanh", Tanh.class);
    kinds.put("upsampling", Upsampling.class);
    kinds.put("zero_padding", ZeroPadding.class);
    return kinds;
  }

  private static Map<String, Class<? extends Initializer>> initializers() {
    return Map.of(
        "constant", Constant.class,
        "normal", Normal.class,
        "variance_scaling", VarianceScaling.class);
  }
}
