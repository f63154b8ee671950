/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A RabbitMQ of our own on loopback: own name, directory, ports, cookie and port mapper, and the management plugin, which James asks. */
public final class Broker implements AutoCloseable {
    private static final Path PROGRAMS = Path.of("/usr/lib/rabbitmq/bin");
    private static final String ADMIN = "guest";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern CHANNEL =
            Pattern.compile("\"messages_unacknowledged\":(\\d+)[^{}]*(?:\\{[^{}]*}[^{}]*)*?\"user\":\"([^\"]+)\"");

    private final Path directory;
    private final int amqp;
    private final int management;
    private final int mapper;
    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();

    private Broker(Path directory, List<Integer> ports) throws IOException {
        this.directory = directory;
        this.amqp = ports.get(0);
        this.management = ports.get(1);
        this.mapper = ports.get(2);
        writeConfiguration();
        ProcessBuilder builder = program("rabbitmq-server");
        builder.environment().put("RABBITMQ_DIST_PORT", Integer.toString(ports.get(3)));
        this.process = builder.start();
    }

    /** Starts one with nothing in it, in a new directory. */
    public static Broker start(Path parent) throws Exception {
        Files.createDirectories(parent);
        Broker broker = new Broker(Files.createTempDirectory(parent.toAbsolutePath(), "rabbitmq"), freePorts(4));
        broker.awaitUp();
        return broker;
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            sockets.add(socket);
            ports.add(socket.getLocalPort());
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }

    private void writeConfiguration() throws IOException {
        Files.writeString(
                directory.resolve("rabbitmq.conf"),
                """
                listeners.tcp.1 = 127.0.0.1:%d
                management.tcp.ip = 127.0.0.1
                management.tcp.port = %d
                collect_statistics_interval = 200
                """
                        .formatted(amqp, management));
        Files.writeString(directory.resolve("enabled_plugins"), "[rabbitmq_management].\n");
        Path cookie = Files.createDirectories(directory.resolve("home")).resolve(".erlang.cookie");
        Files.writeString(cookie, UUID.randomUUID().toString().replace("-", ""));
        Files.setPosixFilePermissions(cookie, PosixFilePermissions.fromString("r--------"));
    }

    private ProcessBuilder program(String name) {
        ProcessBuilder builder = new ProcessBuilder(PROGRAMS.resolve(name).toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "HOME", directory.resolve("home").toString(),
                        "RABBITMQ_NODENAME", "tlsward" + amqp + "@localhost",
                        "RABBITMQ_MNESIA_BASE", directory.resolve("mnesia").toString(),
                        "RABBITMQ_LOG_BASE", directory.resolve("log").toString(),
                        "RABBITMQ_CONFIG_FILE",
                                directory.resolve("rabbitmq.conf").toString(),
                        "RABBITMQ_ENABLED_PLUGINS_FILE",
                                directory.resolve("enabled_plugins").toString(),
                        "RABBITMQ_CONF_ENV_FILE", "/dev/null",
                        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                                "+S 2:2 +sbwt none -kernel inet_dist_use_interface {127,0,0,1}",
                        "ERL_EPMD_PORT", Integer.toString(mapper),
                        "ERL_EPMD_ADDRESS", "127.0.0.1"));
        return builder;
    }

    private void awaitUp() throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new AssertionError(
                        "RabbitMQ did not start:\n" + Files.readString(directory.resolve("rabbitmq-server.log")));
            }
            Thread.sleep(100);
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            return send("GET", "/api/overview", "").statusCode() == 200;
        } catch (IOException e) {
            return false; // not yet
        }
    }

    private HttpResponse<String> send(String method, String path, String json)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + path))
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString(
                                                        (ADMIN + ":" + ADMIN).getBytes(StandardCharsets.US_ASCII)))
                        .header("Content-Type", "application/json")
                        .timeout(Duration.ofSeconds(20))
                        .method(method, BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** {@code rabbitmq.properties} for a user of its own: the broker tells by users what it has handed to whom. */
    public Map<String, String> settings(String user) throws IOException, InterruptedException {
        send("PUT", "/api/users/" + user, "{\"password\":\"" + user + "\",\"tags\":\"administrator\"}");
        send("PUT", "/api/permissions/%2F/" + user, "{\"configure\":\".*\",\"write\":\".*\",\"read\":\".*\"}");
        return Map.of(
                "uri",
                "amqp://" + user + ":" + user + "@127.0.0.1:" + amqp,
                "management.uri",
                "http://127.0.0.1:" + management,
                "management.user",
                user,
                "management.password",
                user);
    }

    /** How many mails that user has in hand without an acknowledgement; asks until two looks agree, for the broker counts now and then. */
    public int inHandOf(String user) throws IOException, InterruptedException {
        int last = -1;
        for (int now = unacknowledged(user); now != last; now = unacknowledged(user)) {
            last = now;
            Thread.sleep(1000);
        }
        return last;
    }

    private int unacknowledged(String user) throws IOException, InterruptedException {
        int sum = 0;
        Matcher channels = CHANNEL.matcher(send("GET", "/api/channels?columns=messages_unacknowledged,user", "")
                .body());
        while (channels.find()) {
            sum += channels.group(2).equals(user) ? Integer.parseInt(channels.group(1)) : 0;
        }
        return sum;
    }

    /** Cuts every connection of that user, as the end of its process does. */
    public void disconnect(String user) throws IOException, InterruptedException {
        send("DELETE", "/api/connections/username/" + user, "");
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        process.onExit().completeOnTimeout(process, 30, TimeUnit.SECONDS).join();
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().onExit().join();
        }
        program("epmd").command("epmd", "-kill").start().onExit().join();
    }
}
