package io.freehold.rest.http;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The cookies of a session: no script reads them, no other site sends them, and over TLS no other host sets them.
 * They end with the browser.
 */
public final class Cookies {
    private static final String REFRESH_PATH = "/api/v1/auth/refresh";
    private static final String FLAGS = "; HttpOnly; SameSite=Strict";

    private Cookies() {}

    private static String accessName(boolean secure) {
        return secure ? "__Host-freehold" : "freehold";
    }

    private static String refreshName(boolean secure) {
        return secure ? "__Secure-freehold-refresh" : "freehold-refresh";
    }

    /** The access token of the {@code Cookie} headers. */
    static Optional<Secret> access(List<String> headers, boolean secure) {
        return find(headers, accessName(secure));
    }

    /** The refresh token of the {@code Cookie} headers. */
    public static Optional<Secret> refresh(List<String> headers, boolean secure) {
        return find(headers, refreshName(secure));
    }

    /** {@code Set-Cookie} headers that begin a session. */
    public static List<String> set(Secret access, Secret refresh, boolean secure) {
        return List.of(
                accessName(secure) + "=" + access.reveal() + "; Path=/" + flags(secure),
                refreshName(secure) + "=" + refresh.reveal() + "; Path=" + REFRESH_PATH + flags(secure));
    }

    /** {@code Set-Cookie} headers that end one. */
    public static List<String> clear(boolean secure) {
        return List.of(
                accessName(secure) + "=; Path=/; Max-Age=0" + flags(secure),
                refreshName(secure) + "=; Path=" + REFRESH_PATH + "; Max-Age=0" + flags(secure));
    }

    private static String flags(boolean secure) {
        return secure ? "; Secure" + FLAGS : FLAGS;
    }

    /** Of two cookies of one name, one was planted by somebody else: neither counts. */
    private static Optional<Secret> find(List<String> headers, String name) {
        List<String> found = new ArrayList<>();
        for (String header : headers) {
            for (String pair : header.split(";", -1)) {
                String stripped = pair.strip();
                if (stripped.startsWith(name + "=")) {
                    found.add(stripped.substring(name.length() + 1));
                }
            }
        }
        if (found.size() > 1) {
            throw new FreeholdException(ErrorCode.UNAUTHENTICATED, "There are two cookies of one name: delete both.");
        }
        return found.stream().filter(value -> !value.isEmpty()).findFirst().map(Secret::of);
    }
}
