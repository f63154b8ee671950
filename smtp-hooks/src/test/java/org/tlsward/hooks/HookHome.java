/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.LongSupplier;
import org.apache.james.filesystem.api.FileSystem;
import org.tlsward.james.EmergencyStops;
import org.tlsward.james.Ward;
import org.tlsward.james.WardHealth;

/** As much of a server as an emergency needs. */
final class HookHome {
    private HookHome() {}

    static EmergencyStops stops(Path root, Clock clock, LongSupplier nanos) throws IOException {
        Files.createDirectories(root.resolve("conf"));
        Files.writeString(
                root.resolve("conf/tlsward.xml"),
                "<tlsward><classes default='general'><class name='general'/></classes></tlsward>");
        FileSystem files = new FileSystem() {
            @Override
            public InputStream getResource(String url) throws IOException {
                return Files.newInputStream(getFile(url).toPath());
            }

            @Override
            public File getFile(String url) {
                return root.resolve(url.replaceFirst("file://", "")).toFile();
            }

            @Override
            public File getBasedir() {
                return root.toFile();
            }
        };
        return new EmergencyStops(files, new WardHealth(new Ward(files)), clock, nanos);
    }
}
