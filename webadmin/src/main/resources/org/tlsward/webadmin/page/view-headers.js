/* SPDX-License-Identifier: Apache-2.0 */
// Over which TLS each hop says that a mail came, and what of that is proof.
import { order } from './api.js';
import { lookUp } from './forms.js';
import { block } from './parts.js';
import { report } from './report.js';
import { say } from './words.js';

export function headersView() {
  return block(say('headers.form'), lookUp([
    { name: 'headers', label: say('headers.label'), kind: 'area', rows: 10, required: true, hint: say('headers.hint') },
  ], say('headers.do'), ({ headers }) => order('headers', { headers }), report));
}
