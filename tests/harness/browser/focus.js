// Run by the tests in a page. Gives what the Tab key reaches and what
// does not show it: neither a line around it nor another colour.

const open = [...document.querySelectorAll("dialog[open]")].at(-1);
const reachable = "a[href], button, input, select, textarea, summary, [tabindex='0']";
const nodes = [...(open || document).querySelectorAll(reachable)];
const before = document.activeElement;
const found = [];
for (const at of nodes) {
  if (at.disabled || !at.checkVisibility({ visibilityProperty: true })) {
    continue;
  }
  // A focus that a mouse brought need not show; this one comes anew.
  document.activeElement.blur();
  at.focus({ preventScroll: true, focusVisible: true });
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(at);
  const clear = /rgba\(.*, 0\)/.test(outlineColor);
  if (document.activeElement === at && (outlineStyle === "none" || parseFloat(outlineWidth) < 2 || clear)) {
    found.push(at.outerHTML.slice(0, 120));
  }
}
document.activeElement.blur();
before.focus({ preventScroll: true });
return found;
