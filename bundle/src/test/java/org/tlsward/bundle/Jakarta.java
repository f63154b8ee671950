/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.bundle;

import java.util.regex.Pattern;

/** The move of names between the two JARs, written down a second time, against slips in the rules of the build. */
final class Jakarta {
    private static final String START_OF_TYPE = "(^|[;()\\[]L)";
    private static final Pattern PACKAGES = Pattern.compile(START_OF_TYPE + "javax/(mail|inject|activation|servlet)/");
    private static final Pattern LIFE_CYCLE =
            Pattern.compile(START_OF_TYPE + "javax/annotation/(PreDestroy|PostConstruct)(?=$|;)");
    private static final Pattern PROVIDER = Pattern.compile(START_OF_TYPE + "com/sun/mail/");

    private Jakarta() {}

    /** @param name an internal name, or any text that ends with a descriptor */
    static String of(String name) {
        String moved = PACKAGES.matcher(name).replaceAll("$1jakarta/$2/");
        moved = LIFE_CYCLE.matcher(moved).replaceAll("$1jakarta/annotation/$2");
        return PROVIDER.matcher(moved).replaceAll("$1org/eclipse/angus/mail/");
    }
}
