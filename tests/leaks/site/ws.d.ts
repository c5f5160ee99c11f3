/** The part of `ws` (Strapi brings it) that the tests use. */
declare module 'ws' {
  class WebSocket {
    constructor(url: string, options?: { headers?: Record<string, string> });
    on(event: 'open' | 'close', listener: () => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
    on(event: 'message', listener: (data: Buffer) => void): this;
    send(text: string): void;
    close(): void;
    terminate(): void;
    readonly readyState: number;
  }
  export default WebSocket;
}
