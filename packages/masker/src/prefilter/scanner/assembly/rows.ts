// What has been read of a document, a row for each leaf and container, until the other side takes it over.
import { ASKS_NAME, ASKS_PLACE, IN_MEMBER, NAMING, PLACING, SUSPICIOUS } from './bits';
import {
  CONTAINER_FIELDS,
  CONTAINER_INDEX,
  CONTAINER_NAME,
  CONTAINER_PARENT,
  CONTAINER_START,
  CONTAINERS,
  LEAF_END,
  LEAF_FIELDS,
  LEAF_FLAGS,
  LEAF_INDEX,
  LEAF_KIND,
  LEAF_NAME,
  LEAF_PARENT,
  LEAF_START,
  LEAVES,
  MAX_CONTAINERS,
  MAX_LEAVES,
  SUSPECTS,
} from './memory';

/** Of a leaf that some rule wants to see. */
const WORTH_READING: u32 = SUSPICIOUS | NAMING | PLACING | ASKS_NAME | ASKS_PLACE | IN_MEMBER;

/** Bytes of an integer. */
const BYTES = 4;

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

/** Containers that wait to be taken over. */
export function waitingContainers(): i32 {
  return containersHere;
}

/** Suspicious leaves that wait to be taken over. */
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
export function openRows(): void {
  leaves = 0;
  containers = 0;
  taken();
}

/** Whether there is no room for what one member may add, and what the other side may add after it. */
export function isFull(): bool {
  return leavesHere >= MAX_LEAVES - 3 || containersHere >= MAX_CONTAINERS - 1;
}

/** @param index position in an array, -1 in an object */
export function addLeaf(kind: i32, start: i32, end: i32, name: i32, index: i32, parent: i32, flags: u32): void {
  const row: usize = LEAVES + <usize>leavesHere * LEAF_FIELDS * BYTES;
  store<i32>(row, kind, LEAF_KIND * BYTES);
  store<i32>(row, parent, LEAF_PARENT * BYTES);
  store<i32>(row, index, LEAF_INDEX * BYTES);
  store<i32>(row, flags, LEAF_FLAGS * BYTES);
  store<i32>(row, start, LEAF_START * BYTES);
  store<i32>(row, end, LEAF_END * BYTES);
  store<i32>(row, name, LEAF_NAME * BYTES);
  if ((flags & WORTH_READING) !== 0) {
    store<i32>(SUSPECTS + ((<usize>suspectsHere) << 2), leaves);
    suspectsHere++;
  }
  leavesHere++;
  leaves++;
}

/** The number of the container, now added. */
export function addContainer(parent: i32, index: i32, name: i32, start: i32): i32 {
  const row: usize = CONTAINERS + <usize>containersHere * CONTAINER_FIELDS * BYTES;
  store<i32>(row, parent, CONTAINER_PARENT * BYTES);
  store<i32>(row, index, CONTAINER_INDEX * BYTES);
  store<i32>(row, name, CONTAINER_NAME * BYTES);
  store<i32>(row, start, CONTAINER_START * BYTES);
  containersHere++;
  return containers++;
}
