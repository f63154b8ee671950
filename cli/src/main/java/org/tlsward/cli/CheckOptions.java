/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What all checks have in common. */
final class CheckOptions {
    private static final int HIGHEST_PORT = 65_535;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "25",
            converter = PortConverter.class,
            description = "Where MX hosts listen (default: 25).")
    private int port;

    @Option(
            names = "--dns",
            paramLabel = "SERVER",
            converter = ServerConverter.class,
            description = "Ask this resolver, ADDRESS or ADDRESS:PORT, instead of the configured ones.")
    private InetSocketAddress dns;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = TimeConverter.class,
            description = "How long to wait for each reply, for example 10s or 2m (default: 30s).")
    private Duration timeout;

    @Option(
            names = "--transcript",
            description = "Print the SMTP dialogue as it went, with the borders of TLS; secrets are left out.")
    private boolean transcript;

    int port() {
        return port;
    }

    Optional<InetSocketAddress> dns() {
        return Optional.ofNullable(dns);
    }

    Duration timeout() {
        return timeout;
    }

    boolean transcript() {
        return transcript;
    }

    /** From 1 to 65535. */
    static final class PortConverter implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > HIGHEST_PORT) {
                throw new TypeConversionException(
                        "unsupported port \"" + value + "\" (expected: 1 to " + HIGHEST_PORT + ")");
            }
            return Integer.valueOf(value);
        }
    }

    /** As the configuration writes durations. */
    static final class TimeConverter implements ITypeConverter<Duration> {
        private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,4})(s|m)");

        @Override
        public Duration convert(String value) {
            Matcher matcher = TIME.matcher(value.toLowerCase(Locale.ROOT));
            if (!matcher.matches()) {
                throw new TypeConversionException("unsupported time \"" + value + "\" (expected: 10s or 2m)");
            }
            long number = Long.parseLong(matcher.group(1));
            return matcher.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMinutes(number);
        }
    }

    /** An address in digits, with a port or without. */
    static final class ServerConverter implements ITypeConverter<InetSocketAddress> {
        private static final Pattern SERVER =
                Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([0-9.]+))(?::([0-9]{1,5}))?|([0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)");
        private static final int DNS = 53;

        @Override
        public InetSocketAddress convert(String value) throws UnknownHostException {
            Matcher matcher = SERVER.matcher(value);
            if (!matcher.matches()) {
                throw new TypeConversionException(
                        "unsupported resolver \"" + value + "\" (expected: 192.0.2.53, 127.0.0.1:5353 or [::1]:53)");
            }
            String digits = Optional.ofNullable(matcher.group(1))
                    .or(() -> Optional.ofNullable(matcher.group(2)))
                    .orElseGet(() -> matcher.group(4));
            int port = matcher.group(3) == null ? DNS : new PortConverter().convert(matcher.group(3));
            return new InetSocketAddress(InetAddress.getByName(digits), port);
        }
    }
}
