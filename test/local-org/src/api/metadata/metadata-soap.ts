import type { Context } from 'hono';
import { z } from 'zod';
import { NotSupported } from '../../errors.ts';
import type { LocalOrg } from '../../org-types.ts';
import { fromManifest } from '../../metadata/manifest-names.ts';
import type { RunningUser } from '../../transaction/types.ts';
import { answerSoap, type SoapCall } from '../soap/answer-soap.ts';
import { child, childrenNamed, SoapFault, textOf, type SoapElement, type SoapValue } from '../soap/soap-envelope.ts';
import { deployOptionsSchema, type DeployApiOptions } from './deploy-options.ts';
import { deployResult } from './deploy-jobs.ts';
import type { MetadataService } from './metadata-service.ts';

interface Call {
  readonly element: SoapElement;
  readonly user: RunningUser;
  readonly service: MetadataService;
}

/**
 * The operations of the Metadata API that the local org answers, under their names in the WSDL.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_calls_intro.htm
 */
export const METADATA_CALLS: Readonly<Record<string, (call: Call) => SoapValue>> = {
  deploy({ element, user, service }) {
    const zip = Buffer.from(textOf(element, 'ZipFile'), 'base64');
    const job = service.deploys.deploy(zip, deployOptions(element), user);
    return { done: false, id: job.id, state: 'Queued' };
  },
  checkDeployStatus({ element, service }) {
    const job = service.deploys.find(textOf(element, 'asyncProcessId'));
    if (!job) throw new SoapFault('INVALID_ID_FIELD', `invalid async process id: ${textOf(element, 'asyncProcessId')}`);
    return deployResult(job, textOf(element, 'includeDetails') === 'true', service.ids);
  },
  cancelDeploy({ element, service }) {
    const id = textOf(element, 'String') || textOf(element, 'id');
    if (!service.deploys.find(id)) throw new SoapFault('INVALID_ID_FIELD', `invalid async process id: ${id}`);
    throw new SoapFault('INVALID_OPERATION', 'Deployment already completed'); // every deploy has ended when its id is known
  },
  deployRecentValidation({ element, user, service }) {
    const job = service.deploys.quickDeploy(textOf(element, 'validationId'), user);
    if (!job) throw new SoapFault('INVALID_ID_FIELD', 'Validation Id is not valid for quick deployment.');
    return job.id;
  },
  retrieve({ element, service }) {
    const request = child(element, 'request') ?? child(element, 'retrieveRequest');
    const unpackaged = request && child(request, 'unpackaged');
    if (!request || !unpackaged) throw new NotSupported('a retrieve without unpackaged components');
    const members = childrenNamed(unpackaged, 'types').flatMap((types) =>
      childrenNamed(types, 'members').map(({ text }) => fromManifest({ type: textOf(types, 'name'), name: text.trim() })),
    );
    const job = service.retrieve(members, textOf(unpackaged, 'version') || textOf(request, 'apiVersion'));
    return { done: false, id: job.id, state: 'Queued' };
  },
  checkRetrieveStatus({ element, service }) {
    const id = textOf(element, 'asyncProcessId') || textOf(element, 'id');
    const job = service.retrieved(id);
    if (!job) throw new SoapFault('INVALID_ID_FIELD', `invalid async process id: ${id}`);
    return {
      done: true,
      fileProperties: job.properties.map((each) => ({ ...each })),
      id: job.id,
      messages: job.messages,
      status: 'Succeeded',
      success: true,
      zipFile: Buffer.from(job.zip).toString('base64'),
    };
  },
  listMetadata({ element, service }) {
    return childrenNamed(element, 'queries')
      .flatMap((query) => service.list(textOf(query, 'type')))
      .map((each) => ({ ...each }));
  },
  describeMetadata: ({ service }) => service.describe(),
};

/** `POST /services/Soap/m/NN.0` */
export function answerMetadataSoap(context: Context, org: LocalOrg, service: MetadataService): Promise<Response> {
  const operations = Object.fromEntries(
    Object.entries(METADATA_CALLS).map(([name, run]) => [
      name,
      ({ operation, user }: SoapCall) => ({ result: run({ element: operation, user, service }) }),
    ]),
  );
  return answerSoap(context, org, {
    name: 'Metadata API',
    namespace: 'http://soap.sforce.com/2006/04/metadata',
    needs: 'Deploying and retrieving needs the permission Modify All Data or Modify Metadata Through Metadata API Functions',
    operations,
  });
}

function deployOptions(element: SoapElement): DeployApiOptions {
  const given: Record<string, unknown> = {};
  for (const { name, text } of child(element, 'DeployOptions')?.children ?? []) {
    const value = text.trim();
    if (name === 'runTests') given[name] = [...((given[name] as string[] | undefined) ?? []), value];
    else given[name] = value === 'true' ? true : value === 'false' ? false : value;
  }
  const options = deployOptionsSchema.safeParse(given);
  if (!options.success) throw new SoapFault('INVALID_FIELD', z.prettifyError(options.error));
  return options.data;
}
