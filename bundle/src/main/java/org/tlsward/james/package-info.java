/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The wiring of the bundle. It continues the package of the module james-common, because administrators write the name
 * {@code org.tlsward.james.TlsWardModule} into extensions.properties and it must outlive the layout of our modules.
 */
package org.tlsward.james;
