/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

/** Routes that belong together. */
interface RouteGroup {
    void define(GuardedRoutes routes);
}
