/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tlsward.policy.InboundMinimum;
import org.tlsward.policy.IpNetwork;
import org.tlsward.policy.NamePattern;
import org.tlsward.policy.TlsLevel;
import org.tlsward.policy.TlsVersion;

/**
 * How a value is written.
 *
 * @param expected for the message about any other text
 * @param parser empty, or an {@link IllegalArgumentException}, for any other text
 */
record Syntax<T>(String expected, Function<String, Optional<T>> parser) {
    static final Syntax<String> TEXT =
            new Syntax<>("a text that is not empty", text -> Optional.of(text).filter(some -> !some.isBlank()));
    static final Syntax<TlsLevel> LEVEL = new Syntax<>(TlsLevel.words(), TlsLevel::of);
    static final Syntax<InboundMinimum> INBOUND_MINIMUM = new Syntax<>(InboundMinimum.words(), InboundMinimum::of);
    static final Syntax<Profile> PROFILE = new Syntax<>(Profile.words(), Profile::of);
    static final Syntax<TlsVersion> TLS_VERSION =
            new Syntax<>(TlsVersion.minimumNames(), text -> TlsVersion.of(text).filter(TlsVersion::usableAsMinimum));
    static final Syntax<Boolean> FLAG = words(List.of("true", "false")).map("true"::equals);
    /** One number, one unit: short enough to be read at once, and no unit to forget. */
    static final Syntax<Duration> DURATION = new Syntax<>("a number and a unit: 30s, 15m, 4h or 5d", Syntax::duration);

    static final Syntax<Period> RETENTION =
            new Syntax<>("a number and a unit, days or years: 90d or 10y", Syntax::retention);

    static final Syntax<LocalDate> DATE = new Syntax<>("a date like 2027-05-31", Syntax::date);
    static final Syntax<List<NamePattern>> NAMES = list(
            "one or more names like mx.partner.example, or .partner.example for all names below it",
            text -> Optional.of(NamePattern.parse(text)));
    static final Syntax<List<String>> DIGESTS =
            list("one or more SHA-256 digests of 64 hexadecimal digits, colons allowed", Syntax::digest);
    static final Syntax<List<IpNetwork>> NETWORKS =
            list("one or more networks like 10.0.0.0/8 or 2001:db8::/32, not everybody", Syntax::network);
    static final Syntax<List<String>> WORDS = list("one or more words", Optional::of);

    private static final Pattern SEPARATOR = Pattern.compile("[\\s,]+");
    private static final Pattern DURATION_TEXT = Pattern.compile("([0-9]{1,6})([smhd])");
    private static final Pattern RETENTION_TEXT = Pattern.compile("([0-9]{1,4})([dy])");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** The value, or empty if the text is not written that way. */
    Optional<T> parse(String text) {
        try {
            return parser.apply(text.strip());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    <R> Syntax<R> map(Function<T, R> function) {
        return new Syntax<>(expected, text -> parser.apply(text).map(function));
    }

    /** One of those words, exactly. */
    static Syntax<String> words(List<String> words) {
        return new Syntax<>(String.join(", ", words), text -> Optional.of(text).filter(words::contains));
    }

    /** Items separated by blanks or commas, each written as {@code item} says; at least one. */
    static <T> Syntax<List<T>> list(String expected, Function<String, Optional<T>> item) {
        return new Syntax<>(expected, text -> {
            List<Optional<T>> items = Arrays.stream(SEPARATOR.split(text))
                    .filter(part -> !part.isEmpty())
                    .map(item)
                    .toList();
            // An empty list would be a condition that nothing can meet.
            return items.isEmpty() || items.contains(Optional.<T>empty())
                    ? Optional.empty()
                    : Optional.of(items.stream().map(Optional::orElseThrow).collect(Collectors.toList()));
        });
    }

    private static Optional<Period> retention(String text) {
        Matcher matcher = RETENTION_TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int count = Integer.parseInt(matcher.group(1));
        return Optional.of(matcher.group(2).equals("d") ? Period.ofDays(count) : Period.ofYears(count))
                .filter(period -> count > 0);
    }

    private static Optional<Duration> duration(String text) {
        Matcher matcher = DURATION_TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(matcher.group(1));
        Duration duration =
                switch (matcher.group(2)) {
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                };
        return Optional.of(duration).filter(some -> !some.isZero());
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> digest(String text) {
        return Optional.of(text.replace(":", "").toLowerCase(Locale.ROOT))
                .filter(digits -> SHA256.matcher(digits).matches());
    }

    /** A network of everybody would switch a protection off in a place where nobody looks for it. */
    private static Optional<IpNetwork> network(String text) {
        return Optional.of(IpNetwork.parse(text)).filter(network -> network.prefixLength() > 0);
    }
}
