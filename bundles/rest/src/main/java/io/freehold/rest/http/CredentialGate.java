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
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Lets in who shows a bearer token or, to open a WebSocket, a ticket. Credentials in a URL are never looked at. */
public final class CredentialGate implements Gate {
    private static final String SCHEME = "Bearer ";

    private final Authenticator authenticator;

    public CredentialGate(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    @Override
    public Caller pass(Request request, Origin origin) {
        return authenticator.authenticate(credential(request), origin);
    }

    private static Credential credential(Request request) {
        List<String> given = request.getHeaders().getValuesList(HttpHeader.AUTHORIZATION);
        if (given.isEmpty()) {
            Optional<String> ticket = WebSockets.ticket(request);
            if (ticket.isPresent()) {
                return new Credential.Ticket(
                        Secret.of(ticket.get()), request.getHttpURI().getPath());
            }
            throw refused("This takes a bearer token: sign in first.");
        }
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
