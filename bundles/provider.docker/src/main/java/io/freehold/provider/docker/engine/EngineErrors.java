package io.freehold.provider.docker.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.freehold.api.ErrorCode;
import io.freehold.api.provider.ProviderException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.security.cert.CertificateException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Turns whatever goes wrong between Freehold and an engine into what people are told, and what to do about it. */
final class EngineErrors {
    private static final int MAX_WORDS = 500;

    private EngineErrors() {}

    /** For an answer with an error status. */
    static EngineRefusal refused(int status, String said) {
        String words = said.length() > MAX_WORDS ? said.substring(0, MAX_WORDS) + "…" : said;
        String lower = said.toLowerCase(Locale.ROOT);
        ErrorCode code =
                switch (status) {
                    case 400 -> ErrorCode.INVALID;
                    case 401, 403 -> ErrorCode.DENIED;
                    case 404 -> ErrorCode.NOT_FOUND;
                    case 409 -> ErrorCode.CONFLICT;
                    case 503 -> ErrorCode.UNAVAILABLE;
                    default -> ErrorCode.INTERNAL;
                };
        String advice =
                switch (code) {
                    case NOT_FOUND -> "refresh the list and try again";
                    case CONFLICT -> "change the request, or wait, and try again";
                    case DENIED -> "check what the engine lets Freehold do";
                    case INVALID -> "change the value and try again";
                    default -> "look into the engine's own log";
                };
        if (lower.contains("port is already allocated") || lower.contains("address already in use")) {
            code = ErrorCode.CONFLICT;
            advice = "another program has that port: choose another one or stop it";
        } else if (lower.contains("is already in use by container")) {
            advice = "choose another name, or delete the container that has it";
        } else if (lower.contains("exec: ")
                && (lower.contains("executable file not found") || lower.contains("no such file or directory"))) {
            code = ErrorCode.INVALID;
            advice = "the command is not in the image: correct it";
        }
        return new EngineRefusal(code, "The Docker engine refuses: " + words + " (" + advice + ").", status, said);
    }

    /** For a connection that cannot be made, breaks, or carries nonsense. */
    static ProviderException unreachable(EngineAddress address, IOException e) {
        String where = address.url();
        if (e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException)) {
            return new ProviderException(
                    ErrorCode.TIMEOUT,
                    "The Docker engine at " + where
                            + " did not answer in time: check whether it is overloaded or stuck.",
                    e);
        }
        if (e instanceof ClosedByInterruptException) {
            return unavailable("The call to the Docker engine at " + where + " was interrupted; try again.", e);
        }
        if (e instanceof NonsenseException || e instanceof JsonProcessingException) {
            return unavailable(
                    "What answers at " + where + " does not speak as a Docker engine does: check the address.", e);
        }
        if (e instanceof SSLException) {
            return tls(where, e);
        }
        String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("permission denied")) {
            return new ProviderException(
                    ErrorCode.DENIED,
                    "Freehold may not use the socket " + where
                            + ": add the user that it runs as to the docker group and restart it.",
                    e);
        }
        if (text.contains("no such file")) {
            return unavailable("There is no socket at " + where + ": is Docker installed, and its engine running?", e);
        }
        if (e instanceof UnknownHostException) {
            return unavailable("The name in " + where + " is not known: check the address and the name servers.", e);
        }
        if (text.contains("refused") || e instanceof SocketTimeoutException) {
            return unavailable("No Docker engine answers at " + where + ": is it running, and the address right?", e);
        }
        return unavailable("The connection to the Docker engine at " + where + " broke: is it still running?", e);
    }

    private static ProviderException tls(String where, IOException e) {
        String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (hasCause(e, CertificateException.class)) {
            return new ProviderException(
                    ErrorCode.INVALID,
                    isOtherName(text) ? "url" : "caCertificate",
                    isOtherName(text)
                            ? "The certificate of " + where + " is for another name: use the name that is in it."
                            : "caCertificate does not vouch for the certificate of " + where
                                    + ": give the authority that signed it.",
                    e);
        }
        if (text.contains("certificate") || text.contains("handshake_failure") || text.contains("unknown_ca")) {
            return new ProviderException(
                    ErrorCode.DENIED,
                    "clientCertificate",
                    where + " refuses clientCertificate: give one that its own authority signed.",
                    e);
        }
        if (text.contains("unsupported or unrecognized")) {
            return new ProviderException(
                    ErrorCode.INVALID, where + " does not speak TLS: check the port, or the engine's setup.", e);
        }
        return unavailable("No protected connection to " + where + " can be made: check both sides' TLS setup.", e);
    }

    private static boolean isOtherName(String text) {
        return text.contains("subject alternative") || text.contains("no name matching");
    }

    private static boolean hasCause(Throwable thrown, Class<?> type) {
        @Nullable Throwable at = thrown;
        while (at != null && !type.isInstance(at)) {
            at = at.getCause();
        }
        return at != null;
    }

    private static ProviderException unavailable(String message, IOException e) {
        return new ProviderException(ErrorCode.UNAVAILABLE, message, e);
    }
}
