import { Connection } from "./connection.ts";
import { loadScreen } from "./load-screen.ts";
import { Memory } from "./memory.ts";
import { mount } from "./mount.tsx";
import { SessionModel } from "./session-model.ts";
import { placeOf, readSettings } from "./settings.ts";
import { ShareModel } from "./share-model.ts";
import { sharePorts } from "./share-ports.ts";
import type { SignIn } from "./who.ts";
import { words } from "./words.ts";

declare global {
	interface Window {
		/** For the page: its own buttons open and close the messenger. */
		InlayMessenger?: {
			open(): void;
			close(): void;
			/** The visitor is known to the page: a JWT of its own sign-in, or what fetches one; nothing ends that. */
			signIn(by: SignIn | undefined): void;
		};
	}
}

/** In any page; what goes wrong is the page's owner's to know, and never an error of the page. */
async function begin(script: HTMLScriptElement | null): Promise<void> {
	const place = placeOf(script);
	if (!place) return console.error("Inlay messenger: its script tag needs data-deployment.");
	if (window.InlayMessenger) return console.error("Inlay messenger: the page has one already.");
	let early: { by: SignIn | undefined } | undefined;
	window.InlayMessenger = {
		open() {},
		close() {},
		signIn(by) {
			early = { by };
		},
	};
	try {
		const settings = await readSettings(place);
		words.value = settings.words;
		const model = new SessionModel({
			memory: new Memory(place.deploymentId),
			connect: (ports) => new Connection(place.api, place.deploymentId, ports),
			bring: (ticket, file) => bring(place.api, ticket, file),
			open: (url) => void window.open(url, "_blank", "noopener"),
			invited: ({ shareId, secret }) => loadScreen({ api: place.api, shareId, secret, language: settings.language }),
			complain: (text) => console.error(`Inlay messenger: ${text}`),
			isVisible: () => document.visibilityState === "visible",
			now: () => Date.now(),
			newId,
		});
		const share = new ShareModel(sharePorts(place, settings), model);
		mount({ model, share, settings });
		window.InlayMessenger = {
			open: () => model.setOpen(true),
			close: () => model.setOpen(false),
			signIn: (by) => model.signIn(by),
		};
		const by = early ? early.by : signInOf(script);
		if (by === undefined) model.start();
		else model.signIn(by);
		share.start();
	} catch (error) {
		console.error(`Inlay messenger: ${error instanceof Error ? error.message : String(error)}`);
	}
}

/** The function of the page that `data-sign-in` names. */
function signInOf(script: HTMLScriptElement | null): SignIn | undefined {
	const name = script?.dataset.signIn;
	const found = name ? (window as unknown as Record<string, unknown>)[name] : undefined;
	return typeof found === "function" ? (found as Exclude<SignIn, string>) : undefined;
}

async function bring(api: string, ticket: string, file: File): Promise<void> {
	const url = `${api}/api/inlay/v1/webmessaging/files?ticket=${encodeURIComponent(ticket)}`;
	const headers = { "content-type": "application/octet-stream" };
	const answer = await fetch(url, { method: "POST", body: file, headers, credentials: "omit" });
	if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
}

/** `crypto.randomUUID` is there on https alone. */
function newId(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;
if (document.body) void begin(script);
else document.addEventListener("DOMContentLoaded", () => void begin(script));
