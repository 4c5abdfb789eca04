/** API versions that the local org answers, oldest and newest. Versions 21 to 30 are retired on the platform. */
const OLDEST = 31;
export const NEWEST_VERSION = 67;
const OLDEST_RETIRED = 20;

const SEASONS = ['Winter', 'Spring', 'Summer'];

/**
 * `GET /services/data`, the one resource that needs no token.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_versions.htm
 */
export function versionList(): { label: string; url: string; version: string }[] {
  const list = [];
  for (let version = OLDEST; version <= NEWEST_VERSION; version += 1) {
    // 31.0 was Summer '14; three versions a year, and the winter release carries the next year's name.
    const season = (version - OLDEST + 2) % 3;
    const year = 14 + Math.floor((version - OLDEST + 2) / 3);
    list.push({ label: `${SEASONS[season]} '${year}`, url: `/services/data/v${version}.0`, version: `${version}.0` });
  }
  return list;
}

export function versionState(segment: string): 'served' | 'retired' | 'unknown' {
  const match = /^v(\d{2})\.0$/.exec(segment);
  if (!match) return 'unknown';
  const number = Number(match[1]);
  if (number >= OLDEST && number <= NEWEST_VERSION) return 'served';
  return number >= OLDEST_RETIRED && number < OLDEST ? 'retired' : 'unknown';
}
