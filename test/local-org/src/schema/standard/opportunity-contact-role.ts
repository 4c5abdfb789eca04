import { bool, picklist, reference, systemFields } from './fields.ts';
import { CONTACT_ROLES } from './picklists.ts';
import type { StandardTable } from './table.ts';

/** @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunitycontactrole.htm */
export const OPPORTUNITY_CONTACT_ROLE: StandardTable = {
  name: 'OpportunityContactRole',
  label: 'Opportunity Contact Role',
  labelPlural: 'Opportunity Contact Role',
  keyPrefix: '00K',
  sharingModel: 'ControlledByParent',
  fields: [
    ...systemFields(),
    reference('OpportunityId', 'Opportunity', { required: true, write: 'create', children: 'OpportunityContactRoles' }),
    reference('ContactId', 'Contact', { required: true, children: 'OpportunityContactRoles' }),
    picklist('Role', CONTACT_ROLES),
    bool('IsPrimary', { label: 'Primary' }),
  ],
};
