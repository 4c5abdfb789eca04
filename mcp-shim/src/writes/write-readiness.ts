import { ContractError } from '../errors.ts';
import { describeRequest } from '../salesforce/api-request.ts';
import type { ApiRequest } from '../salesforce/api-request.ts';
import type { SalesforceGateway } from '../salesforce/gateway.ts';
import { auditField } from './audit-object.ts';
import type { WriteClient } from './write-client.ts';
import type { ServiceStatus } from './write-outcome.ts';

/** The version of the service's requests and answers that this server speaks. */
const apiVersion = 'v1';

const remedy =
  'Deploy force-app (or install the package), assign the permission set RevOps_MCP_User, and set SFDC_AUDIT_OBJECT with the namespace, if there is one.';

interface WriteReadinessOptions {
  gateway: SalesforceGateway;
  client: WriteClient;
  auditObject: string;
}

/** What every write rests on: an audit object that can be seen, and a service that fits. Looked at once; only success is kept. */
export class WriteReadiness {
  readonly #options: WriteReadinessOptions;
  readonly #passed = new Set<'audit' | 'service'>();

  constructor(options: WriteReadinessOptions) {
    this.#options = options;
  }

  /** Passes once both checks have passed. @throws ContractError with the remedy */
  async ensure(signal: AbortSignal): Promise<void> {
    if (!this.#passed.has('audit')) await this.checkAuditObject(signal);
    if (!this.#passed.has('service')) await this.checkService(signal);
  }

  /** What `ensure` would send now. */
  plan(): ApiRequest[] {
    const { gateway, client, auditObject } = this.#options;
    return [
      ...(this.#passed.has('audit') || gateway.peekDescribe(auditObject) ? [] : [describeRequest(gateway.apiVersion, auditObject)]),
      ...(this.#passed.has('service') ? [] : [client.statusRequest()]),
    ];
  }

  /** @throws ContractError where the user sees no audit object, or not whether a row stands for a failed attempt */
  async checkAuditObject(signal: AbortSignal): Promise<void> {
    const { gateway, auditObject } = this.#options;
    const failedField = auditField(auditObject, 'Failed__c');
    const { fields } = await gateway.describe(auditObject, signal).catch((error: unknown) => {
      if (!(error instanceof ContractError && error.code === 'NOT_FOUND')) throw error;
      throw new ContractError(
        'NOT_FOUND',
        `${auditObject} does not exist or is not visible to you: writes cannot be audited, so they will be refused. ${remedy}`,
        { cause: 'AUDIT_OBJECT_NOT_VISIBLE' },
      );
    });
    if (!fields.some((field) => field.name.toLowerCase() === failedField.toLowerCase())) {
      throw new ContractError('PERMISSION_DENIED', `${auditObject} is visible, but its field ${failedField} is not. ${remedy}`, {
        cause: 'AUDIT_OBJECT_NOT_VISIBLE',
      });
    }
    this.#passed.add('audit');
  }

  /** @throws ContractError where the service does not answer, does not fit, or reports problems */
  async checkService(signal: AbortSignal): Promise<ServiceStatus> {
    return this.acceptService(await this.#options.client.status(signal));
  }

  /** @throws ContractError where the service does not fit, or reports problems */
  acceptService(status: ServiceStatus): ServiceStatus {
    if (status.api_version !== apiVersion) {
      throw new ContractError(
        'SF_API_ERROR',
        `The Apex write service speaks ${status.api_version}, and this server ${apiVersion}. Deploy the force-app that belongs to this server, or update the server.`,
        { cause: 'WRITE_SERVICE_VERSION' },
      );
    }
    if (status.problems.length > 0) {
      throw new ContractError(
        'SF_API_ERROR',
        `The Apex write service reports: ${status.problems.map(({ problem, remedy: how }) => `${problem} ${how}`).join(' ')}`,
        { cause: 'WRITE_SERVICE_PROBLEM' },
      );
    }
    this.#passed.add('service');
    return status;
  }
}
