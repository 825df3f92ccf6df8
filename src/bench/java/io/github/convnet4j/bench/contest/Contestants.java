package io.github.convnet4j.bench.contest;

import io.github.convnet4j.bench.UsageException;
import io.github.convnet4j.bench.play.Play;
import io.github.convnet4j.bench.process.JavaCommand;
import io.github.convnet4j.layer.Rewrite;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** All available contestants, and the options that choose among them. */
final class Contestants {
  private static final Path PEERS = Path.of("src", "bench", "peers");

  /**
   * PyTorch returns each tensor to the system's allocator, which by default returns the larger ones
   * to the kernel. That causes some 10,000 page faults per step. TensorFlow has none, with or
   * without these variables. 32 MiB is the largest threshold that every version of glibc accepts.
   */
  private static final Map<String, String> KEEPING_MEMORY =
      Map.of("MALLOC_MMAP_THRESHOLD_", "33554432", "MALLOC_TRIM_THRESHOLD_", "1073741824");

  @Option(
      names = "--contestants",
      paramLabel = "NAME",
      split = ",",
      description =
          "the contestants; the others are compared with the first one: ops, loop, fit, fit-mixed,"
              + " fit-rewriter, fit-augmented, fit-one-thread, fit-lecture, fit-literal,"
              + " fit-without-max-pool-by-one-dnn and the like, tensorflow, keras, keras-mixed,"
              + " pytorch, pytorch-last, pytorch-bf16, djl, kotlindl, dl4j (default:"
              + " ${DEFAULT-VALUE})")
  private List<String> names =
      List.of(
          "ops",
          "loop",
          "fit-lecture",
          "fit",
          "tensorflow",
          "keras",
          "pytorch",
          "pytorch-last",
          "djl",
          "kotlindl");

  @Option(
      names = "--python",
      paramLabel = "FILE",
      description =
          "the Python interpreter that has the packages of the other libraries (default:"
              + " ${DEFAULT-VALUE})")
  private Path python = PEERS.resolve("python").resolve(".venv").resolve("bin").resolve("python");

  /**
   * Returns the chosen contestants.
   *
   * @throws UsageException if one is unknown or not installed
   */
  List<Contestant> chosen() {
    return names.stream().map(this::find).toList();
  }

  private Contestant find(String name) {
    List<Contestant> all = all();
    Contestant contestant =
        all.stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new UsageException(
                        "--contestants: there is no contestant %s; the contestants are %s"
                            .formatted(name, all.stream().map(Contestant::name).toList())));
    if (!contestant.isInstalled()) {
      throw new UsageException(
          "%s is not installed (%s is missing): %s; or leave it out of --contestants"
              .formatted(name, contestant.needs(), contestant.installation()));
    }
    return contestant;
  }

  private List<Contestant> all() {
    Stream<Contestant> others =
        Stream.of(
            ours("ops", "the literal graph, a handwritten session loop"),
            ours("loop", "the builder's graph, a handwritten session loop"),
            ours("fit-lecture", "Model.fit, the lecture's dropout"),
            ours("fit", "Model.fit, the builder's dropout"),
            ours("fit-mixed", "Model.fit, mixed precision"),
            ours("fit-rewriter", "Model.fit, TensorFlow's own rewriter to bfloat16"),
            ours("fit-literal", "Model.fit, without rewrites of the graph"),
            ours("fit-augmented", "Model.fit, each image shifted, rotated, zoomed, with noise"),
            ours("fit-one-thread", "Model.fit, one thread for each operation")
                .with(Map.of("TF_NUM_INTRAOP_THREADS", "1")),
            python("tensorflow", "Python TensorFlow, the literal graph", "tensorflow_graph.py"),
            python("keras", "Keras, Sequential and fit", "keras_fit.py"),
            python("keras-mixed", "Keras, policy mixed_bfloat16", "keras_fit.py", "mixed_bfloat16"),
            python("pytorch", "PyTorch", "pytorch.py", "contiguous_format").with(KEEPING_MEMORY),
            python("pytorch-last", "PyTorch, channels last", "pytorch.py", "channels_last")
                .with(KEEPING_MEMORY),
            python(
                    "pytorch-bf16",
                    "PyTorch, channels last, autocast to bfloat16",
                    "pytorch.py",
                    "channels_last",
                    "bfloat16")
                .with(KEEPING_MEMORY),
            java("djl", "DJL on its PyTorch engine").with(KEEPING_MEMORY),
            java("kotlindl", "KotlinDL, whose dropout does nothing"),
            java("dl4j", "Deeplearning4j"));
    Stream<Contestant> partlyRewritten =
        Arrays.stream(Rewrite.values())
            .map(rewrite -> ours(Play.without(rewrite), "Model.fit, without one rewrite"));
    return Stream.concat(others, partlyRewritten).toList();
  }

  private static Contestant ours(String name, String description) {
    return new Contestant(
        name,
        description,
        JavaCommand.of(Play.class, name),
        PEERS,
        "run the command in the project's folder");
  }

  private Contestant python(String name, String description, String script, String... options) {
    String file = PEERS.resolve("python").resolve(script).toString();
    return new Contestant(
        name,
        description,
        Stream.concat(Stream.of(python.toString(), file), Stream.of(options)).toList(),
        python,
        "create a virtual environment and install src/bench/peers/python/requirements.txt there, as"
            + " described in docs/benchmarks.md, or set its Python with --python");
  }

  /** Each peer has a folder of the same name, with a main class {@code Contestant}. */
  private static Contestant java(String name, String description) {
    Path target = PEERS.resolve(name).resolve("target");
    Path libraries = target.resolve("lib");
    String classPath =
        target.resolve("classes") + System.getProperty("path.separator") + libraries.resolve("*");
    return new Contestant(
        name,
        description,
        JavaCommand.of(classPath, "io.github.convnet4j.bench.peer.Contestant"),
        libraries,
        "mvn -q -f src/bench/peers -pl %s package".formatted(name));
  }
}
