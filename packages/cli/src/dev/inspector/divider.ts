/** The bar between page and inspector: dragged, or moved by the arrow keys; where it stands is remembered. */

const key = "inlay.dev.inspector";
/** Per cent of the page's width. */
const [least, usual, most, step] = [20, 34, 80, 4];

export function divide(document: Document): void {
	const bar = document.getElementById("divider");
	if (!bar) return;
	const set = (percent: number) => {
		const width = Math.round(Math.min(most, Math.max(least, percent)));
		document.body.style.setProperty("--inspector", `${width}%`);
		bar.setAttribute("aria-valuenow", String(width));
		localStorage.setItem(key, String(width));
	};
	const now = () => Number(bar.getAttribute("aria-valuenow"));
	set(Number(localStorage.getItem(key)) || usual);
	bar.addEventListener("keydown", (event) => {
		const moved = { ArrowLeft: step, ArrowRight: -step }[event.key];
		if (moved === undefined) return;
		event.preventDefault();
		set(now() + moved);
	});
	bar.addEventListener("pointerdown", (down) => {
		bar.setPointerCapture(down.pointerId);
		// The frame would take the pointer's moves.
		document.body.dataset.dragging = "";
		const move = ({ clientX }: PointerEvent) => set(100 - (clientX / document.body.clientWidth) * 100);
		bar.addEventListener("pointermove", move);
		bar.addEventListener(
			"lostpointercapture",
			() => {
				bar.removeEventListener("pointermove", move);
				delete document.body.dataset.dragging;
			},
			{ once: true },
		);
	});
}
