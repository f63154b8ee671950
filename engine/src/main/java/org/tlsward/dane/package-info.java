/* SPDX-License-Identifier: Apache-2.0 */
/** DANE for SMTP: which TLSA records can be used, and whether a certificate chain matches them (RFC 6698, 7671, 7672). */
package org.tlsward.dane;
