package io.github.convnet4j.commandline;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time span as typed: {@code 90s}, {@code 10m}, {@code 1h30m}. */
final class TimeSpan implements ITypeConverter<Duration> {
  private static final Pattern SPAN =
      Pattern.compile("(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?");

  @Override
  public Duration convert(String text) {
    Matcher matcher = SPAN.matcher(text);
    Duration span = Duration.ZERO;
    if (matcher.matches()) {
      span =
          Duration.ofHours(number(matcher.group(1)))
              .plusMinutes(number(matcher.group(2)))
              .plusSeconds(number(matcher.group(3)));
    }
    if (span.isZero()) {
      throw new TypeConversionException("it must be a time, such as 90s, 10m or 1h30m: " + text);
    }
    return span;
  }

  private static long number(String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
