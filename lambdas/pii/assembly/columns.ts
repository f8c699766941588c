// What has been read of a document, in columns, until the other side takes it over.
import { SUSPICIOUS } from './bits';
import { CONTAINERS, LEAVES, MAX_CONTAINERS, MAX_LEAVES, SUSPECTS } from './memory';

/** Leaves and containers of the document so far. */
let leaves: i32 = 0;
let containers: i32 = 0;

let leavesHere: i32 = 0;
let containersHere: i32 = 0;
let suspectsHere: i32 = 0;

/** Leaves that wait to be taken over. */
export function waitingLeaves(): i32 {
  return leavesHere;
}

export function waitingContainers(): i32 {
  return containersHere;
}

export function waitingSuspects(): i32 {
  return suspectsHere;
}

/** They have been taken over. */
export function taken(): void {
  leavesHere = 0;
  containersHere = 0;
  suspectsHere = 0;
}

/** Starts on another document; what was not taken over of the last one is dropped. */
export function openColumns(): void {
  leaves = 0;
  containers = 0;
  taken();
}

/** Whether there is no room for what one token may add, and what the other side may add after it. */
export function isFull(): bool {
  return leavesHere >= MAX_LEAVES - 2 || containersHere >= MAX_CONTAINERS - 1;
}

/** @param index position in an array, -1 in an object */
export function addLeaf(kind: i32, start: i32, end: i32, name: i32, index: i32, parent: i32, flags: u32): void {
  const row: usize = LEAVES + ((<usize>leavesHere) << 2);
  store<i32>(row, kind);
  store<i32>(row, start, MAX_LEAVES * 4);
  store<i32>(row, end, MAX_LEAVES * 8);
  store<i32>(row, name, MAX_LEAVES * 12);
  store<i32>(row, index, MAX_LEAVES * 16);
  store<i32>(row, parent, MAX_LEAVES * 20);
  store<i32>(row, flags, MAX_LEAVES * 24);
  if ((flags & SUSPICIOUS) !== 0) {
    store<i32>(SUSPECTS + ((<usize>suspectsHere) << 2), leaves);
    suspectsHere++;
  }
  leavesHere++;
  leaves++;
}

/** Returns its number. */
export function addContainer(parent: i32, index: i32, name: i32, start: i32): i32 {
  const row: usize = CONTAINERS + ((<usize>containersHere) << 2);
  store<i32>(row, parent);
  store<i32>(row, index, MAX_CONTAINERS * 4);
  store<i32>(row, name, MAX_CONTAINERS * 8);
  store<i32>(row, start, MAX_CONTAINERS * 12);
  containersHere++;
  return containers++;
}
