/** A record as REST returns it, without `attributes`. */
export type PlainRecord = Record<string, unknown>;

interface QueryAnswer {
  readonly records: PlainRecord[];
  readonly nextRecordsUrl?: string;
}

const VERSION = '/services/data/v67.0';

/** Somebody who works with the org past the shim, by plain REST: sets records up, changes them, and looks what became of them. */
export class RestClient {
  readonly #url: string;
  readonly #token: string;
  readonly #created: (object: string, id: string) => void;

  /** @param created is told of every record that `create` makes */
  constructor(url: string, token: string, created: (object: string, id: string) => void = () => undefined) {
    this.#url = url;
    this.#token = token;
    this.#created = created;
  }

  /** All rows, `attributes` left out at every depth. */
  async query(soql: string): Promise<PlainRecord[]> {
    const rows: PlainRecord[] = [];
    for (let next: string | undefined = `${VERSION}/query?q=${encodeURIComponent(soql)}`; next !== undefined;) {
      const page: QueryAnswer = (await this.#must('GET', next)) as QueryAnswer;
      rows.push(...page.records.map(withoutAttributes));
      next = page.nextRecordsUrl;
    }
    return rows;
  }

  /** @returns the new record's id */
  async create(object: string, fields: PlainRecord): Promise<string> {
    const { id } = (await this.#must('POST', `${VERSION}/sobjects/${object}`, fields)) as { id: string };
    this.#created(object, id);
    return id;
  }

  async update(object: string, id: string, fields: PlainRecord): Promise<void> {
    await this.#must('PATCH', `${VERSION}/sobjects/${object}/${id}`, fields);
  }

  async delete(object: string, id: string): Promise<void> {
    await this.#must('DELETE', `${VERSION}/sobjects/${object}/${id}`);
  }

  /** Deletes a record unless it is gone already. @returns what the org said where it refused */
  async remove(object: string, id: string): Promise<string | undefined> {
    const { status, body } = await this.#send('DELETE', `${VERSION}/sobjects/${object}/${id}`);
    return status < 300 || status === 404 ? undefined : `${object} ${id}: ${status} ${JSON.stringify(body)}`;
  }

  /** The Apex write service itself, for what the shim would never send. A text goes as it is. */
  async write(operation: string, body: unknown): Promise<{ status: number; body: unknown }> {
    return this.#send('POST', `/services/apexrest/revops/v1/writes/${operation}`, body);
  }

  /** What the write service tells: `status` or `objects/{name}`. */
  async read(path: string): Promise<{ status: number; body: unknown }> {
    return this.#send('GET', `/services/apexrest/revops/v1/${path}`);
  }

  /** Any other Apex REST resource, such as those of `fixtures/`. @throws unless it succeeds */
  async apex(method: string, path: string, body?: unknown): Promise<unknown> {
    return this.#must(method, `/services/apexrest${path}`, body);
  }

  async #must(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await this.#send(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${decodeURIComponent(path)}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async #send(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    const response = await fetch(this.#url + path, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : jsonOr(text) };
  }
}

/** A page in front of the org answers in HTML. */
function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function withoutAttributes(record: PlainRecord): PlainRecord {
  return Object.fromEntries(
    Object.entries(record)
      .filter(([key]) => key !== 'attributes')
      .map(([key, value]) => [key, typeof value === 'object' && value !== null ? withoutAttributes(value as PlainRecord) : value]),
  );
}
