package io.github.convnet4j.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.convnet4j.check.ByteOrderMark;
import io.github.convnet4j.initializer.Constant;
import io.github.convnet4j.initializer.Initializer;
import io.github.convnet4j.initializer.Normal;
import io.github.convnet4j.initializer.VarianceScaling;
import io.github.convnet4j.json.JsonFault;
import io.github.convnet4j.json.JsonMappers;
import io.github.convnet4j.json.KindResolver;
import io.github.convnet4j.json.OptionalFields;
import io.github.convnet4j.layer.Add;
import io.github.convnet4j.layer.Average;
import io.github.convnet4j.layer.AveragePool;
import io.github.convnet4j.layer.BatchNorm;
import io.github.convnet4j.layer.ChannelRescaling;
import io.github.convnet4j.layer.ClippedRelu;
import io.github.convnet4j.layer.Concat;
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
import io.github.convnet4j.layer.Gelu;
import io.github.convnet4j.layer.GlobalAveragePool;
import io.github.convnet4j.layer.GlobalMaxPool;
import io.github.convnet4j.layer.GroupNorm;
import io.github.convnet4j.layer.HardSigmoid;
import io.github.convnet4j.layer.HardSwish;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.LayerNorm;
import io.github.convnet4j.layer.LayerScale;
import io.github.convnet4j.layer.Layers;
import io.github.convnet4j.layer.LeakyRelu;
import io.github.convnet4j.layer.Linear;
import io.github.convnet4j.layer.MaxPool;
import io.github.convnet4j.layer.Maximum;
import io.github.convnet4j.layer.Merge;
import io.github.convnet4j.layer.Multiply;
import io.github.convnet4j.layer.PRelu;
import io.github.convnet4j.layer.Relu;
import io.github.convnet4j.layer.Rescaling;
import io.github.convnet4j.layer.Reshape;
import io.github.convnet4j.layer.Residual;
import io.github.convnet4j.layer.ScaledAdd;
import io.github.convnet4j.layer.SeparableConv2d;
import io.github.convnet4j.layer.Sequence;
import io.github.convnet4j.layer.Shared;
import io.github.convnet4j.layer.Sigmoid;
import io.github.convnet4j.layer.Softmax;
import io.github.convnet4j.layer.Softplus;
import io.github.convnet4j.layer.SpatialDropout;
import io.github.convnet4j.layer.Subtract;
import io.github.convnet4j.layer.Swish;
import io.github.convnet4j.layer.Tanh;
import io.github.convnet4j.layer.Upsampling;
import io.github.convnet4j.layer.ZeroPadding;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

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
 * <p>A chain is written as the list of its layers, any other network as a list of nodes:
 *
 * <pre>{@code
 * {"version": 2,
 *  "inputs": [{"name": "image", "shape": [8, 8, 3]}, {"name": "mask", "shape": [8, 8, 1]}],
 *  "nodes": [
 *    {"id": "multiply", "from": ["image", "mask"], "merge": {"kind": "multiply"}},
 *    {"id": "flatten", "from": ["multiply"], "layer": {"kind": "flatten"}}],
 *  "outputs": [{"name": "pixels", "from": "flatten"}],
 *  "frozen": [],
 *  "inferenceMode": []}
 * }</pre>
 *
 * <p>The {@code id} of a node only serves to refer to it; its name in the network is the one given
 * to the layer or derived from its kind. When written, the two are equal.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class NetworkJson {
  /** The format version that is written, and the newest that can be read. */
  public static final int VERSION = 2;

  /** At index i, the step from version i + 1 to the next one. */
  private static final List<UnaryOperator<ObjectNode>> LIFTS =
      List.of(NetworkJson::liftFromVersion1);

  private static final NetworkJson STANDARD =
      new NetworkJson(builtInLayers(), builtInMerges(), initializers(), optionalFields());

  private final Map<String, Class<? extends Layer>> layers;
  private final Map<String, Class<? extends Merge>> merges;
  private final Map<String, Class<? extends Initializer>> initializers;
  private final List<OptionalFields> optionalFields;
  private final ObjectMapper mapper;
  private final ObjectWriter writer;

  private NetworkJson(
      Map<String, Class<? extends Layer>> layers,
      Map<String, Class<? extends Merge>> merges,
      Map<String, Class<? extends Initializer>> initializers,
      List<OptionalFields> optionalFields) {
    this.layers = layers;
    this.merges = merges;
    this.initializers = initializers;
    this.optionalFields = optionalFields;
    this.mapper =
        JsonMappers.of(
            optionalFields,
            new KindResolver<>(Layer.class, layers, Layer::kind, "NetworkJson"),
            new KindResolver<>(Merge.class, merges, Merge::kind, "NetworkJson"),
            new KindResolver<>(Initializer.class, initializers, Initializer::kind, "NetworkJson"));
    this.writer = mapper.writerWithDefaultPrettyPrinter();
  }

  /** Returns an instance with the built-in layers, merges and initializers. */
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
    return new NetworkJson(
        KindResolver.with(layers, kind, layer), merges, initializers, optionalFields);
  }

  /**
   * Returns a copy that also knows a custom layer with fields that JSON may leave out, for example
   * because the layer did not have them when a file was written.
   *
   * @param example has the values that missing fields take
   * @param optional the fields that may be missing
   * @throws IllegalArgumentException if its kind is already registered, or it has no such field
   */
  public NetworkJson withLayer(Layer example, String... optional) {
    return new NetworkJson(
        KindResolver.with(layers, example.kind(), example.getClass()),
        merges,
        initializers,
        with(OptionalFields.like(example, optional)));
  }

  /** Returns a copy that also knows a custom merge; see {@link #withLayer(String, Class)}. */
  public NetworkJson withMerge(String kind, Class<? extends Merge> merge) {
    return new NetworkJson(
        layers, KindResolver.with(merges, kind, merge), initializers, optionalFields);
  }

  /** Returns a copy that also knows a custom merge; see {@link #withLayer(Layer, String...)}. */
  public NetworkJson withMerge(Merge example, String... optional) {
    return new NetworkJson(
        layers,
        KindResolver.with(merges, example.kind(), example.getClass()),
        initializers,
        with(OptionalFields.like(example, optional)));
  }

  /** Returns a copy that also knows a custom initializer; see {@link #withLayer(String, Class)}. */
  public NetworkJson withInitializer(String kind, Class<? extends Initializer> initializer) {
    return new NetworkJson(
        layers, merges, KindResolver.with(initializers, kind, initializer), optionalFields);
  }

  private List<OptionalFields> with(OptionalFields added) {
    return Stream.concat(optionalFields.stream(), Stream.of(added)).toList();
  }

  /**
   * Writes a network.
   *
   * @throws IllegalArgumentException if a layer, a merge or an initializer is not registered
   */
  public String write(Network network) {
    try {
      return writer.writeValueAsString(
          network.isPlainChain() ? ChainDocument.of(network) : GraphDocument.of(network));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written: " + JsonFault.message(e), e);
    }
  }

  /**
   * Reads a network that this or an earlier version wrote.
   *
   * @throws IllegalArgumentException if the text is not JSON, has a newer version, missing or
   *     unknown fields or unknown kinds, or describes an impossible network; the message names the
   *     problem and its position
   */
  public Network read(String json) {
    try {
      ObjectNode document = lifted(mapper.readTree(ByteOrderMark.skip(json)));
      return document.has("nodes")
          ? GraphDocument.read(document, mapper)
          : mapper.treeToValue(document, ChainDocument.class).network();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a network in JSON: " + JsonFault.message(e), e);
    }
  }

  /** Returns a document of the current version. */
  private static ObjectNode lifted(JsonNode tree) {
    if (tree.has("network")) {
      throw new IllegalArgumentException(
          "not a network in JSON: it describes a saved model, which Model.load reads from its"
              + " folder");
    }
    if (tree.has("class_name")) {
      throw new IllegalArgumentException(
          "not a network in JSON: it describes a network of Keras, which this library does not"
              + " read");
    }
    JsonNode version = tree.path("version");
    if (!(tree instanceof ObjectNode document)
        || !version.isInt()
        || version.intValue() < 1
        || version.intValue() > VERSION) {
      throw new IllegalArgumentException(
          "not a network in JSON: version must be from 1 to %d: %s"
              .formatted(VERSION, version.isMissingNode() ? "missing" : version));
    }
    ObjectNode lifted = document;
    for (int i = version.intValue(); i < VERSION; i++) {
      lifted = LIFTS.get(i - 1).apply(lifted);
    }
    return lifted;
  }

  /** Version 1 had only chains, which version 2 writes in the same way. */
  private static ObjectNode liftFromVersion1(ObjectNode document) {
    return document.put("version", 2);
  }

  /** The document of a chain. */
  private record ChainDocument(
      int version,
      List<Long> input,
      List<Layer> layers,
      List<String> frozen,
      List<String> inferenceMode) {
    static ChainDocument of(Network network) {
      return new ChainDocument(
          VERSION,
          GraphDocument.sizes(network.input()),
          network.nodes().stream().map(node -> (Layer) node.computation()).toList(),
          List.copyOf(network.frozenLayers()),
          List.copyOf(network.layersInInferenceMode()));
    }

    Network network() {
      return Network.of(GraphDocument.shape(input), layers)
          .freeze(frozen.toArray(String[]::new))
          .inferenceMode(inferenceMode);
    }
  }

  private static Map<String, Class<? extends Layer>> builtInLayers() {
    Map<String, Class<? extends Layer>> kinds = new TreeMap<>();
    kinds.put("average_pool", AveragePool.class);
    kinds.put("batch_norm", BatchNorm.class);
    kinds.put("channel_rescaling", ChannelRescaling.class);
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
    kinds.put("layer_scale", LayerScale.class);
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
    kinds.put("shared", Shared.class);
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

  private static Map<String, Class<? extends Merge>> builtInMerges() {
    return Map.of(
        "add", Add.class,
        "average", Average.class,
        "concat", Concatenate.class,
        "maximum", Maximum.class,
        "multiply", Multiply.class,
        "scaled_add", ScaledAdd.class,
        "subtract", Subtract.class);
  }

  /** Layers whose fields may be missing in JSON, and their values in that case. */
  private static List<OptionalFields> optionalFields() {
    return List.of(
        OptionalFields.like(
            new ChainDocument(VERSION, List.of(), List.of(), List.of(), List.of()),
            "frozen",
            "inferenceMode"),
        OptionalFields.like(
            new GraphDocument<>(VERSION, List.of(), List.of(), List.of(), List.of(), List.of()),
            "frozen",
            "inferenceMode"),
        OptionalFields.like(
            Layers.batchNorm(), "momentum", "epsilon", "gamma", "beta", "fixedStatistics"),
        OptionalFields.like(
            Layers.conv2d(1, 1),
            "groups",
            "bias",
            "kernelInitializer",
            "biasInitializer",
            "l2",
            "activation"),
        OptionalFields.like(
            Layers.dense(1),
            "bias",
            "kernelInitializer",
            "biasInitializer",
            "l2",
            "activation",
            "anyRank"),
        OptionalFields.like(Layers.dropout(0), "sharedAxes"),
        OptionalFields.like(Layers.globalAveragePool(), "keepDimensions"),
        OptionalFields.like(Layers.globalMaxPool(), "keepDimensions"),
        OptionalFields.like(
            Layers.separableConv2d(1, 1), "bias", "kernelInitializer", "l2", "activation"));
  }

  private static Map<String, Class<? extends Initializer>> initializers() {
    return Map.of(
        "constant", Constant.class,
        "normal", Normal.class,
        "variance_scaling", VarianceScaling.class);
  }
}
