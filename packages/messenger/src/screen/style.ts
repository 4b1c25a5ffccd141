/** The box of a shared screen; light or dark with the page's visitor. */
export const style = `
:host { all: initial; position: fixed; inset-block-end: 16px; inset-inline-start: 16px; z-index: 2147483000; }
.box { box-sizing: border-box; inline-size: min(360px, calc(100vw - 32px)); padding: 14px 16px; border-radius: 14px;
	font: 15px/1.45 system-ui, sans-serif; color: #14211f; background: #fff; box-shadow: 0 6px 28px rgb(0 0 0 / .28);
	border: 1px solid #cfd8d5; }
.box[data-shows="agent"]:is([data-state="sharing"], [data-state="paused"]) { inline-size: min(560px, calc(100vw - 32px)); }
p { margin: 0 0 10px; overflow-wrap: anywhere; }
video { display: block; inline-size: 100%; max-block-size: 50vh; margin-block-end: 10px; background: #000; border-radius: 8px; object-fit: contain; }
video[hidden] { display: none; }
[data-state="paused"] video { opacity: .4; }
.buttons { display: flex; flex-wrap: wrap; gap: 8px; }
button { font: inherit; padding: 7px 13px; min-block-size: 36px; border-radius: 9px; border: 1px solid #7c8b87; background: transparent; color: inherit; cursor: pointer; }
button.first { background: #14463f; border-color: #14463f; color: #fff; }
button:focus-visible { outline: 3px solid #2f7fe0; outline-offset: 2px; }
@media (prefers-color-scheme: dark) {
	.box { color: #e9f1ef; background: #1b2523; border-color: #3b4a47; }
	button.first { background: #8fd3c4; border-color: #8fd3c4; color: #0d1c19; }
}
`;
