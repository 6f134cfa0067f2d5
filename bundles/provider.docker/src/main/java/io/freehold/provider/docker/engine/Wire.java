package io.freehold.provider.docker.engine;

import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;

/** One connection to an engine. Closing it from any thread ends what waits on it at once. */
interface Wire extends Closeable {
    /** How many bytes are read ahead: little, because every open console holds a wire. Larger reads go past it. */
    int BUFFER = 4 * 1024;

    InputStream in();

    OutputStream out();

    /** Whether the other side still holds an idle connection; asked before it is used again. */
    boolean isAlive();

    /** Closes without an exception: there is nobody whom it would help. */
    @Override
    void close();
}
