package org.fabricmark.bench.cli.argument;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/** Times as users write them: {@code 5s}, {@code 200ms}, {@code 2m}; a bare number is seconds. Always above zero. */
public final class Durations implements ITypeConverter<Duration> {
    private static final Pattern TIME = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(us|ms|s|m|h|)");
    private static final String EXPECTED = "a time is above zero, as in 90s, 200ms, 2m; a bare number is seconds";
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);

    @Override
    public Duration convert(String text) {
        Matcher match = TIME.matcher(text.strip());
        if (!match.matches()) {
            throw Misuse.ofValue(EXPECTED);
        }
        BigDecimal seconds = new BigDecimal(match.group(1)).multiply(secondsOf(match.group(2)));
        Duration time = Duration.ofNanos(seconds.multiply(NANOS).min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue());
        if (time.isZero()) {
            throw Misuse.ofValue(EXPECTED);
        }
        return time;
    }

    private static BigDecimal secondsOf(String unit) {
        return switch (unit) {
            case "us" -> new BigDecimal("0.000001");
            case "ms" -> new BigDecimal("0.001");
            case "m" -> BigDecimal.valueOf(60);
            case "h" -> BigDecimal.valueOf(3600);
            default -> BigDecimal.ONE;
        };
    }

    /** The shortest exact form in one unit: {@code 90s}, {@code 200ms}. */
    public static String format(Duration time) {
        if (time.toNanosPart() == 0) {
            return time.toSeconds() + "s";
        }
        return time.toNanos() % 1_000_000 == 0 ? time.toMillis() + "ms" : time.toNanos() / 1000 + "us";
    }
}
