package io.github.convnet4j.commandline;

import io.github.convnet4j.schedule.Schedule;
import io.github.convnet4j.schedule.Schedules;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A schedule as typed, {@code cosine} or {@code step=0.5:10}, for any learning rate. */
interface ScheduleText {
  /** Returns the schedule with this as its highest rate. */
  Schedule of(double learningRate);

  /** Reads a schedule as typed. */
  final class Converter implements ITypeConverter<ScheduleText> {
    private static final String KINDS =
        "it must be constant, cosine, one-cycle, exponential=FACTOR or step=FACTOR:EPOCHS, such as"
            + " step=0.5:10";

    @Override
    public ScheduleText convert(String text) {
      try {
        ScheduleText schedule = read(text);
        // Checks the numbers now.
        schedule.of(1);
        return schedule;
      } catch (NumberFormatException e) {
        throw new TypeConversionException(KINDS + ": " + text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }

    private static ScheduleText read(String text) {
      int equals = text.indexOf('=');
      String name = equals < 0 ? text : text.substring(0, equals);
      String[] numbers = equals < 0 ? new String[0] : text.substring(equals + 1).split(":", -1);
      return switch (name + "/" + numbers.length) {
        case "constant/0" -> Schedules::constant;
        case "cosine/0" -> Schedules::cosine;
        case "one-cycle/0" -> Schedules::oneCycle;
        case "exponential/1" -> exponential(Double.parseDouble(numbers[0]));
        case "step/2" -> step(Double.parseDouble(numbers[0]), Integer.parseInt(numbers[1]));
        default -> throw new TypeConversionException(KINDS + ": " + text);
      };
    }

    private static ScheduleText exponential(double factor) {
      return rate -> Schedules.exponential(rate, factor);
    }

    private static ScheduleText step(double factor, int epochs) {
      return rate -> Schedules.step(rate, factor, epochs);
    }
  }
}
