/** With these features `window.open` gives no window back, also where the browser has opened one. */
export const opensApart = /\b(?:noopener|noreferrer)\b(?!\s*=\s*(?:0|no|false))/i;
