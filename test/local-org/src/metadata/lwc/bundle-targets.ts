import type { OtherComponent } from '../package.ts';
import { child, childrenNamed, flagOf } from '../xml-element.ts';

/** Where a component bundle may be used: its targets, none while it is not exposed. */
export function bundleTargets({ element }: OtherComponent): ReadonlySet<string> {
  if (!flagOf(element, 'isExposed')) return new Set();
  const targets = child(element, 'targets');
  return new Set(targets ? childrenNamed(targets, 'target').map(({ text }) => text.trim()) : []);
}

/** The properties that a page of this target may set. */
export function bundleProperties({ element }: OtherComponent, target: string): ReadonlySet<string> {
  const configs = childrenNamed(element, 'targetConfigs').flatMap((each) => childrenNamed(each, 'targetConfig'));
  const own = configs.filter(({ attributes }) => (attributes['targets'] ?? '').split(',').some((each) => each.trim() === target));
  return new Set(own.flatMap((config) => childrenNamed(config, 'property').map(({ attributes }) => attributes['name'] ?? '')));
}
