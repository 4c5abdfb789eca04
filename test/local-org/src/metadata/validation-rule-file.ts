import type { Location, Problem } from '../errors.ts';
import type { Component, ValidationRuleComponent } from './package.ts';
import { child, flagOf, textOf, type XmlElement } from './xml-element.ts';

/** Characters. @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_validationformulas.htm */
const MAX_MESSAGE = 255;
const MAX_NAME = 40;

/** A validation rule from its element, which has passed `checkElements`, and what is wrong with it. */
export function readValidationRule(
  component: Component,
  object: string,
  name: string,
  element: XmlElement,
): { validationRule: ValidationRuleComponent; problems: Problem[] } {
  const rule = {
    name,
    active: flagOf(element, 'active'),
    condition: textOf(element, 'errorConditionFormula') ?? '',
    message: textOf(element, 'errorMessage') ?? '',
    displayField: textOf(element, 'errorDisplayField'),
  };
  const place = (part: string): Location => child(element, part)?.at ?? element.at;
  const problems: Problem[] = [];
  const refuse = (message: string, location = element.at): void => {
    problems.push({ message, location });
  };
  if (!/^[A-Za-z](?:[A-Za-z0-9]|_(?!_|$))*$/.test(name) || name.length > MAX_NAME) {
    refuse(`The name ${name} is not that of a validation rule: a letter, then letters, digits and single underscores, at most ${MAX_NAME}`);
  }
  if (rule.condition === '') refuse('Required field is missing: errorConditionFormula', place('errorConditionFormula'));
  if (rule.message === '') refuse('Required field is missing: errorMessage', place('errorMessage'));
  if (rule.message.length > MAX_MESSAGE) {
    refuse(`The error message has ${rule.message.length} characters, more than ${MAX_MESSAGE}`, place('errorMessage'));
  }
  const places = { conditionAt: place('errorConditionFormula'), displayFieldAt: place('errorDisplayField') };
  return { validationRule: { ...component, object, rule, ...places }, problems };
}
