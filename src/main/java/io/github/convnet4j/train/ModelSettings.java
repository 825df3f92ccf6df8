package io.github.convnet4j.train;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.layer.Rewrite;
import io.github.convnet4j.picture.PictureFormat;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The only implementation of {@link ModelOptions}, which is an interface for the reason given at
 * {@link FitSettings}.
 */
record ModelSettings(
    long seed,
    Normalization normalization,
    Set<Rewrite> rewrites,
    Set<Mode> mixedPrecisionIn,
    Optional<PictureFormat> pictures,
    Optional<String> groups,
    SessionOptions session)
    implements ModelOptions {
  static final ModelSettings DEFAULTS =
      new ModelSettings(
          0,
          Normalization.unit(),
          Rewrite.all(),
          Set.of(),
          Optional.empty(),
          Optional.empty(),
          SessionOptions.standard());

  ModelSettings {
    requireNonNull(normalization, "normalization");
    rewrites = Rewrite.set(rewrites);
    mixedPrecisionIn = ordered(mixedPrecisionIn);
    requireNonNull(pictures, "pictures");
    requireNonNull(groups, "groups");
    requireNonNull(session, "session");
  }

  ModelOptions withSeed(long newSeed) {
    return new ModelSettings(
        newSeed, normalization, rewrites, mixedPrecisionIn, pictures, groups, session);
  }

  @Override
  public ModelOptions normalization(Normalization newNormalization) {
    return new ModelSettings(
        seed, newNormalization, rewrites, mixedPrecisionIn, pictures, groups, session);
  }

  @Override
  public ModelOptions literalGraph() {
    return rewrites(Set.of());
  }

  @Override
  public ModelOptions rewrites(Set<Rewrite> newRewrites) {
    return new ModelSettings(
        seed, normalization, newRewrites, mixedPrecisionIn, pictures, groups, session);
  }

  @Override
  public ModelOptions mixedPrecision() {
    return mixedPrecisionIn(EnumSet.allOf(Mode.class));
  }

  @Override
  public ModelOptions mixedPrecisionIn(Set<Mode> modes) {
    return new ModelSettings(seed, normalization, rewrites, modes, pictures, groups, session);
  }

  /** Returns an unmodifiable set in the order of the constants, which is saved. */
  private static Set<Mode> ordered(Set<Mode> modes) {
    Set<Mode> ordered = EnumSet.noneOf(Mode.class);
    ordered.addAll(modes);
    return Collections.unmodifiableSet(ordered);
  }

  @Override
  public ModelOptions pictures(PictureFormat format) {
    return new ModelSettings(
        seed, normalization, rewrites, mixedPrecisionIn, Optional.of(format), groups, session);
  }

  @Override
  public ModelOptions groups(String regex) {
    return new ModelSettings(
        seed, normalization, rewrites, mixedPrecisionIn, pictures, Optional.of(regex), session);
  }

  @Override
  public ModelOptions session(SessionOptions newSession) {
    return new ModelSettings(
        seed, normalization, rewrites, mixedPrecisionIn, pictures, groups, newSession);
  }
}
