import { Random } from '../../local-org/data/random.ts';
import type { LocalOrg } from '../../local-org/src/org-types.ts';
import type { Watch } from '../../local-org/src/transaction/races.ts';
import type { Post } from './load-plan.ts';
import type { RestClient } from './rest-client.ts';
import { writeInProcess } from './write-in-process.ts';
import type { Answer } from './write-in-process.ts';

/** A post and what it was answered. */
export interface Answered {
  readonly post: Post;
  readonly answer: Answer;
}

interface Load {
  readonly org: LocalOrg;
  /** By username. */
  readonly clients: ReadonlyMap<string, RestClient>;
  /** Records of which, now and then, somebody else holds the lock for a while. */
  readonly contested: readonly string[];
  readonly seed: string;
}

const CONNECTIONS = 20;
const EACH_RACE = 5;
const EACH_HOLD = 40;
const POSTS_OF_A_HOLD = 15;
/** Up to this point a creation has written nothing, so that a rival that meets no lock may commit; and an update. */
const LAST_POINT_OF_A_CREATION = 3;
const LAST_POINT_OF_AN_UPDATE = 6;

/**
 * Sends posts over so many connections at a time. On the way, requests are interrupted before one of their first queries, and the
 * twins of all that are under way run whole in their midst; and records are locked by somebody else for a while.
 */
export async function sendLoad(posts: readonly Post[], { org, clients, contested, seed }: Load): Promise<readonly Answered[]> {
  const random = new Random(`${seed}/contention`);
  const answered: Answered[] = [];
  const underWay = new Set<Post>();
  const twins = (): void => {
    for (const post of underWay) answered.push({ post, answer: writeInProcess(org, post.user, post.operation, post.body) });
  };
  let next = 0;
  let race: Watch | null = null;
  let release = (): void => undefined;
  const contend = (index: number): void => {
    if (index % EACH_RACE === 0 && (race === null || race.points.length > 0)) {
      const near = posts.slice(Math.max(0, index - CONNECTIONS), index + CONNECTIONS);
      const last = near.some((post) => post.operation.startsWith('create_')) ? LAST_POINT_OF_A_CREATION : LAST_POINT_OF_AN_UPDATE;
      race = org.interleave({ before: random.int(1, last), run: twins });
    }
    if (index % EACH_HOLD === 0) release = org.hold(random.pick(contested));
    if (index % EACH_HOLD === POSTS_OF_A_HOLD) release();
  };
  const connection = async (): Promise<void> => {
    for (let post = posts[next]; post !== undefined; post = posts[next]) {
      contend(next++);
      underWay.add(post);
      const client = clients.get(post.user);
      if (!client) throw new Error(`there is no client of ${post.user}`);
      const answer = await client.write(post.operation, post.body);
      underWay.delete(post);
      answered.push({ post, answer });
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  release();
  return answered;
}
