/** Code that no test has to hold: what is only read by people, and what is no code. */
import type { Node, Site } from './syntax.ts';

/** Members that hold words for people. */
const WORDING = new Set(['message', 'cause', 'comment', 'description', 'label', 'reason', 'title']);
const LOGGER = /^(?:log|logger|console)$/i;
const DESCRIBES = new Set(['describe', 'meta']);

/**
 * True for a site whose change says nothing of the tests: log lines, wording of errors and descriptions, names of
 * modules and members.
 *
 *     logger.info('Batch stored', { parts });    // all of it
 *     new PipelineError('VendorRejected', 'The vendor refused', { status })    // the sentence; not the code
 */
export function isNoise({ node, parents }: Site): boolean {
  if ([node, ...parents].some((one) => isLogged(one) || isWording(one) || isModuleName(one))) return true;
  return isName({ node, parents }) || isProse(node) || isSentenceOfError({ node, parents });
}

function isLogged(node: Node): boolean {
  const call = node.type === 'ExpressionStatement' ? node.expression : node;
  if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return false;
  const { object } = call.callee;
  return LOGGER.test(nameOf(object.type === 'MemberExpression' ? object.property : object) ?? '');
}

const isWording = (node: Node): boolean =>
  node.type === 'ObjectProperty' && !node.computed && WORDING.has(nameOf(node.key) ?? '');

const isModuleName = ({ type }: Node): boolean =>
  type === 'ImportDeclaration' ||
  type === 'ExportAllDeclaration' ||
  type === 'ImportExpression' ||
  type === 'Directive';

/** The key of a member, or what a module re-exports. */
function isName({ node, parents }: Site): boolean {
  const parent = parents[0];
  if (parent?.type === 'ObjectProperty' || parent?.type === 'ObjectMethod')
    return parent.key === node && !parent.computed;
  return parent?.type === 'ExportNamedDeclaration' && parent.source === node;
}

/** A capital and some words: nothing that a program goes by. */
const isProse = (node: Node): boolean => node.type === 'StringLiteral' && /^[A-Z]\S* \S+ \S/.test(node.value);

/** Text with a blank in it, in what makes an error or describes a schema. */
const isSentenceOfError = ({ node, parents }: Site): boolean =>
  [node, ...parents.slice(0, 1)].some(hasBlank) && parents.some(makesWords);

const hasBlank = (node: Node): boolean =>
  (node.type === 'StringLiteral' && node.value.includes(' ')) ||
  (node.type === 'TemplateLiteral' && node.quasis.some(({ value }) => value.raw.includes(' ')));

function makesWords(node: Node): boolean {
  if (node.type === 'NewExpression') return /(?:Error|Invalid)$/.test(nameOf(node.callee) ?? '');
  if (node.type !== 'CallExpression') return false;
  if (node.callee.type === 'Super') return true;
  const name = node.callee.type === 'MemberExpression' ? nameOf(node.callee.property) : nameOf(node.callee);
  return DESCRIBES.has(name ?? '') || /(?:Error|^fail|^refuse)/.test(name ?? '');
}

function nameOf(node: Node): string | undefined {
  if (node.type === 'Identifier') return node.name;
  return node.type === 'StringLiteral' ? node.value : undefined;
}
