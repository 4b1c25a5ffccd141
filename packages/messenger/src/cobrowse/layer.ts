const svg = "http://www.w3.org/2000/svg";
/** A drawing is there for so long (agent-features 12), and a pointer that does not move, ms. */
const drawnMs = 5_000;
const pointerMs = 4_000;

/** What the agent shows in the page: their pointer with their name, rings where they click, and drawings that fade. */
export class Layer {
	readonly element = document.createElement("div");
	readonly #pointer = document.createElement("div");
	readonly #ink = document.createElementNS(svg, "svg");
	#hide: ReturnType<typeof setTimeout> | undefined;

	constructor(agent: string) {
		this.element.className = "layer";
		this.element.setAttribute("aria-hidden", "true");
		this.#ink.setAttribute("class", "ink");
		this.#pointer.className = "pointer";
		this.#pointer.hidden = true;
		this.#pointer.style.display = "none";
		const arrow = document.createElementNS(svg, "svg");
		arrow.setAttribute("viewBox", "0 0 24 24");
		const path = document.createElementNS(svg, "path");
		path.setAttribute("d", "M3 2l7 19 3-8 8-3z");
		path.setAttribute("fill", "currentColor");
		path.setAttribute("stroke", "#fff");
		arrow.append(path);
		const name = document.createElement("span");
		name.textContent = agent;
		this.#pointer.append(arrow, name);
		this.element.append(this.#ink, this.#pointer);
	}

	/** Places are of the document, not of the window. */
	point(x: number, y: number): void {
		this.#pointer.style.display = "";
		this.#pointer.hidden = false;
		this.#pointer.style.transform = `translate(${x - scrollX}px,${y - scrollY}px)`;
		clearTimeout(this.#hide);
		this.#hide = setTimeout(() => {
			this.#pointer.style.display = "none";
			this.#pointer.hidden = true;
		}, pointerMs);
	}

	ring(x: number, y: number): void {
		const ring = document.createElement("div");
		ring.className = "ring";
		ring.style.left = `${x - scrollX}px`;
		ring.style.top = `${y - scrollY}px`;
		this.element.append(ring);
		setTimeout(() => ring.remove(), 1000);
	}

	draw(points: ReadonlyArray<readonly [number, number]>): void {
		const line = document.createElementNS(svg, "polyline");
		line.setAttribute("points", points.map(([x, y]) => `${x - scrollX},${y - scrollY}`).join(" "));
		this.#ink.append(line);
		setTimeout(() => line.remove(), drawnMs);
	}

	clear(): void {
		this.#pointer.style.display = "none";
		this.#ink.replaceChildren();
	}
}
