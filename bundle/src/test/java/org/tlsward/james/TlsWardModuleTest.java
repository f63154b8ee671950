/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import java.io.File;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.mailet.MailetContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.config.WardConfigurationException;

/** James puts the modules of extensions into one child of its own injector. */
class TlsWardModuleTest {
    @TempDir
    Path home;

    @BeforeEach
    void makeDirectories() throws Exception {
        Files.createDirectories(home.resolve("conf"));
        Files.createDirectories(home.resolve("var"));
    }

    @Test
    void missingConfigurationShouldStopTheStart() {
        assertThatThrownBy(this::start)
                .isInstanceOf(CreationException.class)
                .hasRootCauseInstanceOf(WardConfigurationException.class)
                .hasMessageContaining("tlsward.xml");
    }

    @Test
    void brokenConfigurationShouldStopTheStart() throws Exception {
        configure("<tlsward><classes default='nobody'/></tlsward>");

        assertThatThrownBy(this::start)
                .isInstanceOf(CreationException.class)
                .hasRootCauseInstanceOf(WardConfigurationException.class);
    }

    @Test
    void everybodyShouldGetTheSameWard() throws Exception {
        configure("<tlsward><classes default='general'><class name='general'/></classes></tlsward>");
        Injector extensions = start();

        assertThat(extensions.getInstance(OneHook.class).ward)
                .isSameAs(extensions.getInstance(Ward.class))
                .isSameAs(extensions.createChildInjector().getInstance(OneHook.class).ward);
    }

    private void configure(String text) throws Exception {
        Files.writeString(home.resolve("conf/tlsward.xml"), text);
    }

    private Injector start() {
        Injector james = Guice.createInjector(new AbstractModule() {
            @Override
            protected void configure() {
                bind(FileSystem.class).toInstance(new HomeFileSystem(home));
                bind(MailetContext.class).toInstance((MailetContext) Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {MailetContext.class},
                        (proxy, method, arguments) -> {
                            throw new UnsupportedOperationException(method.getName());
                        }));
            }
        });
        return james.createChildInjector(new TlsWardModule());
    }

    static final class OneHook {
        final Ward ward;

        @com.google.inject.Inject
        OneHook(Ward ward) {
            this.ward = ward;
        }
    }

    /** As James has it: {@code file://conf/} and {@code file://var/} are below the working directory. */
    private record HomeFileSystem(Path home) implements FileSystem {
        @Override
        public InputStream getResource(String url) {
            throw new UnsupportedOperationException(url);
        }

        @Override
        public File getFile(String url) {
            return home.resolve(url.substring("file://".length())).toFile();
        }

        @Override
        public File getBasedir() {
            return home.toFile();
        }
    }
}
