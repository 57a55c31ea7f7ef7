import { uptimeText } from './uptimeText';

test.each([
  [null, 'not known for so long'],
  [1, '100 % online'],
  [0, '0 % online'],
  [0.5, '50 % online'],
  [0.99999, '99.9 % online'],
  [0.00001, '0.1 % online'],
])('a part of %s is told as "%s"', (part, text) => expect(uptimeText(part)).toBe(text));
