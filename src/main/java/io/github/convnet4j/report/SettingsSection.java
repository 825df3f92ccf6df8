package io.github.convnet4j.report;

import io.github.convnet4j.classifier.Classifier;
import io.github.convnet4j.classifier.FitOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the classifier was made and trained. */
final class SettingsSection {
  private SettingsSection() {}

  static Section of(Classifier classifier, Optional<FitOptions> fitOptions) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("optimizer", classifier.optimizer().toString()));
    facts.addAll(Fact.of("options", classifier.options()));
    fitOptions.ifPresent(options -> facts.addAll(Fact.of("training", options)));
    return new Section("settings", "Settings", Html.facts(facts));
  }
}
