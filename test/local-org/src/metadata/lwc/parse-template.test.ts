import { expect, test } from 'vitest';
import { parseTemplate } from './parse-template.ts';

function problems(text: string): string[] {
  const { problems: found } = parseTemplate({ file: 'x.html', name: 'x.html', text });
  return found.map(({ message, location }) => `${location.line}:${location.column} ${message}`);
}

test.each([
  ['<template></template>'],
  ['<!-- a comment -->\n<template>\n<img src={url} alt="" /><br />\n<input value={a.b.c} onchange={handle} />\n</template>\n'],
  ['<template><template for:each={rows} for:item="row"><p key={row.id}>{row.name}</p></template></template>'],
  ['<template><template iterator:it={rows}><li key={it.value.id}>{it.value.name}</li></template></template>'],
  ['<template><template lwc:if={a}>x</template><template lwc:elseif={b}>y</template><template lwc:else>z</template></template>'],
  ['<template><svg viewBox="0 0 1 1" xmlns="http://www.w3.org/2000/svg"><g><path d="M0" /></g></svg></template>'],
  ['<template><slot name="header"></slot><c-row lwc:ref="row" lwc:spread={all}></c-row></template>'],
  [
    '<template><table><tbody><template for:each={rows} for:item="row"><tr key={row.id}><td>{row.name}</td></tr></template></tbody></table></template>',
  ],
])('%s is sound', (text) => {
  expect(problems(text)).toEqual([]);
});

test.each([
  ['', '1:1 A template file has one root element, which is <template>'],
  ['<div></div>', '1:1 A template file has one root element, which is <template>'],
  ['<template></template>\n<template></template>', '2:1 A template file has one root element, which is <template>'],
  ['<template>\n  <div>\n</template>', '2:3 <div> has no matching closing tag.'],
  ['<template><script></script></template>', '1:11 The element <script> is not allowed inside the template'],
  ['<template><p>{a</p></template>', '1:14 Unbalanced brace: an expression is {name} or {name.name}'],
  ['<template><p>{a()}</p></template>', '1:14 Invalid expression {a()} - only the names of properties are allowed, {name} or {name.name}'],
  ['<template><p for:every={a}></p></template>', '1:14 for:every is not valid attribute for p. A directive of that name does not exist.'],
  [
    '<template><template for:each={a}><p></p></template></template>',
    '1:11 for:each and for:item directives should be associated together.',
  ],
  ['<template><p lwc:if="a"></p></template>', '1:11 lwc:if directive is expected to be an expression: {value}'],
  ['<template><p class="a" class="b"></p></template>', 'Invalid HTML syntax: duplicate-attribute'],
])('%j: %s', (text, message) => {
  expect(problems(text)[0]).toContain(message);
});

test('the tags of components are told, wherever they stand, with their place', () => {
  const text =
    '<template>\n  <c-outer><c-inner></c-inner></c-outer>\n  <template lwc:if={a}><lightning-icon></lightning-icon></template>\n</template>';
  const { tags } = parseTemplate({ file: 'x.html', name: 'x.html', text });
  expect(tags.map(({ name, at }) => [name, at.line, at.column])).toEqual([
    ['c-outer', 2, 3],
    ['c-inner', 2, 12],
    ['lightning-icon', 3, 24],
  ]);
});
