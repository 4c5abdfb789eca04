import type { Problem } from '../errors.ts';
import { unsupported } from './check-elements.ts';
import type { Component, CustomMetadataComponent } from './package.ts';
import { child, childrenNamed, flagOf, textOf, type XmlElement } from './xml-element.ts';

/** Characters of a record's developer name and of its label. */
const MAX_NAME = 40;

/**
 * A record of a custom metadata type, `Type.Record.md-meta.xml`, which has passed `checkElements`.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_custommetadata.htm
 */
export function readCustomMetadata(component: Component, element: XmlElement): { record: CustomMetadataComponent; problems: Problem[] } {
  const problems: Problem[] = [];
  const refuse = (message: string, location = element.at): void => {
    problems.push({ message, location });
  };
  const [type = '', name = '', ...more] = component.name.split('.');
  if (!/^[A-Za-z](?:[A-Za-z0-9]|_(?!_|$))*$/.test(name) || name.length > MAX_NAME || more.length > 0) {
    refuse(
      `The file of a custom metadata record is named Type.Record: ${component.name} is not. A record's name is a letter, then letters, digits and single underscores, at most ${MAX_NAME}`,
    );
  }
  const label = textOf(element, 'label') ?? '';
  if (label === '') refuse('Required field is missing: label');
  if (label.length > MAX_NAME) {
    refuse(`The label has ${label.length} characters, more than ${MAX_NAME}`, child(element, 'label')?.at);
  }
  if (flagOf(element, 'protected')) problems.push(unsupported('CustomMetadata.protected', child(element, 'protected') ?? element));
  const written = childrenNamed(element, 'values');
  const values = written.map((each) => {
    const value = child(each, 'value');
    const text = value === undefined || value.isNil || value.text === '' ? null : value.text;
    return { field: textOf(each, 'field') ?? '', text, xsiType: value?.xsiType ?? null };
  });
  const record = { name, label, values };
  return { record: { ...component, object: `${type}__mdt`, record, valuesAt: written.map(({ at }) => at) }, problems };
}
