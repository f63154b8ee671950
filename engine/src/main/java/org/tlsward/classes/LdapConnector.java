/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects to the first server of an {@link LdapDirectory} that answers: TCP, TLS, bind, each within the time limit. */
final class LdapConnector {
    private static final Logger LOGGER = LoggerFactory.getLogger(LdapConnector.class);

    private final LdapDirectory directory;
    private final SSLContext tls;

    /**
     * Checks what can be checked without the network.
     *
     * @throws MemberSourceException if the configuration cannot work
     */
    LdapConnector(LdapDirectory directory) {
        this.directory = directory;
        List<String> complaints = new ArrayList<>();
        for (URI server : directory.servers()) {
            checkServer(server, complaints);
        }
        if (directory.servers().isEmpty()) {
            complaints.add("directory: no server (expected: at least one like ldaps://ldap.klinik.example)");
        }
        if (directory.user().isPresent() && directory.password().orElse("").isEmpty()) {
            complaints.add("directory: user \"" + directory.user().get()
                    + "\" without a password (expected: both, or none for an anonymous bind)");
        }
        if (directory.mailAttributes().isEmpty()) {
            complaints.add("directory: no mail attribute (expected: at least one, like mail)");
        }
        checkPositive("time limit", directory.timeLimit(), complaints);
        checkPositive("refresh", directory.refresh(), complaints);
        Optional<SSLContext> context = sslContext(complaints);
        if (!complaints.isEmpty()) {
            throw new MemberSourceException(complaints);
        }
        tls = context.orElseThrow();
    }

    Duration timeLimit() {
        return directory.timeLimit();
    }

    List<String> mailAttributes() {
        return directory.mailAttributes();
    }

    /** How long it may take until no server has answered. */
    Duration connectLimit() {
        // TCP, TLS and bind
        return directory.timeLimit().multipliedBy(3L * directory.servers().size());
    }

    /**
     * A connection that is bound and ready.
     *
     * @throws LDAPException with what each server said, if none took us
     */
    LDAPConnection connect() throws LDAPException {
        List<String> failures = new ArrayList<>();
        for (URI server : directory.servers()) {
            try {
                return connect(server);
            } catch (LDAPException e) {
                failures.add(server + ": " + reason(e));
            }
        }
        throw new LDAPException(ResultCode.CONNECT_ERROR, String.join("; ", failures));
    }

    private LDAPConnection connect(URI server) throws LDAPException {
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        int millis = (int) Math.min(Integer.MAX_VALUE, directory.timeLimit().toMillis());
        options.setConnectTimeoutMillis(millis);
        options.setResponseTimeoutMillis(millis);
        options.setFollowReferrals(false);
        options.setSSLSocketVerifier(new SanVerifier());
        boolean ldaps = isLdaps(server);
        LDAPConnection connection =
                ldaps ? new LDAPConnection(tls.getSocketFactory(), options) : new LDAPConnection(options);
        try {
            connection.connect(server.getHost(), port(server));
            if (!ldaps && directory.startTls()) {
                check(connection.processExtendedOperation(new StartTLSExtendedRequest(tls)));
            }
            if (directory.user().isPresent()) {
                connection.bind(directory.user().get(), directory.password().orElseThrow());
            }
            return connection;
        } catch (LDAPException e) {
            connection.close();
            throw e;
        }
    }

    /** What the library says, without its own version in it. */
    static String reason(LDAPException e) {
        String message = e.getMessage().replaceAll(", ldapSDKVersion=[^)]*", "");
        return message.contains(e.getResultCode().getName())
                ? message
                : e.getResultCode().getName() + ": " + message;
    }

    private static void check(LDAPResult result) throws LDAPException {
        if (!result.getResultCode().equals(ResultCode.SUCCESS)) {
            throw new LDAPException(result);
        }
    }

    private void checkServer(URI server, List<String> complaints) {
        String scheme = Optional.ofNullable(server.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        if (!List.of("ldap", "ldaps").contains(scheme) || server.getHost() == null) {
            complaints.add("directory: unsupported server \"" + server
                    + "\" (expected: ldap://host, ldap://host:port, ldaps://host or ldaps://host:port)");
        } else if ("ldap".equals(scheme) && !directory.startTls() && !isLoopback(server.getHost())) {
            LOGGER.warn(
                    "{} is asked without TLS: who sits on the line can take members out of a class. Use ldaps:// or StartTLS.",
                    server);
        }
    }

    private static void checkPositive(String what, Duration duration, List<String> complaints) {
        if (duration.isNegative() || duration.isZero()) {
            complaints.add("directory: unsupported " + what + " \"" + duration + "\" (expected: more than nothing)");
        }
    }

    private Optional<SSLContext> sslContext(List<String> complaints) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(
                    directory.trustStore().isPresent()
                            ? load(directory.trustStore().get())
                            : null);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return Optional.of(context);
        } catch (GeneralSecurityException | IOException e) {
            String where = directory.trustStore().map(Path::toString).orElse("the JVM's");
            complaints.add("directory: trust store " + where + " cannot be used: " + e
                    + " (expected: a PKCS#12 file with the directory's CA, and its password)");
            return Optional.empty();
        }
    }

    private KeyStore load(Path path) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(path)) {
            store.load(in, directory.trustPassword().map(String::toCharArray).orElse(null));
        }
        if (store.size() == 0) {
            throw new IOException("it holds no certificate");
        }
        return store;
    }

    private static boolean isLdaps(URI server) {
        return server.getScheme().equalsIgnoreCase("ldaps");
    }

    private static int port(URI server) {
        if (server.getPort() >= 0) {
            return server.getPort();
        }
        return isLdaps(server) ? 636 : 389;
    }

    /** By the text alone: a check of the configuration asks no name server. */
    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    @Override
    public String toString() {
        return directory.servers().stream().map(URI::toString).collect(Collectors.joining(", "));
    }
}
