/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import java.util.Locale;
import java.util.Optional;

/**
 * The encoding of one label of a domain name (RFC 3492). {@link java.net.IDN} cannot be used for it: it knows IDNA 2003 only, which
 * turns {@code ß} into {@code ss}, so that {@code straße.example} and its registered A-label would be two names.
 */
final class Punycode {
    static final String PREFIX = "xn--";

    // RFC 3492 §5
    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int INITIAL_BIAS = 72;
    private static final int INITIAL_N = 128;
    private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";

    private Punycode() {}

    /**
     * A label with the prefix {@code xn--} (RFC 3492 §6.3).
     *
     * @throws ArithmeticException if the label is too long for it
     */
    static String encode(String label) {
        int[] points = label.codePoints().toArray();
        StringBuilder out = new StringBuilder(PREFIX);
        label.codePoints().filter(point -> point < INITIAL_N).forEach(out::appendCodePoint);
        int basic = out.length() - PREFIX.length();
        if (basic > 0) {
            out.append('-');
        }
        int n = INITIAL_N;
        int delta = 0;
        int bias = INITIAL_BIAS;
        int handled = basic;
        while (handled < points.length) {
            int next = smallestFrom(points, n);
            delta = Math.addExact(delta, Math.multiplyExact(next - n, handled + 1));
            n = next;
            for (int point : points) {
                if (point < n) {
                    delta = Math.incrementExact(delta);
                } else if (point == n) {
                    appendInteger(out, delta, bias);
                    bias = adapt(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }
            delta = Math.incrementExact(delta);
            n++;
        }
        return out.toString();
    }

    /** The text of a label that begins with {@code xn--} (RFC 3492 §6.2); empty if it is none. */
    static Optional<String> decode(String aLabel) {
        String label = aLabel.toLowerCase(Locale.ROOT);
        if (!label.startsWith(PREFIX) || !label.chars().allMatch(c -> c < INITIAL_N)) {
            return Optional.empty();
        }
        String text = label.substring(PREFIX.length());
        int hyphen = text.lastIndexOf('-');
        StringBuilder out = new StringBuilder(hyphen > 0 ? text.substring(0, hyphen) : "");
        try {
            return decodeInto(out, text, hyphen > 0 ? hyphen + 1 : 0) ? Optional.of(out.toString()) : Optional.empty();
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static boolean decodeInto(StringBuilder out, String text, int from) {
        int n = INITIAL_N;
        int i = 0;
        int bias = INITIAL_BIAS;
        int length = out.length();
        int in = from;
        while (in < text.length()) {
            int before = i;
            int weight = 1;
            for (int k = BASE; ; k += BASE) {
                int digit = in < text.length() ? DIGITS.indexOf(text.charAt(in++)) : -1;
                if (digit < 0) {
                    return false;
                }
                i = Math.addExact(i, Math.multiplyExact(digit, weight));
                int threshold = threshold(k, bias);
                if (digit < threshold) {
                    break;
                }
                weight = Math.multiplyExact(weight, BASE - threshold);
            }
            length++;
            bias = adapt(i - before, length, before == 0);
            n = Math.addExact(n, i / length);
            i %= length;
            if (!Character.isValidCodePoint(n) || isSurrogate(n)) {
                return false;
            }
            out.insert(out.offsetByCodePoints(0, i), Character.toString(n));
            i++;
        }
        return true;
    }

    private static boolean isSurrogate(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    private static int smallestFrom(int[] points, int least) {
        int smallest = Integer.MAX_VALUE;
        for (int point : points) {
            if (point >= least && point < smallest) {
                smallest = point;
            }
        }
        return smallest;
    }

    private static void appendInteger(StringBuilder out, int delta, int bias) {
        int rest = delta;
        for (int k = BASE; ; k += BASE) {
            int threshold = threshold(k, bias);
            if (rest < threshold) {
                out.append(DIGITS.charAt(rest));
                return;
            }
            out.append(DIGITS.charAt(threshold + (rest - threshold) % (BASE - threshold)));
            rest = (rest - threshold) / (BASE - threshold);
        }
    }

    private static int threshold(int k, int bias) {
        return Math.max(T_MIN, Math.min(T_MAX, k - bias));
    }

    // RFC 3492 §6.1
    private static int adapt(int delta, int points, boolean first) {
        int rest = first ? delta / DAMP : delta / 2;
        rest += rest / points;
        int k = 0;
        while (rest > (BASE - T_MIN) * T_MAX / 2) {
            rest /= BASE - T_MIN;
            k += BASE;
        }
        return k + (BASE - T_MIN + 1) * rest / (rest + SKEW);
    }
}
