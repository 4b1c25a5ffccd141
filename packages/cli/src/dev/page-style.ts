/** The page of `inlay dev`, on top of the style of the controls. */
export const pageStyle = `
html, body { height: 100%; margin: 0; }
body { display: grid; grid-template-columns: minmax(0, 1fr) 6px var(--inspector, 34%); background: var(--surface-2); color: var(--text); font: var(--size-m)/1.45 var(--font); }
body[data-shows="page"], body[data-shows="inspector"] { grid-template-columns: minmax(0, 1fr); }
#shown { width: 100%; height: 100%; border: 0; }
#divider { cursor: col-resize; background: var(--line); }
#divider:focus-visible { outline: 2px solid var(--focus); outline-offset: -1px; }
#inspector { min-width: 0; height: 100vh; overflow: hidden; }
@media (max-width: 700px) {
	body { grid-template-columns: minmax(0, 1fr); grid-template-rows: minmax(0, 1fr) minmax(0, 1fr); }
	#divider { display: none; }
	#inspector { height: auto; border-top: 1px solid var(--line); }
}
`;
