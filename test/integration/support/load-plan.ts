import { Random } from '../../local-org/data/random.ts';
import type { PlainRecord } from './rest-client.ts';

/** Records that the commits of a load share, so that they meet on them. */
export interface Ground {
  readonly accounts: readonly string[];
  readonly deals: readonly string[];
  readonly leads: readonly string[];
  readonly cases: readonly string[];
}

/** One POST of a load. */
export interface Post {
  readonly user: string;
  readonly operation: string;
  readonly body: PlainRecord;
}

const OPERATIONS = { update_field: 60, update_lead_status: 20, update_case: 20, add_note: 10, create_task: 30, create_case: 20 };
const UPDATES = { ...OPERATIONS, create_task: 0, create_case: 0 };
type Operation = keyof typeof OPERATIONS;
/** In turn so many commits are updates only: those may be interrupted later. */
const STRETCH = 100;

const FIELDS = ['NextStep', 'Description', 'Amount', 'CloseDate'] as const;
const LEAD_STATUSES = ['Open - Not Contacted', 'Working - Contacted', 'Closed - Not Converted'];
const CASE_PRIORITIES = ['High', 'Medium', 'Low'];
const TWINS = 0.1;
const REPEATS = 0.1;
const REUSED_IDS = 0.05;
const SHARED_IDS = 0.05;
const STALE_EXPECTATIONS = 0.03;
/** A repeat comes so many posts later than what it repeats. */
const LATER = 150;

/**
 * The posts of a load, in the order in which they are sent: `commits` different ones from the users in turn, of all operations,
 * and among them the same again at once or later, the same id for something else, and the same id by another user.
 */
export function loadPlan(seed: string, commits: number, users: readonly [string, string], ground: Ground): readonly Post[] {
  const random = new Random(seed);
  const posts: { at: number; post: Post }[] = [];
  const add = (at: number, post: Post): void => void posts.push({ at, post });
  for (let index = 0; index < commits; index++) {
    const user = random.pick(users);
    const post = newPost(random, user, uuid(random), index, ground);
    add(index, post);
    if (random.chance(TWINS)) add(index, post);
    if (random.chance(REPEATS)) add(index + LATER, post);
    if (random.chance(REUSED_IDS)) add(index + LATER, newPost(random, user, String(post.body['request_id']), index, ground));
    if (random.chance(SHARED_IDS)) add(index, { ...post, user: user === users[0] ? users[1] : users[0] });
  }
  return posts.sort((left, right) => left.at - right.at).map(({ post }) => post);
}

function newPost(random: Random, user: string, requestId: string, index: number, ground: Ground): Post {
  const operation: Operation = random.weighted(index % (2 * STRETCH) < STRETCH ? UPDATES : OPERATIONS);
  const body = {
    request_id: requestId,
    mode: 'commit',
    justification: `Agreed in the forecast call, item ${index}`,
    client: 'load',
    confirmation: 'console',
    ...INPUTS[operation](random, index, ground),
  };
  return { user, operation, body };
}

const INPUTS: Readonly<Record<Operation, (random: Random, index: number, ground: Ground) => PlainRecord>> = {
  update_field: (random, index, { deals }) => {
    const field = random.pick(FIELDS);
    const input = {
      object_type: 'Opportunity',
      object_id: random.pick(deals),
      field_name: field,
      new_value: valueOf(field, random, index),
    };
    return { input, ...(random.chance(STALE_EXPECTATIONS) ? { expected: { [field]: null } } : {}) };
  },
  update_lead_status: (random, _index, { leads }) => ({ input: { lead_id: random.pick(leads), status: random.pick(LEAD_STATUSES) } }),
  update_case: (random, index, { cases }) => ({
    input: {
      case_id: random.pick(cases),
      priority: random.pick(CASE_PRIORITIES),
      ...(random.chance(0.5) ? { comment: `Item ${index}: they called` } : {}),
    },
  }),
  add_note: (random, index, { deals }) => ({
    input: { object_type: 'Opportunity', object_id: random.pick(deals), body: `Item ${index}: they want to sign` },
  }),
  create_task: (random, index, { deals }) => ({
    input: { subject: `Call about item ${index}`, due_date: day(random), related_to_id: random.pick(deals) },
  }),
  create_case: (random, index, { accounts }) => ({
    input: { subject: `Item ${index}`, description: 'Line one\r\nLine two', priority: 'High', account_id: random.pick(accounts) },
  }),
};

function valueOf(field: (typeof FIELDS)[number], random: Random, index: number): string | number {
  switch (field) {
    case 'Amount':
      return random.int(1, 9_999_999) / 100;
    case 'CloseDate':
      return day(random);
    default:
      return `Item ${index}: call the buyer`;
  }
}

function day(random: Random): string {
  return `2027-${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`;
}

function uuid(random: Random): string {
  const hex = Array.from({ length: 32 }, () => random.int(0, 15).toString(16)).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
