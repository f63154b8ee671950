/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The server as {@code make run} starts it, in a folder of its own and on free ports. */
final class RunningServer implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 120;

    /** What {@code conf/} and the pages call them. */
    private static final List<Integer> PORTS = List.of(2525, 2587, 2465, 2143, 2993, 8000);

    private static final List<String> FILES_WITH_PORTS =
            List.of("smtpserver.xml", "imapserver.xml", "webadmin.properties");

    private final Path home;
    private final Map<Integer, Integer> ports;
    private final Process process;

    private RunningServer(Path home, Map<Integer, Integer> ports, Process process) {
        this.home = home;
        this.ports = ports;
        this.process = process;
    }

    /** Starts it with the reference configuration, and returns when it is up. */
    static RunningServer start() throws IOException {
        Path home = Project.target("server");
        deleteAll(home);
        Files.createDirectories(home);
        copy(Project.path("conf"), home.resolve("conf"));
        Map<Integer, Integer> ports = freePorts();
        for (String file : FILES_WITH_PORTS) {
            Path path = home.resolve("conf").resolve(file);
            Files.writeString(path, withPorts(Files.readString(path), ports));
        }
        ProcessBuilder builder = new ProcessBuilder("james-docker/run.sh")
                .directory(Project.root().toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("log").toFile());
        builder.environment().put("TLSWARD_HOME", home.toString());
        builder.environment().put("JAVA_OPTS", "-Xmx384m -XX:TieredStopAtLevel=1");
        RunningServer server = new RunningServer(home, ports, builder.start());
        server.awaitPort(2525);
        server.awaitPort(8000);
        return server;
    }

    Path home() {
        return home;
    }

    /** The text with the ports of this server. */
    String withPorts(String text) {
        return withPorts(text, ports);
    }

    /** Puts another {@code tlsward.xml} in its place, and returns when the server goes by it. */
    void configure(String xml, BooleanSupplier inForce) throws IOException {
        Files.writeString(home.resolve("conf/tlsward.xml"), xml);
        await(inForce);
    }

    private void awaitPort(int port) throws IOException {
        await(() -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ports.get(port))) {
                return socket.isConnected();
            } catch (IOException e) {
                return false;
            }
        });
    }

    private void await(BooleanSupplier done) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!done.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new AssertionError(
                        "the server is not as it should be:\n" + Files.readString(home.resolve("log")));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String withPorts(String text, Map<Integer, Integer> ports) {
        String changed = text;
        for (Map.Entry<Integer, Integer> port : ports.entrySet()) {
            changed = changed.replaceAll("\\b" + port.getKey() + "\\b", Integer.toString(port.getValue()));
        }
        return changed;
    }

    /** All at once, so that no two are the same. */
    private static Map<Integer, Integer> freePorts() throws IOException {
        Map<Integer, Integer> ports = new TreeMap<>();
        List<ServerSocket> sockets = new ArrayList<>();
        for (int port : PORTS) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            sockets.add(socket);
            ports.put(port, socket.getLocalPort());
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static void deleteAll(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().onExit().join();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
