/* SPDX-License-Identifier: Apache-2.0 */
/**
 * {@code tlsward.xml}: from a tree of keys to one immutable {@link org.tlsward.config.WardConfiguration}, or to a list of everything that
 * is wrong with it. Used by the server and the command line alike.
 *
 * <ol>
 *   <li>{@link org.tlsward.config.WardConfigurationReader} takes a file, or the tree that James makes of one. The tree comes from Commons
 *       Configuration, the line of each element from a second pass.
 *   <li>{@code Vocabulary} says which elements and attributes there are; {@code TreeReader} refuses all others and makes an
 *       {@code Element} of each. {@code EnvironmentReferences} puts in secrets, and nothing else.
 *   <li>{@code ClassesReader}, {@code LdapReader}, {@code DestinationsReader} and {@code ServicesReader} read the values, each written in
 *       a {@code Syntax}. What is wrong goes to {@code Problems}, and reading goes on, so that one look at the message is enough.
 *   <li>A {@code Demand} is a level with its conditions; a {@link org.tlsward.config.Profile} is the floor under it.
 *   <li>{@link org.tlsward.config.LiveWard} keeps the configuration and its classes as one unit, and follows the file.
 * </ol>
 *
 * <p>A key is added in {@code Vocabulary}, in its reader and in {@code conf/tlsward.xml}; a test holds the three together.
 */
package org.tlsward.config;
