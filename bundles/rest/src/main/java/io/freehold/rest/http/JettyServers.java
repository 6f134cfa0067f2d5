package io.freehold.rest.http;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty servers with our limits: a bounded pool, small heads, no word about what serves. */
public final class JettyServers {
    private static final int MIN_THREADS = 4;
    private static final int MAX_HEAD_BYTES = 16 * 1024;
    private static final long HEAD_MILLIS = TimeUnit.SECONDS.toMillis(20);
    private static final long READER_MILLIS = TimeUnit.SECONDS.toMillis(20);
    private static final long IDLE_MILLIS = TimeUnit.SECONDS.toMillis(30);

    private JettyServers() {}

    /** A server that answers errors with problems. */
    public static Server create(String name, int maxThreads, Problems problems) {
        QueuedThreadPool threads = new QueuedThreadPool(maxThreads, MIN_THREADS);
        threads.setName(name);
        threads.setDaemon(true);
        Server server = new Server(threads);
        server.setErrorHandler(new ProblemErrorHandler(problems));
        server.setStopTimeout(0);
        return server;
    }

    /** Lets the server listen at an address; the socket is opened when the server starts. */
    public static ServerConnector listen(Server server, String host, int port) {
        return listen(server, host, port, http());
    }

    /** The same with protocols of its own, the outermost first. */
    public static ServerConnector listen(Server server, String host, int port, ConnectionFactory... protocols) {
        ServerConnector connector = SlowReaders.connector(server, protocols);
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.setAcceptQueueSize(1024);
        server.addConnector(connector);
        connector.addBean(new SlowHeads(connector, HEAD_MILLIS));
        connector.addBean(new SlowReaders(connector, READER_MILLIS));
        return connector;
    }

    /** The address as people write it. */
    public static String address(String scheme, String host, int port) {
        return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** HTTP/1.1 as we speak it. */
    public static HttpConnectionFactory http() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        // Lines that end in a bare line feed, or are folded: proxies in front may read them in another way.
        http.setHttpCompliance(HttpCompliance.STRICT);
        http.setRequestHeaderSize(MAX_HEAD_BYTES);
        http.setResponseHeaderSize(MAX_HEAD_BYTES);
        // Looking a long header such as a token up takes longer than reading it again.
        http.setHeaderCacheSize(0);
        return new HttpConnectionFactory(http);
    }

    /** Says 404 to everything. */
    public static Handler nothingHere(Problems problems) {
        return new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                problems.write(request, response, callback, Problem.of(404, "NOT_FOUND", "There is nothing here."));
                return true;
            }
        };
    }
}
