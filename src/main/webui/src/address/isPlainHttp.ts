const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

/** Whether somebody between this browser and the service could read along. */
export function isPlainHttp({ protocol, hostname }: { protocol: string; hostname: string }): boolean {
  return protocol === 'http:' && !LOOPBACK.test(hostname);
}
