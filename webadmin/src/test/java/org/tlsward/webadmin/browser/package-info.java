/* SPDX-License-Identifier: Apache-2.0 */
/** The operator's page in a real browser, for the tests of this module and those with a real James. */
package org.tlsward.webadmin.browser;
