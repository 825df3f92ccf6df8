package io.github.convnet4j.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.github.convnet4j.json.JsonMappers;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.task.MultiLabel;
import io.github.convnet4j.task.Regression;
import io.github.convnet4j.train.Heads.Head;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * Files of a SavedModel that say what its inputs and outputs mean. They are assets, as TensorFlow
 * calls them: the model lists them, so that they are kept when it is loaded and saved again.
 */
final class ExportAssets {
  /** The version of the JSON. */
  private static final int VERSION = 1;

  private static final String FOLDER = "assets";
  private static final String DESCRIPTION = "model.json";
  private static final String CLASSES = "classes.txt";

  private final Map<String, String> files;

  private ExportAssets(Map<String, String> files) {
    this.files = files;
  }

  /**
   * The content of the JSON.
   *
   * @param pictures how pictures are converted, a list of at most one format; their pixels are then
   *     divided by 255 and normalized, which the graph does itself
   */
  private record Description(
      int version,
      List<Output> outputs,
      Normalization normalization,
      List<PictureFormatJson> pictures) {}

  /**
   * An output of the network.
   *
   * @param names of the classes, labels or numbers
   */
  private record Output(String name, List<String> names) {}

  /**
   * Describes a model.
   *
   * @param pictures the format of its pictures, if it takes any
   */
  static ExportAssets of(Heads<?> heads, ModelOptions options, Optional<PictureFormat> pictures) {
    List<Output> outputs =
        heads.all().stream().map(head -> new Output(head.name(), names(head))).toList();
    Description description =
        new Description(
            VERSION,
            outputs,
            options.normalization(),
            pictures.map(PictureFormatJson::of).stream().toList());
    Map<String, String> files = new LinkedHashMap<>();
    ObjectMapper mapper = JsonMappers.of();
    try {
      files.put(
          DESCRIPTION, mapper.writerWithDefaultPrettyPrinter().writeValueAsString(description));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of plain values can be written", e);
    }
    if (!heads.several() && !heads.all().get(0).classNames().isEmpty()) {
      files.put(CLASSES, lines(heads.all().get(0).classNames()));
    }
    return new ExportAssets(files);
  }

  private static List<String> names(Head<?> head) {
    if (head.task() instanceof MultiLabel labels) {
      return labels.labelNames(head.output());
    }
    return head.task() instanceof Regression numbers
        ? numbers.targetNames(head.output())
        : head.classNames();
  }

  /** Returns a line for each name, whatever is in it. */
  private static String lines(List<String> names) {
    StringBuilder lines = new StringBuilder();
    names.forEach(name -> lines.append(name.replaceAll("\\R", " ")).append('\n'));
    return lines.toString();
  }

  /** Adds the files to a model, and a constant for each, in whose place loaders put its path. */
  void addTo(MetaGraphDef.Builder model) {
    Set<String> taken = new HashSet<>();
    model.getGraphDef().getNodeList().forEach(node -> taken.add(node.getName()));
    for (String file : files.keySet()) {
      String name = "asset_" + file.substring(0, file.indexOf('.'));
      while (!taken.add(name)) {
        name += "_";
      }
      model.getGraphDefBuilder().addNode(constant(name, file));
      model.addAssetFileDef(
          AssetFileDef.newBuilder()
              .setFilename(file)
              .setTensorInfo(
                  TensorInfo.newBuilder().setName(name + ":0").setDtype(DataType.DT_STRING)));
    }
  }

  private static NodeDef constant(String name, String text) {
    TensorProto value =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .setTensorShape(TensorShapeProto.getDefaultInstance())
            .addStringVal(ByteString.copyFromUtf8(text))
            .build();
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Const")
        .putAttr("dtype", AttrValue.newBuilder().setType(DataType.DT_STRING).build())
        .putAttr("value", AttrValue.newBuilder().setTensor(value).build())
        .build();
  }

  /** Adds the files to an exported model, which has none. */
  void addTo(Path model) throws IOException {
    Path file = model.resolve(ConstantModel.FILE);
    SavedModel.Builder saved;
    try (InputStream in = Files.newInputStream(file)) {
      saved = SavedModel.parseFrom(in).toBuilder();
    }
    addTo(saved.getMetaGraphsBuilder(0));
    Files.write(file, saved.build().toByteArray());
  }

  /** Writes the files into the folder of an exported model. */
  void write(Path model) throws IOException {
    Path folder = Files.createDirectories(model.resolve(FOLDER));
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }
}
