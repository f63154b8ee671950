/* SPDX-License-Identifier: Apache-2.0 */
// What stands between us and a domain, on the way of a real delivery with DATA cut off.
import { order } from './api.js';
import { lookUp } from './forms.js';
import { block } from './parts.js';
import { report } from './report.js';
import { say } from './words.js';

export function checkView() {
  return block(say('check.form'), lookUp([
    { name: 'domain', label: say('check.domain'), required: true, hint: say('check.domain.hint') },
    { name: 'sender', label: say('check.sender') },
  ], say('check.do'), ({ domain, sender }) => order('check', sender ? { domain, sender } : { domain }), report,
  { wait: say('check.wait') }));
}
