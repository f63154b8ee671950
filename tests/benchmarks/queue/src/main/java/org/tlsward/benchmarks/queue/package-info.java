/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What a mail costs in a durable queue.
 *
 * <p>{@link org.tlsward.benchmarks.queue.StoreBenchmark} compares embedded stores, {@link
 * org.tlsward.benchmarks.queue.QueueBenchmark} whole queues of James. Both take turns, so that a noisy machine is noisy for
 * all, and print CPU time beside the rate: the rate is the disk's, the CPU time is ours.
 */
package org.tlsward.benchmarks.queue;
