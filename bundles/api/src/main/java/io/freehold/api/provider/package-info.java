/**
 * The provider SPI: what a plugin implements to teach Freehold a kind of hosting.
 *
 * <p>A {@link io.freehold.api.provider.Provider} is one service of the plugin's bundle. It opens a
 * {@link io.freehold.api.provider.Backend} for each connection that an administrator configured, after Freehold has
 * checked the configuration against the provider's form. A backend lists what is there, and implements one small
 * interface for each thing that can be done with it: {@link io.freehold.api.provider.Provisioning},
 * {@link io.freehold.api.provider.PowerControl}, {@link io.freehold.api.provider.PauseControl},
 * {@link io.freehold.api.provider.LogAccess}, {@link io.freehold.api.provider.ConsoleAccess},
 * {@link io.freehold.api.provider.Metrics}, {@link io.freehold.api.provider.Watch}. What it does not implement is not
 * offered to anybody.
 *
 * <p><b>Threads.</b> Write straight-line, blocking code. Freehold calls from its own threads, several at a time for
 * one backend, and never two exclusive actions at a time for one instance; only
 * {@link io.freehold.api.provider.PowerControl#kill} may come between. Calls may be interrupted when their time is over.
 *
 * <p><b>Errors.</b> Throw {@link io.freehold.api.provider.ProviderException} with the code that fits and a message that
 * tells people what to do. Any other exception is answered as an internal error.
 *
 * <p><b>Life.</b> When the bundle stops, Freehold closes its backends; their instances stay readable and are marked
 * stale until the provider is back. A backend that was closed calls nobody and leaves no thread behind.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.freehold.api.provider;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
