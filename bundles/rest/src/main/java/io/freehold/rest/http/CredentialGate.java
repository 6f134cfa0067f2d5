package io.freehold.rest.http;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.security.Authenticator;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Credential;
import io.freehold.api.security.Origin;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Lets in who shows a bearer token, a cookie or, to open a WebSocket, a ticket. A bearer token goes before a ticket,
 * and a ticket before a cookie; the ones behind are not looked at. What comes by cookie may be sent by a page of
 * somebody else: a write has to show the session's CSRF token, a WebSocket our own origin. Credentials in a URL are
 * never looked at.
 */
public final class CredentialGate implements Gate {
    private static final String SCHEME = "Bearer ";
    private static final String CSRF_HEADER = "X-CSRF-Token";
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    private static final String AUTH = Api.BASE + "auth/";
    /** What is left to who must choose a new password or set up a second factor first. */
    private static final Pattern OWN_ACCOUNT =
            Pattern.compile("me|password|logout|csrf|totp|sessions(?:/[0-9a-fA-F-]{36})?");

    private final Authenticator authenticator;
    private final HostCheck hosts;

    public CredentialGate(Authenticator authenticator, HostCheck hosts) {
        this.authenticator = authenticator;
        this.hosts = hosts;
    }

    @Override
    public Caller pass(Request request, Origin origin) {
        Caller caller = authenticate(request, origin);
        if (!isOwnAccount(request.getHttpURI().getPath())) {
            authenticator.requireReady(caller);
        }
        return caller;
    }

    /** Most paths are told apart without the pattern, which would cost each call. */
    private static boolean isOwnAccount(String path) {
        return path.startsWith(AUTH)
                && OWN_ACCOUNT.matcher(path.substring(AUTH.length())).matches();
    }

    private Caller authenticate(Request request, Origin origin) {
        List<String> given = request.getHeaders().getValuesList(HttpHeader.AUTHORIZATION);
        if (!given.isEmpty()) {
            return authenticator.authenticate(bearer(given), origin);
        }
        Optional<String> ticket = WebSockets.ticket(request);
        if (ticket.isPresent()) {
            return authenticator.authenticate(
                    new Credential.Ticket(
                            Secret.of(ticket.get()), request.getHttpURI().getPath()),
                    origin);
        }
        Secret token = Cookies.access(request.getHeaders().getValuesList(HttpHeader.COOKIE), request.isSecure())
                .orElseThrow(() -> refused("This takes a bearer token: sign in first."));
        Caller caller = authenticator.authenticate(new Credential.Bearer(token), origin);
        requireOurPage(request, caller);
        return caller;
    }

    /** The cookie that refreshes goes along by itself, before there is a CSRF token. */
    @Override
    public void open(Request request) {
        if (!READS.contains(request.getMethod()) && request.getHeaders().contains(HttpHeader.COOKIE)) {
            requireOurOrigin(request);
        }
    }

    private void requireOurPage(Request request, Caller caller) {
        if (WebSockets.asked(request) && request.getHeaders().get("Origin") == null) {
            throw new FreeholdException(
                    ErrorCode.DENIED, "WRONG_ORIGIN", "A WebSocket that is opened by cookie takes an Origin.");
        }
        requireOurOrigin(request);
        if (READS.contains(request.getMethod())) {
            return;
        }
        String shown = request.getHeaders().get(CSRF_HEADER);
        // Secrets are compared without telling where they differ.
        if (shown == null || !Secret.of(shown).equals(authenticator.csrfToken(caller))) {
            throw new FreeholdException(
                    ErrorCode.DENIED,
                    "CSRF",
                    "A write by cookie takes the header X-CSRF-Token with what GET /api/v1/auth/csrf answers.");
        }
    }

    private void requireOurOrigin(Request request) {
        if (!hosts.sameOrigin(request)) {
            throw new FreeholdException(ErrorCode.DENIED, "WRONG_ORIGIN", "A page of another origin may not do that.");
        }
    }

    static Credential bearer(List<String> given) {
        String header = given.get(0);
        if (given.size() > 1 || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw refused("The Authorization header must hold one bearer token.");
        }
        return new Credential.Bearer(Secret.of(header.substring(SCHEME.length()).strip()));
    }

    private static FreeholdException refused(String message) {
        return new FreeholdException(ErrorCode.UNAUTHENTICATED, message);
    }
}
