package io.github.convnet4j.bench.growth;

import io.github.convnet4j.bench.stats.Quartiles;
import java.util.OptionalLong;

/**
 * The measured cost of a size.
 *
 * @param secondsPerStep the time of a training step
 * @param secondsToFirstStep the time from the call of {@code fit} to the end of the first step
 * @param peakResidentBytes the peak memory of the process, if available
 */
record Point(
    Axis axis,
    Size size,
    Quartiles secondsPerStep,
    double secondsToFirstStep,
    OptionalLong peakResidentBytes) {}
