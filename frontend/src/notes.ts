/** What stands above one point of a control chart: its letters, and which point. */
export interface Note { at: number; letter: string }

/** A line for each note, with its letter above; notes that stand closer than letters are wide share one label, over the middle of them. */
export function noteLines(notes: Note[], pixels: number): { xAxis: number; label: { show: boolean; formatter: string } }[] {
  const groups: Note[][] = [];
  for (const note of notes) {
    const last = groups.at(-1)?.at(-1);
    if (last && (note.at - last.at) * pixels < 9 * last.letter.length + 14) groups.at(-1)?.push(note);
    else groups.push([note]);
  }
  return groups.flatMap((group) => group.map(({ at }, i) => ({ xAxis: at, label: { show: i === (group.length - 1) >> 1, formatter: group.map(({ letter }) => letter).join(" ") } })));
}
