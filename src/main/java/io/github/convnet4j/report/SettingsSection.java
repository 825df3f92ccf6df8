package io.github.convnet4j.report;

import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** How the model was built and trained. */
final class SettingsSection {
  private static final String OWN_SEED = "same as the model's";

  private SettingsSection() {}

  static Section of(
      Model<?> model, TaskPart part, TestExamples test, Optional<FitOptions> fitOptions) {
    List<Fact> facts = new ArrayList<>();
    ModelOptions options = model.options();
    facts.add(new Fact("task", part.task()));
    facts.add(new Fact("optimizer", String.valueOf(model.optimizer())));
    facts.add(new Fact("loss", described(model.tasks().get(0).task().loss())));
    facts.add(new Fact("seed", String.valueOf(options.seed())));
    if (!options.mixedPrecisionIn().isEmpty()) {
      facts.add(
          new Fact(
              "mixed precision",
              options.mixedPrecisionIn().stream()
                      .sorted()
                      .map(mode -> mode.name().toLowerCase(Locale.ROOT))
                      .collect(Collectors.joining(" and "))
                  + (options.session().isFullPrecision() ? "; off for this page" : "")));
    }
    facts.add(part.names());
    if (test.areImages()) {
      facts.add(normalization(options));
    }
    fitOptions.ifPresent(fit -> facts.addAll(training(fit, test)));
    return new Section("settings", "Settings", Html.facts(facts));
  }

  /** Returns the text of a record, without the brackets of one that has no components. */
  private static String described(Object value) {
    return value.toString().replaceFirst("\\[]$", "");
  }

  private static Fact normalization(ModelOptions options) {
    return new Fact(
        "normalization",
        options.normalization().mean().isEmpty()
            ? "none (pixels from 0 to 1)"
            : "mean %s, standard deviation %s"
                .formatted(
                    options.normalization().mean(), options.normalization().standardDeviation()));
  }

  private static List<Fact> training(FitOptions fit, TestExamples test) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("epochs", fit.epochs() + (fit.inAll() ? " in total" : "")));
    facts.add(new Fact("batch size", String.valueOf(fit.batchSize())));
    facts.add(
        new Fact(
            "learning rate",
            fit.learningRate().map(Object::toString).orElse("the optimizer's own")));
    facts.add(
        new Fact(
            "augmentation",
            fit.augmentation().transforms().isEmpty()
                ? "none"
                : String.join(
                    ", ",
                    fit.augmentation().transforms().stream().map(Object::toString).toList())));
    facts.add(new Fact("validation", validation(fit, test)));
    OptionalInt shuffleSeed = fit.shuffleSeed();
    facts.add(
        new Fact(
            "shuffle seed",
            shuffleSeed.isPresent() ? String.valueOf(shuffleSeed.getAsInt()) : OWN_SEED));
    OptionalLong steps = fit.stepLimit();
    steps.ifPresent(limit -> facts.add(new Fact("at most", Html.count(limit) + " steps")));
    fit.timeLimit().ifPresent(limit -> facts.add(new Fact("at most", limit.toString())));
    return facts;
  }

  private static String validation(FitOptions fit, TestExamples test) {
    if (fit.validation().isPresent()) {
      return "%s separate %s".formatted(Html.count(fit.validation().get().size()), test.many());
    }
    return fit.validationShare() > 0
        ? Html.percent(fit.validationShare()) + " of the training " + test.many()
        : "none";
  }
}
