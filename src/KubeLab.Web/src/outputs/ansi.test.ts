import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { overwritten, withoutAnsi } from './ansi.ts';

test('colours of terminals are taken off', () => assert.equal(withoutAnsi('\x1b[31mred\x1b[0m'), 'red'));

test('a progress meter shows its last state', () => assert.equal(overwritten('10 %\r50 %\r100 %\ndone\r\n'), '100 %\ndone\n'));
