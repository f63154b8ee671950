/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Mail through whole servers, from SMTP senders to a sink that speaks STARTTLS: how many a second, at which cost of CPU and memory, and
 * whether all arrive. {@link org.tlsward.benchmarks.relay.RelayBenchmark} is the program, {@code make bench} runs it.
 */
package org.tlsward.benchmarks.relay;
