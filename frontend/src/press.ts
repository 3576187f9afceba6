// A press of a mouse or a finger is a click only where down and up meet the same thing. So what would move the page waits for its end.

let isDown = false;
let waiting: (() => void)[] = [];

/** Does it now, or right after the press that is under way. */
export function afterPress(act: () => void): void {
  if (isDown) waiting.push(act);
  else act();
}

function release(): void {
  isDown = false;
  const acts = waiting;
  waiting = [];
  for (const act of acts) act();
}

if ("document" in globalThis) {
  addEventListener("mousedown", () => (isDown = true), true);
  for (const end of ["mouseup", "dragend"]) addEventListener(end, () => setTimeout(release), true); // the click comes first
  addEventListener("blur", () => setTimeout(release)); // of the window
}
