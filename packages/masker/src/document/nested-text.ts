/** Which strings may be documents of their own. Pure. */

const DOCUMENT_START = /^\s{0,64}[[{]/;

/**
 * Whether a string is worth reading as a document of its own: it begins like JSON, or has lines, some of which may begin
 * with who speaks.
 *
 * @example mayBeNested('{"a": 1}') // true
 * @example mayBeNested('Agent: hello\nCustomer: hi') // true
 * @example mayBeNested('hello') // false
 */
export function mayBeNested(text: string): boolean {
  return mayBeDocument(text) || mayBeDialogue(text);
}

function mayBeDialogue(text: string): boolean {
  return text.includes('\n') && /[:\]-]/.test(text);
}

function mayBeDocument(text: string): boolean {
  const code = text.charCodeAt(0);
  return (code <= 0x20 || code === 0x5b || code === 0x7b) && DOCUMENT_START.test(text);
}
