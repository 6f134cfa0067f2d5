package io.freehold.rest.tls;

import io.freehold.api.FreeholdException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the files of a certificate, and takes a new one into use once they have stayed the same for a
 * moment. Connections that are open go on; a new certificate that is not good leaves the one before in force.
 */
final class CertificateWatch extends AbstractLifeCycle implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);
    private static final long PERIOD_MILLIS = 1000;

    private final Connector connector;
    private final CertificateSource source;
    private final SslContextFactory.Server tls;
    private volatile Identity identity;
    private List<String> taken;
    private List<String> seen;
    private String complaint = "";

    /**
     * @param identity what was loaded from the source, and is in force
     */
    CertificateWatch(Connector connector, CertificateSource source, SslContextFactory.Server tls, Identity identity) {
        this.connector = connector;
        this.source = source;
        this.tls = tls;
        this.identity = identity;
        taken = stamps();
        seen = taken;
    }

    Identity identity() {
        return identity;
    }

    @Override
    protected void doStart() {
        LOG.info("The certificate for TLS has the SHA-256 fingerprint {}", identity.fingerprint());
        if (identity.until().isBefore(Instant.now())) {
            LOG.warn("The certificate for TLS expired at {}: replace {}", identity.until(), source.files());
        }
        schedule();
    }

    private void schedule() {
        connector.getScheduler().schedule(this, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void run() {
        if (!isRunning()) {
            return;
        }
        List<String> now = stamps();
        if (!now.equals(taken) && now.equals(seen)) {
            replace(now);
        }
        seen = now;
        schedule();
    }

    /** What is refused is tried again and again: a mode that is wrong is put right without another stamp. */
    private void replace(List<String> stamps) {
        try {
            Identity next = source.load();
            tls.reload(factory -> factory.setKeyStore(next.keyStore()));
            identity = next;
            taken = stamps;
            complaint = "";
            LOG.info("Took a new certificate for TLS, with the SHA-256 fingerprint {}", next.fingerprint());
        } catch (FreeholdException e) {
            if (isNew(stamps + " " + e.getMessage())) {
                LOG.error("The new certificate for TLS is not used, and the one before stays: {}", e.getMessage());
            }
        } catch (Exception e) {
            if (isNew(stamps + " " + e)) {
                LOG.error("The new certificate for TLS could not be taken into use: restart Freehold", e);
            }
        }
    }

    /** Whether that was not said the last time. */
    private boolean isNew(String words) {
        boolean other = !words.equals(complaint);
        complaint = words;
        return other;
    }

    /** What tells one state of the files from another. */
    private List<String> stamps() {
        return source.files().stream().map(CertificateWatch::stamp).toList();
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return now.fileKey() + " " + now.size() + " " + now.lastModifiedTime();
        } catch (IOException e) {
            // Gone, perhaps for the moment in which it is replaced.
            return "-";
        }
    }
}
