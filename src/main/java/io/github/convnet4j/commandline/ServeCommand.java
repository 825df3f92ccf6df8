package io.github.convnet4j.commandline;

import io.github.convnet4j.check.ByteOrderMark;
import io.github.convnet4j.check.IoReason;
import io.github.convnet4j.serve.ModelServer;
import io.github.convnet4j.serve.ServerOptions;
import io.github.convnet4j.train.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "serve",
    description = {
      "Answers requests over HTTP with the predictions of models.",
      "",
      "The page at / is for browsers, and POST /predict takes a picture from a program. Clients of"
          + " TensorFlow Serving (/v1/models/NAME:predict) and of the Open Inference Protocol"
          + " (/v2/models/NAME/infer) work as they are. /openapi.json describes all of it."
    },
    footer = {
      "  convnet4j serve my-digits",
      "  convnet4j serve digits=my-digits pets=cats-dogs --port 9000",
      "  curl --data-binary @seven.png http://localhost:8080/predict"
    })
final class ServeCommand extends Subcommand {
  @Parameters(
      paramLabel = "[NAME=]MODEL",
      arity = "1..*",
      description =
          "the folder that train --out wrote, a folder that holds such folders, named by the"
              + " numbers of their versions, or a file of Keras; the name is that of the folder or"
              + " file, unless it is given")
  private List<String> models;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "the address to listen on, such as 0.0.0.0 for all (default: ${DEFAULT-VALUE}, which"
              + " only programs on this machine reach)")
  private String host = "localhost";

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "the port to listen on; 0 for any that is free (default: ${DEFAULT-VALUE})")
  private int port = 8080;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "answer only requests with the token that this file contains: Authorization: Bearer"
              + " TOKEN")
  private Optional<Path> tokenFile = Optional.empty();

  @Option(
      names = "--key-store",
      paramLabel = "FILE",
      description =
          "speak HTTPS, with the key and certificate in this PKCS12 file; its password is in the"
              + " environment variable CONVNET4J_KEY_PASSWORD")
  private Optional<Path> keyStore = Optional.empty();

  @Option(
      names = {"--watch", "--file-system-poll-wait-seconds"},
      paramLabel = "SECONDS",
      description =
          "how often to look whether a model or a version was saved, and to load it without a"
              + " restart; 0 for never (default: ${DEFAULT-VALUE})")
  private int watchSeconds;

  @Option(
      names = "--max-batch-size",
      paramLabel = "N",
      description = "the most examples to compute together (default: ${DEFAULT-VALUE})")
  private int maxBatchSize = 32;

  @Option(
      names = "--batch-timeout-micros",
      paramLabel = "N",
      description =
          "how many microseconds a request may wait for others that are computed together with it"
              + " (default: ${DEFAULT-VALUE})")
  private long batchTimeoutMicros;

  @Option(
      names = "--num-batch-threads",
      paramLabel = "N",
      description =
          "how many batches of a model to compute at the same time (default: ${DEFAULT-VALUE})")
  private int numBatchThreads = 1;

  @Option(
      names = "--max-enqueued-batches",
      paramLabel = "N",
      description =
          "how many full batches of a model may wait; further requests get status 503 (default:"
              + " ${DEFAULT-VALUE})")
  private int maxEnqueuedBatches = 8;

  @Mixin private PrecisionOption precision;

  @ArgGroup(validate = false, heading = KerasOptions.HEADING)
  private KerasOptions kerasOptions = new KerasOptions();

  @Override
  int run(Output output) {
    try (ModelServer server = ModelServer.start(options(output))) {
      output.out().println("Listening on " + server.address());
      output.out().flush();
      server.awaitEnd();
    }
    return ExitCode.OK;
  }

  private ServerOptions options(Output output) {
    ServerOptions options = named(models.get(0), Optional.empty());
    for (String model : models.subList(1, models.size())) {
      options = named(model, Optional.of(options));
    }
    ServerOptions limited =
        options
            .loader(path -> load(path, output))
            .host(host)
            .maxBatchSize(positive("--max-batch-size", maxBatchSize))
            .batchThreads(positive("--num-batch-threads", numBatchThreads))
            .maxEnqueuedBatches(positive("--max-enqueued-batches", maxEnqueuedBatches));
    ServerOptions watched =
        UsageException.naming("--watch", () -> limited.watch(Duration.ofSeconds(watchSeconds)));
    ServerOptions placed = UsageException.naming("--port", () -> watched.port(port));
    ServerOptions timed =
        UsageException.naming(
            "--batch-timeout-micros",
            () -> placed.batchTimeout(Duration.of(batchTimeoutMicros, ChronoUnit.MICROS)));
    ServerOptions guarded = tokenFile.map(file -> timed.token(token(file))).orElse(timed);
    return keyStore.map(file -> guarded.tls(file, password())).orElse(guarded);
  }

  private static int positive(String option, int value) {
    if (value < 1) {
      throw new UsageException("%s must be at least 1: %d".formatted(option, value));
    }
    return value;
  }

  /** Adds a model, given as {@code NAME=PATH} or as a path. */
  private static ServerOptions named(String text, Optional<ServerOptions> others) {
    int end = text.indexOf('=');
    Path path = PathText.read("MODEL", end < 0 ? text : text.substring(end + 1));
    String name =
        end < 0
            ? path.toAbsolutePath().normalize().getFileName().toString().replaceAll("\\.\\w+$", "")
            : text.substring(0, end);
    return UsageException.naming(
        text,
        () ->
            others
                .map(options -> options.model(name, path))
                .orElseGet(() -> ServerOptions.of(name, path)));
  }

  private Model<?> load(Path path, Output output) {
    return ModelPath.open(path, kerasOptions, new PictureOptions(), precision, output);
  }

  private static String token(Path file) {
    try {
      String token = ByteOrderMark.skip(Files.readString(file)).strip();
      if (token.isEmpty()) {
        throw new UsageException("--token-file is empty: " + file);
      }
      return token;
    } catch (IOException e) {
      throw new UsageException(
          "--token-file %s cannot be read: %s".formatted(file, IoReason.of(e)));
    }
  }

  private static String password() {
    return Optional.ofNullable(System.getenv("CONVNET4J_KEY_PASSWORD"))
        .orElseThrow(
            () ->
                new UsageException(
                    "--key-store needs its password in the environment variable"
                        + " CONVNET4J_KEY_PASSWORD"));
  }
}
