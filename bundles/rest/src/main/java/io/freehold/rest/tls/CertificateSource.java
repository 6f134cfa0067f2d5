package io.freehold.rest.tls;

import java.nio.file.Path;
import java.util.List;

/** Files that hold a certificate and its key. They may be replaced at any time. */
public sealed interface CertificateSource permits PemFiles, KeyStoreFile {
    /** The files to watch. */
    List<Path> files();

    /**
     * Reads what the files hold now.
     *
     * @throws io.freehold.api.FreeholdException with one line that says which file is wrong and what to do
     */
    Identity load();
}
