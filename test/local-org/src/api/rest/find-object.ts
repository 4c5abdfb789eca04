import { NotSupported } from '../../errors.ts';
import type { LocalOrg } from '../../org-types.ts';
import type { ObjectDef } from '../../schema/types.ts';
import { pathParameter, type RestRequest } from './operation.ts';
import { notFound } from './rest-error.ts';
import { schemaFor } from './visible-objects.ts';

/** The object that the URL names; 404 where the platform has none, or none that the user may read. */
export function findObject(request: RestRequest, org: LocalOrg): ObjectDef {
  const name = pathParameter(request, 'object');
  const found = schemaFor(request.user, org).object(name);
  if (found.kind === 'unsupported') throw new NotSupported(`the object ${name}`);
  if (found.kind === 'unknown') throw notFound();
  return found.def;
}
