import { defaultTreeAdapter, html, parseFragment, type DefaultTreeAdapterTypes, type ParserError } from 'parse5';
import type { Location, Problem } from '../../errors.ts';
import type { BundleFile } from '../package.ts';

/** A custom element in a template: `c-audit-table` or `lightning-button`. */
export interface CustomTag {
  readonly name: string;
  readonly at: Location;
}

export interface ParsedTemplate {
  readonly tags: readonly CustomTag[];
  readonly problems: readonly Problem[];
}

type Element = DefaultTreeAdapterTypes.Element;
type ChildNode = DefaultTreeAdapterTypes.ChildNode;

const parsed = new WeakMap<BundleFile, ParsedTemplate>();

/**
 * Reads a template by the rules of HTML, and refuses what the platform's compiler refuses although a browser would mend it.
 * @see https://developer.salesforce.com/docs/platform/lwc/guide/reference-directives.html
 */
export function parseTemplate(file: BundleFile): ParsedTemplate {
  const known = parsed.get(file);
  if (known) return known;
  const template = new TemplateReader(file).read();
  parsed.set(file, template);
  return template;
}

/** Elements that end by themselves. */
const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);
const FORBIDDEN = new Set(['base', 'iframe-srcdoc', 'link', 'meta', 'script', 'title']);
const DIRECTIVES = /^(?:for:(?:each|item|index)|iterator:\w+|if:(?:true|false)|lwc:[\w-]+|key|slot|render-mode)$/;
/** What parse5 reports about markup that is sound in a template. */
const HARMLESS = new Set(['non-void-html-element-start-tag-with-trailing-solidus']);

class TemplateReader {
  readonly #file: BundleFile;
  readonly #problems: Problem[] = [];
  readonly #tags: CustomTag[] = [];

  constructor(file: BundleFile) {
    this.#file = file;
  }

  read(): ParsedTemplate {
    const errors: ParserError[] = [];
    const fragment = parseFragment(this.#file.text, { sourceCodeLocationInfo: true, onParseError: (error) => errors.push(error) });
    for (const error of errors)
      if (!HARMLESS.has(error.code)) this.#refuse(`Invalid HTML syntax: ${error.code}`, error.startLine, error.startCol);
    const roots = fragment.childNodes.filter((node) => !isBlank(node));
    const [root] = roots;
    if (!root || !defaultTreeAdapter.isElementNode(root) || root.tagName !== 'template') {
      this.#refuse('A template file has one root element, which is <template>', ...startOf(root));
    } else if (roots.length > 1) this.#refuse('A template file has one root element, which is <template>', ...startOf(roots[1]));
    for (const node of roots) this.#node(node, []);
    const problems = this.#problems.sort((a, b) => a.location.line - b.location.line || a.location.column - b.location.column);
    return { tags: this.#tags, problems };
  }

  #node(node: ChildNode, loops: readonly Element[]): void {
    if (defaultTreeAdapter.isTextNode(node)) return this.#expressions(node.value, ...startOf(node));
    if (!defaultTreeAdapter.isElementNode(node)) return;
    const [line, column] = startOf(node);
    const { tagName } = node;
    const isSvg = node.namespaceURI !== html.NS.HTML;
    const selfCloses = VOID.has(tagName) || isSvg;
    if (!selfCloses && !node.sourceCodeLocation?.endTag) this.#refuse(`<${tagName}> has no matching closing tag.`, line, column);
    if (FORBIDDEN.has(tagName) && !isSvg) this.#refuse(`The element <${tagName}> is not allowed inside the template`, line, column);
    if (tagName.includes('-') && !isSvg) this.#tags.push({ name: tagName, at: { file: this.#file.file, line, column } });
    this.#attributes(node);
    this.#directives(node, loops);
    const isLoop = node.attrs.some(({ name }) => name === 'for:each' || name.startsWith('iterator:'));
    const below = isLoop ? [...loops, node] : loops;
    const children =
      tagName === 'template' ? defaultTreeAdapter.getTemplateContent(node as DefaultTreeAdapterTypes.Template).childNodes : node.childNodes;
    for (const each of children) this.#node(each, isLoop ? below : []);
  }

  #attributes(node: Element): void {
    for (const { name, value, prefix } of node.attrs) {
      const at = node.sourceCodeLocation?.attrs?.[prefix === undefined ? name : `${prefix}:${name}`];
      const [line, column] = at ? [at.startLine, at.startCol] : startOf(node);
      if (name.includes(':') && node.namespaceURI === html.NS.HTML && !DIRECTIVES.test(name)) {
        this.#refuse(`${name} is not valid attribute for ${node.tagName}. A directive of that name does not exist.`, line, column);
      }
      if (name.startsWith('on') && !isExpression(value))
        this.#refuse(`Event handler ${name} should be an expression: {handler}`, line, column);
      const written = at ? this.#file.text.slice(at.startOffset, at.endOffset) : '';
      if (isExpression(value) && /=\s*["']/.test(written)) {
        const message = `Ambiguous attribute value ${written}. If you want to make it a valid expression you should remove the surrounding quotes`;
        this.#refuse(message, line, column);
      }
      this.#expressions(value, line, column);
    }
  }

  #directives(node: Element, loops: readonly Element[]): void {
    const has = (name: string): boolean => node.attrs.some((each) => each.name === name);
    const [line, column] = startOf(node);
    if (has('for:each') !== has('for:item')) this.#refuse('for:each and for:item directives should be associated together.', line, column);
    if (loops.length > 0 && node.tagName !== 'template' && !has('key')) {
      this.#refuse(
        `Missing key for element <${node.tagName}> inside of iterator. Elements within iterators must have a unique, computed key value.`,
        line,
        column,
      );
    }
    for (const { name, value } of node.attrs) {
      const needsExpression =
        name === 'for:each' ||
        name.startsWith('iterator:') ||
        name === 'if:true' ||
        name === 'if:false' ||
        name === 'lwc:if' ||
        name === 'lwc:elseif';
      if (needsExpression && !isExpression(value)) this.#refuse(`${name} directive is expected to be an expression: {value}`, line, column);
    }
  }

  /** `{a.b.c}` reads a property of the component; nothing is computed in a template. */
  #expressions(text: string, line: number, column: number): void {
    for (const match of text.matchAll(/\{([^{}]*)\}|[{}]/g)) {
      const before = text.slice(0, match.index).split('\n');
      const at = before.length === 1 ? column + match.index : (before.at(-1) ?? '').length + 1;
      const inside = match[1];
      if (inside === undefined) this.#refuse('Unbalanced brace: an expression is {name} or {name.name}', line + before.length - 1, at);
      else if (!/^\s*[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*\s*$/.test(inside)) {
        this.#refuse(
          `Invalid expression {${inside}} - only the names of properties are allowed, {name} or {name.name}`,
          line + before.length - 1,
          at,
        );
      }
    }
  }

  #refuse(message: string, line = 1, column = 1): void {
    this.#problems.push({ message, location: { file: this.#file.file, line, column } });
  }
}

function isBlank(node: ChildNode): boolean {
  return defaultTreeAdapter.isCommentNode(node) || (defaultTreeAdapter.isTextNode(node) && node.value.trim() === '');
}

function startOf(node: ChildNode | undefined): [number, number] {
  const place = node?.sourceCodeLocation;
  return [place?.startLine ?? 1, place?.startCol ?? 1];
}

function isExpression(value: string): boolean {
  return /^\{[^{}]+\}$/.test(value.trim());
}
