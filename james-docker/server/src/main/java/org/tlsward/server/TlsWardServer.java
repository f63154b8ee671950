/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.ExtraProperties;
import org.apache.james.FakeSearchMailboxModule;
import org.apache.james.GuiceJamesServer;
import org.apache.james.MemoryJamesConfiguration;
import org.apache.james.MemoryJamesServerMain;
import org.apache.james.data.UsersRepositoryModuleChooser;
import org.apache.james.modules.RunArgumentsModule;
import org.apache.james.server.core.filesystem.FileSystemImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.queue.DurableQueueGuiceModule;
import reactor.core.publisher.Hooks;

/**
 * The gateway: Apache James with a durable queue and TLS Ward, no external service, no JMX.
 *
 * <pre>java -Dworking.directory=run -cp "lib/*" org.tlsward.server.TlsWardServer</pre>
 *
 * <p>The working directory holds {@code conf/} (read) and {@code var/} (written).
 */
public final class TlsWardServer {

    private static final Logger LOGGER = LoggerFactory.getLogger(TlsWardServer.class);

    /** The page for whoever starts it for the first time; an admin who has read it deletes the file. */
    private static final String START_HERE = "START-HERE.txt";

    private TlsWardServer() {}

    /** Starts the server of the working directory that the system property {@code working.directory} names. */
    public static void main(String[] args) throws Exception {
        ExtraProperties.initialize();
        MemoryJamesConfiguration configuration = MemoryJamesConfiguration.builder()
                .useWorkingDirectoryEnvProperty()
                .build();
        GuiceJamesServer server;
        try {
            server = prepare(configuration, args);
        } catch (ConfigurationException e) {
            LOGGER.error("Not started: {}", e.getMessage());
            System.exit(1);
            return;
        }
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
        printStartHere(Path.of(configuration.directories().getConfDirectory()));
    }

    /**
     * The server of a working directory, ready to be started: {@code start()}, {@code stop()}, {@code getProbe(...)}.
     *
     * @param workingDirectory holds {@code conf/} and will hold {@code var/}
     */
    public static GuiceJamesServer in(Path workingDirectory) throws IOException, ConfigurationException {
        return prepare(
                MemoryJamesConfiguration.builder()
                        .workingDirectory(workingDirectory.toFile())
                        .build(),
                new String[0]);
    }

    private static GuiceJamesServer prepare(MemoryJamesConfiguration configuration, String[] args)
            throws IOException, ConfigurationException {
        checkHostName();
        closeToOthers(varDirectory(configuration));
        FileSystemImpl fileSystem = new FileSystemImpl(configuration.directories());
        ServerFiles files = new ServerFiles(fileSystem, configuration);
        OwnCertificate.makeIfNamedAndMissing(files, Clock.systemUTC());
        return GuiceJamesServer.forConfiguration(configuration)
                .combineWith(MemoryJamesServerMain.IN_MEMORY_SERVER_AGGREGATE_MODULE)
                .combineWith(new UsersRepositoryModuleChooser(new DemoUsersModule())
                        .chooseModules(configuration.getUsersRepositoryImplementation()))
                .combineWith(new FakeSearchMailboxModule())
                .overrideWith(
                        new RunArgumentsModule(args),
                        new DurableQueueGuiceModule(),
                        new LocalDataModule(),
                        new CertificateModule(files),
                        new WebAdminModule());
    }

    /** James needs the address of this host, and without one ends in a page of injection errors. */
    private static void checkHostName() throws ConfigurationException {
        try {
            var unused = InetAddress.getLocalHost();
        } catch (UnknownHostException e) {
            throw new ConfigurationException(
                    "the name of this host has no address (" + e.getMessage() + "): add it to /etc/hosts", e);
        }
    }

    /** Queue, repositories and logs hold mail: nobody but our account may look, whatever the umask was at start. */
    private static void closeToOthers(Path var) throws IOException {
        Files.createDirectories(var);
        Files.setPosixFilePermissions(var, PosixFilePermissions.fromString("rwx------"));
    }

    private static Path varDirectory(MemoryJamesConfiguration configuration) {
        return Path.of(configuration.directories().getVarDirectory());
    }

    private static void stop(GuiceJamesServer server) {
        // The spooler is interrupted while it waits for mail; James would log that with a stack trace.
        Hooks.onErrorDropped(error -> LOGGER.debug("Dropped while stopping", error));
        server.stop();
    }

    private static void printStartHere(Path conf) throws IOException {
        Path page = conf.resolve(START_HERE);
        if (Files.exists(page)) {
            // As it is: what is printed is kept in logs, so it names the file with the demo's password, never the
            // password.
            System.out.println(Files.readString(page, StandardCharsets.UTF_8));
            System.out.flush();
        }
    }
}
