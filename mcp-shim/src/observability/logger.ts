import type { LogLevel } from '../config.ts';
import { redact, withoutSecrets } from './redact.ts';

export type LogFields = Record<string, unknown>;

export interface Logger {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  /** From now on this text is hidden wherever it would appear. */
  hide(secret: string): void;
  /** The text without any known secret, for what leaves the process by another way than the log. */
  withoutSecrets(this: void, text: string): string;
}

interface LoggerOptions {
  level: LogLevel;
  /** Takes one complete line. Default: stderr, written at once, because hosts end servers without notice. */
  write?: (line: string) => void;
  now?: () => Date;
  secrets?: readonly string[];
}

const severity: Record<LogLevel, number> = { debug: 10, info: 20, warn: 30, error: 40, silent: 100 };

/** One JSON object per line; stdout is never touched, since it belongs to JSON-RPC. */
export function createLogger(options: LoggerOptions): Logger {
  const write = options.write ?? ((line: string) => void process.stderr.write(line));
  const now = options.now ?? (() => new Date());
  const secrets = [...(options.secrets ?? [])];
  const log = (level: LogLevel, event: string, fields: LogFields = {}): void => {
    if (severity[level] < severity[options.level]) return;
    // Text by text: in the finished line, secrets with quotes are spelled otherwise, and what follows a token belongs to JSON.
    const clean = (_key: string, value: unknown): unknown => (typeof value === 'string' ? redact(value, secrets) : value);
    write(`${JSON.stringify({ time: now().toISOString(), level, event, ...fields }, clean)}\n`);
  };
  return {
    debug: (event, fields) => log('debug', event, fields),
    info: (event, fields) => log('info', event, fields),
    warn: (event, fields) => log('warn', event, fields),
    error: (event, fields) => log('error', event, fields),
    hide: (secret) => void secrets.push(secret),
    withoutSecrets: (text) => withoutSecrets(text, secrets),
  };
}
