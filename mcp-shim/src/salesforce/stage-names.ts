import type { Stage } from './org-facts.ts';

/** The stages that a name means: a label or an API name, without regard to case. */
export function matchingStages<Named extends Pick<Stage, 'label' | 'apiName'>>(name: string, stages: readonly Named[]): readonly Named[] {
  const wanted = name.toLowerCase();
  return stages.filter(({ label, apiName }) => label.toLowerCase() === wanted || apiName.toLowerCase() === wanted);
}

/** `Active stages: Prospecting, Commit.` */
export function activeStages(stages: readonly Pick<Stage, 'label'>[]): string {
  const known = stages.map(({ label }) => label).join(', ');
  return `Active stages: ${known === '' ? '(none is visible)' : known}.`;
}
