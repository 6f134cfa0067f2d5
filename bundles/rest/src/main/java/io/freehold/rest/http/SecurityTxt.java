package io.freehold.rest.http;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** {@code /.well-known/security.txt} (RFC 9116): whom to tell of a weakness of this installation. */
public final class SecurityTxt extends PathHandler {
    private static final String PATH = "/.well-known/security.txt";
    /** It may not be older than a year, and is made anew at each request. */
    private static final Duration VALID = Duration.ofDays(180);

    private final @Nullable String contact;
    private final @Nullable URI publicUrl;
    private final Clock clock;

    /**
     * @param contact a {@code mailto:} or {@code https:} address; null for the site itself
     * @param publicUrl where browsers find us, if that is known
     */
    public SecurityTxt(Problems problems, @Nullable String contact, @Nullable URI publicUrl, Clock clock) {
        super(problems, List.of(new Route(Route.Kind.HANDLER, "GET", PATH, true, null, null)));
        this.contact = contact;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    @Override
    protected void answer(Request request, Response response, Callback callback) {
        String site = publicUrl != null
                ? publicUrl.resolve("/").toString()
                : "https://" + request.getHttpURI().getAuthority() + "/";
        String text = "Contact: " + (contact == null ? site : contact) + "\n"
                + "Expires: " + clock.instant().plus(VALID).truncatedTo(ChronoUnit.DAYS) + "\n"
                + "Preferred-Languages: en\n"
                + (publicUrl == null ? "" : "Canonical: " + publicUrl.resolve(PATH) + "\n");
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.setStatus(200);
        response.write(true, "HEAD".equals(request.getMethod()) ? null : ByteBuffer.wrap(body), callback);
    }
}
