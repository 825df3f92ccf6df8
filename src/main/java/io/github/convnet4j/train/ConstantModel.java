package io.github.convnet4j.train;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tensorflow.Graph;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;

/**
 * A SavedModel whose weights are constants of its graph. TensorFlow Java can only save variables of
 * TensorFlow 1, which converters such as that of TensorFlow Lite do not read; they all read
 * constants. The graph has only the operations that the signatures need.
 *
 * <p>The file is the same each time, and only one weight at a time is copied to the heap.
 */
final class ConstantModel {
  /**
   * The largest size of all weights in bytes. A protocol buffer can have 2 GiB, and programs that
   * read the model add to it.
   */
  static final long MOST_BYTES = 1L << 30;

  /** The name of the file in the folder of a SavedModel. */
  static final String FILE = "saved_model.pb";

  private static final int SCHEMA_VERSION = 1;
  private static final int WRITTEN_AT_ONCE = 1 << 16;

  private static final String VARIABLE = "VariableV2";
  private static final String CONSTANT = "Const";

  /** Says next to which other operation one is to be placed, which may not be in the model. */
  private static final String PLACEMENT = "_class";

  /** All but the weights. */
  private final MetaGraphDef rest;

  /** The node of each weight, by the name of its variable. */
  private final Map<String, NodeDef> weights;

  private ConstantModel(MetaGraphDef rest, Map<String, NodeDef> weights) {
    this.rest = rest;
    this.weights = weights;
  }

  /**
   * Describes the model.
   *
   * @param variables by their names
   * @param assets are added to the model
   * @param most the largest size of all weights in bytes
   * @return empty if the weights are larger, or if the signatures need other variables, or an
   *     operation that takes a variable itself, as those do that change it
   */
  static Optional<ConstantModel> of(
      Graph graph,
      Map<String, Variable<TFloat32>> variables,
      List<ExportSignature> signatures,
      ExportAssets assets,
      long most) {
    Map<String, String> names = new HashMap<>();
    variables.forEach((name, variable) -> names.put(variable.op().name(), name));
    GraphDef all = graph.toGraphDef();
    Set<String> needed = needed(all, signatures);
    Set<String> taking = takingReferences();
    GraphDef.Builder others = all.toBuilder().clearNode();
    Map<String, NodeDef> weights = new LinkedHashMap<>();
    long bytes = 0;
    for (NodeDef node : all.getNodeList()) {
      if (!needed.contains(node.getName())) {
        continue;
      }
      if (node.getOp().equals(VARIABLE) && names.containsKey(node.getName())) {
        String name = names.get(node.getName());
        weights.put(name, node);
        bytes += Float.BYTES * variables.get(name).shape().size();
      } else if (node.getOp().equals(VARIABLE) || taking.contains(node.getOp())) {
        return Optional.empty();
      } else {
        others.addNode(node.toBuilder().removeAttr(PLACEMENT));
      }
    }
    return bytes > most
        ? Optional.empty()
        : Optional.of(new ConstantModel(rest(sortFunctions(others), signatures, assets), weights));
  }

  /** Returns the names of the nodes that the inputs and outputs are computed from. */
  private static Set<String> needed(GraphDef graph, List<ExportSignature> signatures) {
    Map<String, NodeDef> nodes = new HashMap<>();
    graph.getNodeList().forEach(node -> nodes.put(node.getName(), node));
    Deque<String> open = new ArrayDeque<>();
    signatures.forEach(signature -> signature.operations().forEach(open::add));
    Set<String> needed = new HashSet<>();
    while (!open.isEmpty()) {
      NodeDef node = nodes.get(open.remove());
      if (needed.add(node.getName()) && !node.getOp().equals(VARIABLE)) {
        node.getInputList().forEach(input -> open.add(operation(input)));
      }
    }
    return needed;
  }

  /** Returns the name of the operation of an input: of {@code a}, {@code a:1} or {@code ^a}. */
  private static String operation(String input) {
    int from = input.startsWith("^") ? 1 : 0;
    int colon = input.indexOf(':');
    return input.substring(from, colon < 0 ? input.length() : colon);
  }

