import type { Context } from 'hono';
import type { LocalOrg } from '../../org-types.ts';
import { answerSoap } from '../soap/answer-soap.ts';
import { executeAnonymous } from './execute-anonymous.ts';

/**
 * `POST /services/Soap/s/NN.0`, with or without the org's id behind it: the SOAP API of Apex.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/sforce_api_calls_apex_intro.htm
 */
export function answerApexSoap(context: Context, org: LocalOrg): Promise<Response> {
  return answerSoap(context, org, {
    name: 'Apex API',
    namespace: 'http://soap.sforce.com/2006/08/apex',
    needs: 'Running anonymous Apex needs the permission Author Apex',
    operations: { executeAnonymous: (call) => executeAnonymous(call, org) },
  });
}
