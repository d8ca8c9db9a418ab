// Boxes before papers: what was ticked stays ticked on this phone, on
// the ticket's page and on the notice alike.

import { forgetOld, memoryOf, remember } from "./memory.js";

/** Makes the boxes of this page remember. */
export function startTicks(token) {
  forgetOld();
  const boxes = [...document.querySelectorAll("[data-tick]")];
  const paint = () => {
    const { ticks } = memoryOf(token);
    for (const box of boxes) {
      box.checked = ticks.includes(box.dataset.tick);
    }
  };
  for (const box of boxes) {
    box.addEventListener("change", () => {
      const { tick } = box.dataset;
      const others = (ticks) => ticks.filter((it) => it !== tick);
      remember(token, ({ ticks }) => ({
        ticks: box.checked ? [...others(ticks), tick] : others(ticks),
      }));
      // The same paper may stand in the list of another matter.
      paint();
    });
  }
  paint();
  // Back from the notice, the page may come out of the browser's memory.
  window.addEventListener("pageshow", paint);
}