  /** Returns the types of operations that take a variable itself, and not its value. */
  private static Set<String> takingReferences() {
    return TensorFlow.registeredOpList().getOpList().stream()
        .filter(op -> op.getInputArgList().stream().anyMatch(OpDef.ArgDef::getIsRef))
        .map(OpDef::getName)
        .collect(Collectors.toSet());
  }

  /** TensorFlow writes functions in the order of a hash table, which differs each time. */
  private static GraphDef sortFunctions(GraphDef.Builder graph) {
    List<FunctionDef> sorted =
        graph.getLibrary().getFunctionList().stream()
            .sorted(Comparator.comparing(function -> function.getSignature().getName()))
            .toList();
    graph.getLibraryBuilder().clearFunction().addAllFunction(sorted);
    return graph.build();
  }

  private static MetaGraphDef rest(
      GraphDef graph, List<ExportSignature> signatures, ExportAssets assets) {
    MetaGraphDef.Builder rest = MetaGraphDef.newBuilder().setGraphDef(graph);
    rest.getMetaInfoDefBuilder().addTags(SavedModelBundle.DEFAULT_TAG);
    signatures.forEach(signature -> rest.putSignatureDef(signature.key(), signature.proto()));
    assets.addTo(rest);
    return rest.build();
  }

  /**
   * Writes the file of the model.
   *
   * @param folder an existing folder
   * @param values have the variables
   */
  void write(Path folder, VariableValues values) throws IOException {
    try (OutputStream file = Files.newOutputStream(folder.resolve(FILE))) {
      CodedOutputStream out = CodedOutputStream.newInstance(file, WRITTEN_AT_ONCE);
      out.useDeterministicSerialization();
      out.writeInt64(SavedModel.SAVED_MODEL_SCHEMA_VERSION_FIELD_NUMBER, SCHEMA_VERSION);
      out.writeTag(SavedModel.META_GRAPHS_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      out.writeUInt32NoTag(size());
      // The parts of a message may follow each other: readers merge them. So the weights are never
      // all in memory.
      Iterator<NodeDef> nodes = weights.values().iterator();
      values.lend(weights.keySet(), weight -> part(nodes.next(), bytes(weight)).writeTo(out));
      rest.writeTo(out);
      out.flush();
    }
  }

  private int size() {
    long size = rest.getSerializedSize();
    int largest = weights.values().stream().mapToInt(ConstantModel::bytes).max().orElse(0);
    ByteString zeros = UnsafeByteOperations.unsafeWrap(new byte[largest]);
    for (NodeDef node : weights.values()) {
      size += part(node, zeros.substring(0, bytes(node))).getSerializedSize();
    }
    return Math.toIntExact(size);
  }

  private static TensorShapeProto shape(NodeDef variable) {
    return variable.getAttrOrThrow("shape").getShape();
  }

  private static int bytes(NodeDef variable) {
    return Math.toIntExact(
        shape(variable).getDimList().stream()
            .mapToLong(TensorShapeProto.Dim::getSize)
            .reduce(Float.BYTES, Math::multiplyExact));
  }

  private static ByteString bytes(FloatDataBuffer values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(Float.BYTES * values.size()))
            .order(ByteOrder.LITTLE_ENDIAN);
    values.copyTo(DataBuffers.of(bytes.asFloatBuffer()), values.size());
    return UnsafeByteOperations.unsafeWrap(bytes);
  }

  /** Returns the part of the model with the constant in place of a variable. */
  private static MetaGraphDef part(NodeDef variable, ByteString values) {
    AttrValue type = variable.getAttrOrThrow("dtype");
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDtype(type.getType())
            .setTensorShape(shape(variable))
            .setTensorContent(values)
            .build();
    NodeDef constant =
        NodeDef.newBuilder()
            .setName(variable.getName())
            .setOp(CONSTANT)
            .setDevice(variable.getDevice())
            .putAttr("dtype", type)
            .putAttr("value", AttrValue.newBuilder().setTensor(tensor).build())
            .build();
    return MetaGraphDef.newBuilder().setGraphDef(GraphDef.newBuilder().addNode(constant)).build();
  }
}
