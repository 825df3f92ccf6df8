package io.github.convnet4j.train;

import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.model.Applied;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.NetworkInGraph;
import io.github.convnet4j.natives.NativeGraph;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.train.Heads.Head;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/** Writes SavedModels. */
final class Export {
  /** The signature that takes picture files. */
  private static final String OF_PICTURES = "predict_pictures";

  private static final String PICTURES = "pictures";

  /** The name of the input, if the network has only one. */
  private static final String ONLY_INPUT = "images";

  private Export() {}

  /** TensorFlow Java names the operations that restore variables with this format. */
  @SuppressWarnings("DefaultLocale") // The default locale is what is checked.
  private static void checkLocale() {
    if (!String.format("%d", 1).equals("1")) {
      throw new IllegalStateException(
          "TensorFlow Java cannot export a SavedModel with variables in the locale %s, because it would put that locale's digits into names: call Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT) first"
              .formatted(Locale.getDefault(Locale.Category.FORMAT).toLanguageTag()));
    }
  }

  /**
   * Writes a SavedModel with the inference graph only, built in a new graph.
   *
   * @param pictures the format of the network's only input, if it takes pictures
   * @param weights have the network's variables
   * @param most the size in bytes above which the weights stay variables
   */
  static void write(
      Path folder,
      Network network,
      Heads<?> heads,
      ModelOptions options,
      Optional<PictureFormat> pictures,
      VariableValues weights,
      long most)
      throws IOException {
    try (NativeGraph nativeGraph = NativeGraph.open()) {
      Ops tf = nativeGraph.ops();
      ExportSignature signature = ExportSignature.ofDefault();
      List<Operand<TFloat32>> inputs = new ArrayList<>();
      network
          .inputs()
          .forEach(
              (name, shape) -> {
                String called = network.inputs().size() == 1 ? ONLY_INPUT : name;
                Placeholder<TFloat32> input =
                    tf.withName(called)
                        .placeholder(
                            TFloat32.class, Placeholder.shape(shape.prepend(Shape.UNKNOWN_SIZE)));
                signature.input(called, input);
                inputs.add(input);
              });
      NetworkInGraph net = network.build(tf, "net", options.seed(), options.rewrites());
      addOutputs(tf, net, heads, options, inputs, signature);
      List<ExportSignature> signatures = new ArrayList<>(List.of(signature));
      pictures.ifPresent(format -> signatures.add(ofPictures(tf, net, heads, options, format)));
      Map<String, Variable<TFloat32>> named = new LinkedHashMap<>();
      network.parameters().forEach(p -> named.put(p.name(), net.variable(p.name())));
      ExportAssets assets = ExportAssets.of(heads, options, pictures);
      Optional<ConstantModel> constant =
          ConstantModel.of(nativeGraph.graph(), named, signatures, assets, most);
      if (constant.isPresent()) {
        constant.get().write(folder, weights);
      } else {
        Session session = nativeGraph.session();
        new VariableValues(tf, session, named).write(named.keySet(), weights::read);
        withVariables(folder, session, signatures);
        assets.addTo(folder);
      }
      assets.write(folder);
    }
  }

  /**
   * Writes a SavedModel of a graph.
   *
   * @param session has the values of the variables
   * @param variables the variables of the graph by name
   * @param assets say what the outputs mean
   * @param weights have them by the same names
   */
  static void write(
      Path folder,
      Session session,
      Map<String, Variable<TFloat32>> variables,
      ExportSignature signature,
      ExportAssets assets,
      VariableValues weights)
      throws IOException {
    Optional<ConstantModel> constant =
        ConstantModel.of(
            session.graph(), variables, List.of(signature), assets, ConstantModel.MOST_BYTES);
    if (constant.isPresent()) {
      constant.get().write(folder, weights);
    } else {
      withVariables(folder, session, List.of(signature));
      assets.addTo(folder);
    }
    assets.write(folder);
  }

  /** Adds the inference graph, and its results to a signature. */
  private static void addOutputs(
      Ops tf,
      NetworkInGraph net,
      Heads<?> heads,
      ModelOptions options,
      List<? extends Operand<TFloat32>> inputs,
      ExportSignature signature) {
    Applied applied = net.apply(options.normalization().applyToImages(tf, inputs), Mode.INFERENCE);
    for (Head<?> head : heads.all()) {
      Ops scope = heads.several() ? tf.withSubScope(head.name()) : tf;
      String prefix = heads.several() ? head.name() + "_" : "";
      head.task()
          .exported(scope, applied.output(head.name()))
          .forEach((name, output) -> signature.output(prefix + name, output));
    }
  }

  /** Adds a second inference graph, with the same variables, for picture files. */
  private static ExportSignature ofPictures(
      Ops tf, NetworkInGraph net, Heads<?> heads, ModelOptions options, PictureFormat format) {
    Placeholder<TString> files =
        tf.withName(PICTURES)
            .placeholder(TString.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
    Ops scope = tf.withSubScope(OF_PICTURES);
    ExportSignature signature = ExportSignature.of(OF_PICTURES);
    signature.input(PICTURES, files);
    addOutputs(
        scope, net, heads, options, List.of(PictureGraph.convert(scope, files, format)), signature);
    return signature;
  }

  /**
   * Writes a session's graph with its variables, for weights that are too large for constants, and
   * for graphs that change variables. Converts TensorFlow's own exceptions, as for a full disk.
   */
  private static void withVariables(Path folder, Session session, List<ExportSignature> signatures)
      throws IOException {
    checkLocale();
    try {
      SavedModelBundle.exporter(folder.toString())
          .withSession(session)
          .withSignatures(
              signatures.stream().map(ExportSignature::signature).toArray(Signature[]::new))
          .export();
    } catch (TensorFlowException e) {
      String path = "; "; // Follows a path, which is that of a temporary file.
      String line = e.getMessage().lines().findFirst().orElse("TensorFlow gave no reason");
      int end = line.lastIndexOf(path);
      throw new IOException(end < 0 ? line : line.substring(end + path.length()), e);
    }
  }
}
