import { record } from "@rrweb/record";
import { blockSelector, type Fields, ownElements } from "./fields.ts";
import { Guard, type Nodes } from "./guard.ts";
import { Pace } from "./pace.ts";

/** An event of the recorder's. */
interface Recorded {
	type: number;
	timestamp: number;
	data: unknown;
}

export interface RecorderPorts {
	send(frame: object): boolean;
	/** Bytes that wait to be sent. */
	waiting(): number;
}

/** So long changes are gathered, and so often a page that changes too fast is shown anew, ms. */
const gatherMs = 50;
const stillMs = 2_000;
/** As JSON (agent-features 12): what is more is not shown. */
const mostOfPage = 8_000_000;
const mostOfEvent = 1_000_000;

/** Tells what the page shows, as long as somebody sees it, and never what its fields keep to themselves. */
export class Recorder {
	readonly #fields: Fields;
	readonly #guard: Guard;
	readonly #ports: RecorderPorts;
	readonly #pace = new Pace();
	#stop: (() => void) | undefined;
	#isHalted = true;
	#gathered: Recorded[] = [];
	#timer: ReturnType<typeof setTimeout> | undefined;
	#still: ReturnType<typeof setTimeout> | undefined;
	/** What customers like, pages may be dark by; the agent sees it as they do, whatever they like themselves. */
	readonly #darkness = matchMedia("(prefers-color-scheme: dark)");
	readonly #anew = () => this.start();

	constructor(fields: Fields, showsPath: boolean, ports: RecorderPorts) {
		this.#fields = fields;
		this.#ports = ports;
		this.#guard = new Guard(fields, nodes, showsPath);
	}

	/** Begins, or shows the whole page anew. */
	start(): void {
		this.#fields.lookFor(document);
		this.stop();
		this.#isHalted = false;
		const stop = record({
			emit: (event) => this.#took(event as Recorded),
			maskAllInputs: true,
			maskInputFn: (text, element) => this.#fields.shown(text, element),
			maskTextSelector: this.#fields.maskSelector,
			maskTextFn: (text, element) => this.#fields.shownText(text, element),
			blockSelector,
			ignoreSelector: ownElements,
			inlineStylesheet: true,
			recordCanvas: false,
			collectFonts: false,
			recordCrossOriginIframes: false,
			slimDOMOptions: {
				script: true,
				comment: true,
				headFavicon: true,
				headWhitespace: true,
				headMetaDescKeywords: true,
				headMetaSocial: true,
				headMetaRobots: true,
				headMetaHttpEquiv: true,
				headMetaAuthorship: true,
				headMetaVerification: true,
			},
			sampling: { mousemove: 100, scroll: 100, media: 800 },
			errorHandler: () => true,
		});
		// What it tells at once may have been too much already.
		if (this.#isHalted) {
			stop?.();
			return;
		}
		this.#stop = stop;
		this.#darkness.addEventListener("change", this.#anew);
	}

	stop(): void {
		this.#isHalted = true;
		this.#darkness.removeEventListener("change", this.#anew);
		this.#stop?.();
		this.#stop = undefined;
		clearTimeout(this.#timer);
		clearTimeout(this.#still);
		this.#gathered = [];
	}

	#took(event: Recorded): void {
		if (!this.#guard.pass(event)) return;
		if (event.type === 4) Object.assign(event.data as object, { scheme: this.#darkness.matches ? "dark" : "light" });
		this.#gathered.push(event);
		if (this.#pace.count(event, performance.now())) this.#toStills();
		else if (event.type === 2) this.#send();
		else this.#timer ??= setTimeout(() => this.#send(), gatherMs);
	}

	#send(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		const events = this.#gathered;
		this.#gathered = [];
		if (events.length === 0) return;
		const whole = events.some(({ type }) => type === 2);
		const size = JSON.stringify(events).length;
		if (size > mostOfPage) this.#giveUp();
		else if (this.#ports.waiting() > mostOfEvent || (size > mostOfEvent && !whole)) this.#toStills();
		else this.#ports.send({ type: "recorded", events });
	}

	#giveUp(): void {
		this.stop();
		this.#ports.send({ type: "pace", pace: "tooBig" });
	}

	/** A page that changes faster than it can be told is shown as it is now and then, until it calms down. */
	#toStills(): void {
		this.stop();
		this.#ports.send({ type: "pace", pace: "stills" });
		this.#pace.watch(stillMs);
		this.#still = setTimeout(() => this.#takeStill(), stillMs);
	}

	#takeStill(): void {
		const isCalm = this.#pace.isCalm(performance.now());
		this.start();
		if (isCalm) {
			this.#ports.send({ type: "pace", pace: "live" });
			return;
		}
		// What the start has shown is the still; changes are counted, and not told.
		this.stop();
		this.#pace.watch(stillMs);
		this.#still = setTimeout(() => this.#takeStill(), stillMs);
	}
}

/** The recorder's own book of what it has told. */
export const nodes: Nodes = { getNode: (id) => record.mirror.getNode(id) };
