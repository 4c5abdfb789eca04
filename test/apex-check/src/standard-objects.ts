import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { jarFolder, runJava } from './java.ts';

/** An object as queries need it: the names that it has. Keys are in lower case. */
export interface QueryObject {
  readonly name: string;
  readonly fields: ReadonlySet<string>;
  /** Parent relationship → object; `sobject` where any object may be meant. */
  readonly parents: ReadonlyMap<string, string>;
  /** Child relationship → object. */
  readonly children: ReadonlyMap<string, string>;
}

/** Every standard object by lower-case name, read out of the analyzer's own jar once for each version of it. */
export async function standardObjects(): Promise<Map<string, QueryObject>> {
  const jar = readdirSync(jarFolder()).find((name) => /^sobject-types-.*\.jar$/.test(name));
  if (!jar) throw new Error(`No sobject-types jar in ${jarFolder()}: the analyzer package has changed its contents.`);
  const cache = join(import.meta.dirname, '../../../node_modules/.cache/apex-check', jar.replace('.jar', '.tsv'));
  if (!existsSync(cache)) {
    const run = await runJava([join(import.meta.dirname, 'ExtractSObjects.java'), join(jarFolder(), jar)]);
    if (run.status !== 0) throw new Error(`Reading ${jar} failed (it needs a JDK, not only a Java runtime): ${run.stderr}`);
    mkdirSync(dirname(cache), { recursive: true });
    writeFileSync(cache, run.stdout);
  }
  const objects = readFileSync(cache, 'utf8').trim().split('\n').map(parse);
  return new Map(objects.map((object) => [object.name.toLowerCase(), object]));
}

function parse(line: string): QueryObject {
  const [name = '', fields = '', parents = '', children = ''] = line.split('\t');
  return { name, fields: new Set(names(fields)), parents: pairs(parents), children: pairs(children) };
}

function names(list: string): string[] {
  return list === '' ? [] : list.toLowerCase().split(',');
}

function pairs(list: string): Map<string, string> {
  return new Map(
    names(list).map((pair) => {
      const [relationship = '', object = ''] = pair.split(':');
      return [relationship, object];
    }),
  );
}
