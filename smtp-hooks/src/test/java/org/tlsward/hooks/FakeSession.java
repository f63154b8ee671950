/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPConfiguration;
import org.apache.james.protocols.smtp.utils.BaseFakeSMTPSession;

/** A session whose TLS and rights a test sets. */
class FakeSession extends BaseFakeSMTPSession {
    private final Map<AttachmentKey<?>, Object> attachments = new HashMap<>();
    private Optional<SSLSession> ssl = Optional.empty();
    private boolean relayingAllowed;
    private Optional<SMTPConfiguration> configuration = Optional.empty();

    FakeSession withTls(String protocol, String cipherSuite) {
        ssl = Optional.of((SSLSession) Proxy.newProxyInstance(
                FakeSession.class.getClassLoader(), new Class<?>[] {SSLSession.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "getProtocol":
                            return protocol;
                        case "getCipherSuite":
                            return cipherSuite;
                        case "getPeerCertificates":
                            throw new SSLPeerUnverifiedException("none was asked for");
                        default:
                            throw new UnsupportedOperationException(method.getName());
                    }
                }));
        return this;
    }

    FakeSession withRelayingAllowed() {
        relayingAllowed = true;
        return this;
    }

    FakeSession withConfiguration(SMTPConfiguration value) {
        configuration = Optional.of(value);
        return this;
    }

    @Override
    public SMTPConfiguration getConfiguration() {
        return configuration.orElseGet(FakeSession::greetingOnly);
    }

    private static SMTPConfiguration greetingOnly() {
        return (SMTPConfiguration) Proxy.newProxyInstance(
                FakeSession.class.getClassLoader(),
                new Class<?>[] {SMTPConfiguration.class},
                (proxy, method, arguments) -> {
                    if (method.getReturnType() == String.class) {
                        return "mx.klinik.example ESMTP";
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    @Override
    public Optional<SSLSession> getSSLSession() {
        return ssl;
    }

    @Override
    public boolean isTLSStarted() {
        return ssl.isPresent();
    }

    @Override
    public boolean isStartTLSSupported() {
        return true;
    }

    @Override
    public boolean isRelayingAllowed() {
        return relayingAllowed;
    }

    @Override
    public InetSocketAddress getRemoteAddress() {
        return new InetSocketAddress("192.0.2.7", 40_000);
    }

    @Override
    public <T> Optional<T> setAttachment(AttachmentKey<T> key, T value, State state) {
        return key.convert(attachments.put(key, value));
    }

    @Override
    public <T> Optional<T> removeAttachment(AttachmentKey<T> key, State state) {
        return key.convert(attachments.remove(key));
    }

    @Override
    public <T> Optional<T> getAttachment(AttachmentKey<T> key, State state) {
        return key.convert(attachments.get(key));
    }
}
