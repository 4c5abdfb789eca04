import type { Problem } from '../errors.ts';
import { unsupported } from './check-elements.ts';
import type { OtherComponent } from './package.ts';
import { child, childrenNamed, textOf } from './xml-element.ts';

const EVERYBODY = 'AllInternalUsers';

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_folder.htm */
export function validateReportFolder({ name, element, at }: OtherComponent): Problem[] {
  const legacy = ['sharedTo', 'publicFolderAccess'].flatMap((each) => childrenNamed(element, each));
  const problems: Problem[] = legacy.map((each) => unsupported(`ReportFolder.${each.name}`, each));
  const own = name.split('/').at(-1) ?? name;
  if (!/^[A-Za-z](?:[A-Za-z0-9]|_(?!_|$))*$/.test(own)) problems.push({ message: `The name ${own} is not that of a folder`, location: at });
  for (const share of childrenNamed(element, 'folderShares')) {
    const type = textOf(share, 'sharedToType');
    const sharedTo = textOf(share, 'sharedTo');
    if (type !== 'Group' || sharedTo !== EVERYBODY) {
      problems.push(unsupported(`a folder that is shared with ${type ?? ''} ${sharedTo ?? ''}`, child(share, 'sharedTo') ?? share));
    }
  }
  return problems;
}
