/** How a fault may look: each operator says what it would make of a node. */
import { type Change, instead, type Operator, textOf } from './change.ts';
import { changesOfLiteral } from './literals.ts';
import { type Node, spanOf } from './syntax.ts';

const COMPARISONS: Record<string, string> = {
  '===': '!==',
  '!==': '===',
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};
const BOUNDARIES: Record<string, string> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' };
const ARITHMETIC: Record<string, string> = {
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '%': '*',
  '<<': '>>',
  '>>': '<<',
  '>>>': '<<',
  '&': '|',
  '|': '&',
  '^': '&',
};
const ASSIGNMENTS: Record<string, string> = { '+=': '-=', '-=': '+=', '*=': '/=', '/=': '*=', '|=': '&=', '&=': '|=' };
const UPDATES: Record<string, string> = { '++': '--', '--': '++' };

/** Calls that may be forgotten: what they are called on goes on as it was. */
const FORGETTABLE = new Set(
  'default filter flat int max min normalize optional refine regex reverse slice sort strict toLowerCase toReversed toSorted toUpperCase trim'.split(
    ' ',
  ),
);
const CONFUSED: Record<string, string> = {
  every: 'some',
  some: 'every',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  indexOf: 'lastIndexOf',
  lastIndexOf: 'indexOf',
};
const CONFUSED_OF_MATH: Record<string, string> = { min: 'max', max: 'min', floor: 'ceil', ceil: 'floor' };

/** Lists up to this index are taken apart whole. */
const FEW = 3;

const condition: Operator = ({ node }) => {
  if (node.type === 'IfStatement' || node.type === 'ConditionalExpression') return instead(node.test, 'true', 'false');
  return node.type === 'WhileStatement' ? instead(node.test, 'false') : [];
};

const negation: Operator = ({ node }, source) =>
  node.type === 'UnaryExpression' && node.operator === '!' ? instead(node, `(${textOf(node.argument, source)})`) : [];

const logic: Operator = ({ node }, source) => {
  if (node.type !== 'LogicalExpression') return [];
  if (node.operator === '??') return instead(node, `(${textOf(node.left, source)})`);
  return swapped(node, node.operator === '&&' ? '||' : '&&', source);
};

/** An operator that takes the place of another one in a binary expression. */
const swapIn =
  (swaps: Record<string, string>): Operator =>
  ({ node }, source) => {
    if (node.type !== 'BinaryExpression' || isText(node.left) || isText(node.right)) return [];
    return swapped(node, swaps[node.operator], source);
  };

const assignment: Operator = ({ node }, source) => {
  if (node.type === 'AssignmentExpression') {
    return swapped(node, ASSIGNMENTS[node.operator], source);
  }
  if (node.type !== 'UpdateExpression') return [];
  const [operator, argument] = [UPDATES[node.operator] ?? '', textOf(node.argument, source)];
  return instead(node, node.prefix ? operator + argument : argument + operator);
};

const statement: Operator = ({ node, parents }) => {
  if (node.type === 'ExpressionStatement') return isEffect(node.expression) ? instead(node, '{}') : [];
  if (node.type === 'BreakStatement' && parents[0]?.type === 'SwitchCase') return [];
  const isExit = node.type === 'ThrowStatement' || node.type === 'ContinueStatement' || node.type === 'BreakStatement';
  return isExit || (node.type === 'ReturnStatement' && node.argument == null) ? instead(node, '{}') : [];
};

const call: Operator = ({ node }, source) => {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return [];
  const { object, property } = node.callee;
  if (property.type !== 'Identifier' || node.callee.computed) return [];
  const isMath = object.type === 'Identifier' && object.name === 'Math';
  const other = (isMath ? CONFUSED_OF_MATH : CONFUSED)[property.name];
  if (other !== undefined) return instead(property, other);
  return !isMath && FORGETTABLE.has(property.name) ? instead(node, textOf(object, source)) : [];
};

const element: Operator = ({ node, parents }) => {
  if (parents[0]?.type !== 'ArrayExpression') return [];
  const { elements } = parents[0];
  // Of a long table a few entries stand for all.
  const [at, last] = [elements.indexOf(node as (typeof elements)[number]), elements.length - 1];
  return last <= FEW || [0, last >> 1, last].includes(at) ? without(elements, at) : [];
};

const member: Operator = ({ node, parents }) => {
  if (parents[0]?.type !== 'ObjectExpression') return [];
  const { properties } = parents[0];
  return without(properties, properties.indexOf(node as (typeof properties)[number]));
};

/** Every kind of slip, by the name that the report gives it. */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  condition,
  comparison: swapIn(COMPARISONS),
  boundary: swapIn(BOUNDARIES),
  arithmetic: swapIn(ARITHMETIC),
  assignment,
  logic,
  negation,
  statement,
  call,
  element,
  member,
  constant: ({ node }) => changesOfLiteral(node),
};

/** Another operator between the two sides; nothing if there is none. */
function swapped(
  { left, right, operator }: { left: Node; right: Node; operator: string },
  other: string | undefined,
  source: string,
): Change[] {
  const start = source.indexOf(operator, spanOf(left).end);
  return other === undefined || start > spanOf(right).start
    ? []
    : [{ start, end: start + operator.length, text: other }];
}

/** The list without one of its nodes, and the comma beside it. */
function without(nodes: readonly (Node | null)[], at: number): Change[] {
  const [before, node, after] = [nodes[at - 1], nodes[at], nodes[at + 1]];
  if (node == null) return [];
  const start = before != null && after == null ? spanOf(before).end : spanOf(node).start;
  return [{ start, end: after == null ? spanOf(node).end : spanOf(after).start, text: '' }];
}

const isText = (node: Node): boolean =>
  node.type === 'StringLiteral' ||
  node.type === 'TemplateLiteral' ||
  (node.type === 'BinaryExpression' && node.operator === '+' && (isText(node.left) || isText(node.right)));

function isEffect(node: Node): boolean {
  const inner = node.type === 'AwaitExpression' ? node.argument : node;
  if (inner.type === 'UnaryExpression' && inner.operator === 'void') return true;
  return ['CallExpression', 'OptionalCallExpression', 'AssignmentExpression', 'UpdateExpression'].includes(inner.type);
}
