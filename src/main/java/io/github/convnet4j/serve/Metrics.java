package io.github.convnet4j.serve;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Counts what a server does, for Prometheus: {@code GET /metrics}. */
final class Metrics implements Api {
  /** Other paths share a label, since clients can think of any number of them. */
  private static final Set<String> PATHS =
      Set.of("predict", "v1", "v2", "page", "healthz", "metrics", "openapi.json");

  private static final double NANOS = 1e9;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter requests =
      Counter.builder()
          .name("convnet4j_requests_total")
          .help("Requests that were answered, by the first part of their path and the status")
          .labelNames("path", "status")
          .register(registry);
  private final Histogram seconds =
      Histogram.builder()
          .name("convnet4j_request_seconds")
          .help("From the arrival of a request's head to its answer")
          .labelNames("path")
          .classicUpperBounds(.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10)
          .classicOnly()
          .register(registry);
  private final Histogram batches =
      Histogram.builder()
          .name("convnet4j_batch_examples")
          .help("Examples that were computed together")
          .labelNames("model")
          .classicUpperBounds(1, 2, 4, 8, 16, 32, 64, 128, 256)
          .classicOnly()
          .register(registry);
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

  /**
   * Also shows how many examples wait.
   *
   * @param shelf the models
   */
  void watch(ModelShelf shelf) {
    GaugeWithCallback.builder()
        .name("convnet4j_waiting_examples")
        .help("Examples that wait to be computed")
        .labelNames("model", "version")
        .callback(
            gauge ->
                shelf
                    .all()
                    .forEach(
                        model ->
                            gauge.call(
                                (double) model.waiting(),
                                model.name(),
                                String.valueOf(model.version()))))
        .register(registry);
  }

  void answered(List<String> path, int status, long nanos) {
    String first = path.isEmpty() ? "page" : path.get(0);
    String label = PATHS.contains(first) ? first : "other";
    requests.labelValues(label, String.valueOf(status)).inc();
    seconds.labelValues(label).observe(nanos / NANOS);
  }

  void computed(String model, int examples) {
    batches.labelValues(model).observe(examples);
  }

  @Override
  public Optional<Resource> find(List<String> path) {
    return path.equals(List.of("metrics"))
        ? Optional.of(Resource.get(call -> text()))
        : Optional.empty();
  }

  private Answer text() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.write(out, registry.scrape(), EscapingScheme.DEFAULT);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // It is written to memory.
    }
    return Answer.of(200, writer.getContentType(), out.toByteArray());
  }
}
