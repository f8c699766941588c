import type { StructuralIndex } from '../json/structural-index.ts';

/** Elements of a list, and of a list in it, bear the name of the list. */
export class ListNames {
  private readonly structure: StructuralIndex;
  /** Of lists without a name of their own: nested ones would be climbed out of again and again. */
  private readonly known = new Map<number, string>();

  constructor(structure: StructuralIndex) {
    this.structure = structure;
  }

  nameOf(list: number): string {
    const { structure, known } = this;
    let name = structure.containerKey(list);
    if (name !== '') return name;
    const nameless: number[] = [];
    for (let above = list; name === '' && above > 0; above = structure.containerParent(above)) {
      const remembered = known.get(above);
      if (remembered !== undefined) {
        name = remembered;
        break;
      }
      name = structure.containerKey(above);
      if (name === '') nameless.push(above);
    }
    for (const one of nameless) known.set(one, name);
    return name;
  }
}
