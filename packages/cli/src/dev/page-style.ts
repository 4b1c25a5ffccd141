/** The page of `inlay dev`, on top of the style of the controls. */
export const pageStyle = `
html, body { height: 100%; margin: 0; }
body { display: grid; grid-template-columns: minmax(0, 1fr) 7px var(--inspector, 34%); background: var(--surface); color: var(--text); font: var(--size-m)/1.45 var(--font); }
body[data-shows="inspector"] { grid-template-columns: minmax(0, 1fr); }
body[data-dragging] #shown { pointer-events: none; }
#shown { width: 100%; height: 100%; border: 0; }
#divider { cursor: col-resize; background: var(--surface-3); touch-action: none; }
#divider:hover, #divider:focus-visible { background: var(--accent); outline: none; }
#inspector { min-width: 0; min-height: 0; height: 100vh; }
.inspector { display: flex; flex-direction: column; height: 100%; min-width: 0; }
.muted { color: var(--text-muted); }
.inspector p { margin: 0; }
.inspector-script { padding: 10px 12px; border-bottom: 1px solid var(--line); display: grid; gap: 6px; overflow-wrap: anywhere; max-height: 40%; overflow: auto; }
.inspector-findings ul { margin: 4px 0 0; padding-left: 16px; }
.inspector-tools { display: flex; flex-wrap: wrap; gap: 4px; align-items: center; padding: 8px 12px; border-bottom: 1px solid var(--line); }
.inspector-tools .ui-input { flex: 1 1 90px; width: auto; min-width: 0; }
.inspector-kinds { margin: 0; padding: 0; border: 0; min-width: 0; display: flex; flex-wrap: wrap; gap: 4px; flex-basis: 100%; }
.inspector-kinds [aria-pressed="true"] { background: var(--accent-soft); border-color: var(--accent); }
.inspector-kinds [aria-pressed="false"] { color: var(--text-muted); text-decoration: line-through; }
.inspector-list { flex: 1 1 0; min-height: 90px; overflow: auto; overscroll-behavior: contain; }
.inspector-list:focus-visible { outline: 2px solid var(--focus); outline-offset: -2px; }
.inspector-row { display: grid; grid-template-columns: auto 14px minmax(0, 1fr) auto; gap: 6px; padding: 3px 12px; cursor: default; border-left: 3px solid transparent; content-visibility: auto; contain-intrinsic-height: 24px; }
.inspector-row:hover { background: var(--surface-2); }
.inspector-row[aria-selected="true"] { background: var(--accent-soft); border-left-color: var(--accent); }
.inspector-row[data-caused] .inspector-name { padding-left: 12px; }
.inspector-row[data-unheard] .inspector-name { color: var(--text-muted); }
.inspector-row[data-failed], .inspector-error { color: var(--bad); }
.inspector-row time, .inspector-ms, .inspector-row small { font-size: var(--size-s); color: var(--text-muted); font-variant-numeric: tabular-nums; }
.inspector-row .inspector-error { color: var(--bad); }
.inspector-kind { text-align: center; color: var(--accent); }
.inspector-name { overflow-wrap: anywhere; }
.inspector-details { flex: 0 1 50%; min-height: 120px; overflow: auto; padding: 8px 12px 12px; border-top: 2px solid var(--line); background: var(--surface-2); }
.inspector-details header { display: flex; gap: 8px; align-items: center; }
.inspector-details h2 { flex: 1; margin: 0; font-size: var(--size-l); overflow-wrap: anywhere; }
.inspector-details h3 { margin: 8px 0 2px; font-size: var(--size-s); color: var(--text-muted); }
.inspector-details pre { margin: 0; padding: 8px; border-radius: var(--radius-s); background: var(--surface); border: 1px solid var(--line); font-size: var(--size-s); white-space: pre-wrap; overflow-wrap: anywhere; }
.inspector-doings { display: flex; flex-wrap: wrap; gap: 6px; padding: 6px 0; }
.inspector-links { margin: 0; padding: 0; list-style: none; }
@media (max-width: 700px) {
	body[data-shows="both"] { grid-template-columns: minmax(0, 1fr); grid-template-rows: minmax(0, 1fr) minmax(0, 1fr); }
	body[data-shows="both"] #divider { display: none; }
	body[data-shows="both"] #inspector { height: auto; border-top: 2px solid var(--line); }
}
`;
