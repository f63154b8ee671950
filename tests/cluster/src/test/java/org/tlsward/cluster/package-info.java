/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Two nodes with a real RabbitMQ between them: {@link org.tlsward.cluster.Broker} is the broker, {@link org.tlsward.cluster.RabbitQueues}
 * James' own queue on it with a directory in the place of Cassandra and S3, {@link org.tlsward.cluster.ClusterNode} a stock James on both.
 */
package org.tlsward.cluster;
