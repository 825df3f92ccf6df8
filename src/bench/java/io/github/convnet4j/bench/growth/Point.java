package io.github.convnet4j.bench.growth;

import io.github.convnet4j.bench.stats.Quartiles;
import java.util.OptionalLong;

/**
 * What a size costs.
 *
 * @param secondsPerStep of training
 * @param secondsToFirstStep from the call of {@code fit} to the end of the first step
 * @param peakResidentBytes of the process that did it, where the system tells
 */
record Point(
    Axis axis,
    Size size,
    Quartiles secondsPerStep,
    double secondsToFirstStep,
    OptionalLong peakResidentBytes) {}
