import type { LocalOrg } from '../../org-types.ts';
import { COMPONENT_TYPES } from '../../metadata/component-types.ts';
import { isPartOfObject, OBJECT_PARTS } from '../../metadata/object-parts.ts';
import { NEWEST_VERSION } from '../rest/versions.ts';
import type { SoapValue } from '../soap/soap-envelope.ts';
import { ComponentIds } from './component-ids.ts';
import { DeployJobs } from './deploy-jobs.ts';
import { fileProperties, type FileProperties } from './file-properties.ts';
import { retrieve, type RetrieveJob, type RetrieveMember } from './retrieve.ts';

/** What the Metadata API keeps of one org: its jobs, and the ids of components. */
export class MetadataService {
  readonly ids = new ComponentIds();
  readonly deploys: DeployJobs;
  readonly #org: LocalOrg;
  readonly #retrieves = new Map<string, RetrieveJob>();

  constructor(org: LocalOrg) {
    this.#org = org;
    this.deploys = new DeployJobs(org, this.ids);
  }

  retrieve(members: readonly RetrieveMember[], version: string): RetrieveJob {
    const job = retrieve(members, version, this.#org, this.ids);
    this.#retrieves.set(job.id.slice(0, 15), job);
    return job;
  }

  retrieved(id: string): RetrieveJob | undefined {
    return this.#retrieves.get(id.slice(0, 15));
  }

  /** The components of a type. */
  list(type: string): FileProperties[] {
    const components = this.#org.metadata.components.filter((component) => component.type === type);
    return components.map((component) => fileProperties(component, component.file, this.#org, this.ids));
  }

  /** The types that can be deployed. @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_describe.htm */
  describe(): SoapValue {
    const types = Object.entries(COMPONENT_TYPES).filter(([, type]) => !isPartOfObject(type) && type !== 'ReportFolder');
    return {
      metadataObjects: types.map(([suffix, type]) => ({
        inFolder: type === 'Report',
        metaFile: type.startsWith('Apex'),
        suffix,
        xmlName: type,
        ...(type === 'CustomObject' ? { childXmlNames: Object.keys(OBJECT_PARTS) } : {}),
      })),
      organizationNamespace: '',
      partialSaveAllowed: false,
      testRequired: false,
      apiVersion: `${NEWEST_VERSION}.0`,
    };
  }
}
