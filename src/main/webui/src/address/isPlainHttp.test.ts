import { isPlainHttp } from './isPlainHttp';

test.each(['http://192.168.1.5:8080', 'http://machines.lan', 'http://localhost.example.org', 'http://127.example.org', 'http://[fe80::1]'])(
  'what goes to %s can be read on the way',
  (address) => expect(isPlainHttp(new URL(address))).toBe(true),
);

test.each(['http://localhost:8080', 'http://127.0.0.1', 'http://[::1]:8080', 'http://app.localhost', 'https://machines.example.org'])(
  'what goes to %s cannot',
  (address) => expect(isPlainHttp(new URL(address))).toBe(false),
);
