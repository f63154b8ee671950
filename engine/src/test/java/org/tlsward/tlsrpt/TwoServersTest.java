/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;
class TwoServersTest {}
