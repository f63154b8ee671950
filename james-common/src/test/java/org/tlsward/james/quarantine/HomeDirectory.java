/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james.quarantine;

import java.io.File;
import java.io.InputStream;
import java.nio.file.Path;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.mailrepository.file.FileMailRepository;

/** The working directory of a James, and a repository of files in it. */
record HomeDirectory(Path home) implements FileSystem {
    static final String URL = "file://var/mail/tls-withheld";

    FileMailRepository repository() throws Exception {
        FileMailRepository repository = new FileMailRepository();
        repository.setFileSystem(this);
        BaseHierarchicalConfiguration configuration = new BaseHierarchicalConfiguration();
        configuration.addProperty("[@destinationURL]", URL);
        repository.configure(configuration);
        repository.init();
        return repository;
    }

    Path directory() {
        return home.resolve("var/mail/tls-withheld");
    }

    @Override
    public InputStream getResource(String url) {
        throw new UnsupportedOperationException(url);
    }

    @Override
    public File getFile(String url) {
        return home.resolve(url.substring("file://".length())).toFile();
    }

    @Override
    public File getFileWithinBaseDir(String url) {
        return getFile(url);
    }

    @Override
    public File getBasedir() {
        return home.toFile();
    }
}
