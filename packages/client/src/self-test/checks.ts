/** What a browser can find out about itself; each check gives a finding's code, or says that all is well. */
import type { FindingCode } from "@inlay/contract/health/codes";

export type BrowserCode = Extract<FindingCode, `browser.${string}` | "clock.off">;

export interface SelfFinding {
	code: BrowserCode;
	values: Record<string, string | number>;
}

/** `unknown`: this browser does not tell; `unmeasured`: server or browser were too busy to find out. */
export type Outcome = "fine" | "unknown" | "unmeasured" | SelfFinding;

/** The parts, in the order in which they are shown. */
export const partNames = [
	"microphone",
	"speaker",
	"popups",
	"storage",
	"autoplay",
	"allow",
	"socket",
	"media",
	"network",
	"clock",
] as const;
export type PartName = (typeof partNames)[number];

/** What the checks ask of the page that they run in. */
export interface TestPage {
	window: Window & typeof globalThis;
	/** Origin of the API. */
	api: string;
	/** As the server's answer told, ms since 1970. */
	serverTime: number | undefined;
	/** Whether sound was allowed before anybody had clicked. */
	playsUnasked: boolean;
	/** What opening a window in the click gave. */
	popup: "opened" | "blocked";
}

const finding = (code: BrowserCode, values: SelfFinding["values"] = {}): SelfFinding => ({ code, values });

/** Older than the standard, and what Chromium has. */
interface PolicyDocument {
	featurePolicy?: { allowsFeature(feature: string): boolean };
}

const wanted = ["microphone", "autoplay", "clipboard-write", "display-capture", "speaker-selection"] as const;

/** Features that the page around does not hand on; undefined where the browser does not tell. */
export function forbiddenFeatures({ window: { document } }: Pick<TestPage, "window">): string[] | undefined {
	const policy = (document as PolicyDocument).featurePolicy;
	return policy && wanted.filter((feature) => !policy.allowsFeature(feature));
}

export function checkAllow(page: Pick<TestPage, "window">): Outcome {
	const missing = forbiddenFeatures(page);
	if (!missing) return "unknown";
	// That of the microphone is told with the microphone.
	const others = missing.filter((feature) => feature !== "microphone");
	return others.length > 0 ? finding("browser.allow.missing", { features: others.join(", ") }) : "fine";
}

export async function checkMicrophone(page: Pick<TestPage, "window">): Promise<Outcome> {
	if (forbiddenFeatures(page)?.includes("microphone")) return finding("browser.microphone.not.allowed");
	const devices = page.window.navigator.mediaDevices as MediaDevices | undefined;
	if (!devices) return finding("browser.microphone.denied");
	try {
		const stream = await devices.getUserMedia({ audio: true });
		for (const track of stream.getTracks()) track.stop();
		return "fine";
	} catch (error) {
		const { name } = error as Error;
		const isMissing = name === "NotFoundError" || name === "NotReadableError" || name === "OverconstrainedError";
		return finding(isMissing ? "browser.microphone.missing" : "browser.microphone.denied");
	}
}

/** Asked after the microphone: before it is allowed, browsers name no devices. */
export async function checkSpeaker({ window }: Pick<TestPage, "window">): Promise<Outcome> {
	const devices = window.navigator.mediaDevices as MediaDevices | undefined;
	// Who cannot choose an output does not list them either.
	if (!devices || !("setSinkId" in window.HTMLMediaElement.prototype)) return "unknown";
	const found = await devices.enumerateDevices();
	return found.some(({ kind }) => kind === "audiooutput") ? "fine" : finding("browser.speaker.missing");
}

export const checkPopups = ({ popup }: Pick<TestPage, "popup">): Outcome =>
	popup === "opened" ? "fine" : finding("browser.popups.blocked");

export async function checkStorage({ window }: Pick<TestPage, "window">): Promise<Outcome> {
	try {
		window.localStorage.setItem("inlay.self-test", "1");
		window.localStorage.removeItem("inlay.self-test");
	} catch {
		return finding("browser.storage.blocked");
	}
	const isFramed = window.parent !== window;
	if (!isFramed) return "fine";
	if (!window.document.hasStorageAccess) return "unknown";
	return (await window.document.hasStorageAccess()) ? "fine" : finding("browser.storage.partitioned");
}

export const checkAutoplay = ({ playsUnasked }: Pick<TestPage, "playsUnasked">): Outcome =>
	playsUnasked ? "fine" : finding("browser.autoplay.blocked");

/**
 * Chromium asks before a page reaches private addresses; who was refused once is not asked again. What comes through all the same
 * needs no leave: frames are told that they have none.
 */
export async function checkNetwork(
	{ window, api }: Pick<TestPage, "window" | "api">,
	socket: Outcome,
): Promise<Outcome> {
	if (socket === "fine") return "fine";
	const name = "local-network-access" as PermissionName;
	const state = await window.navigator.permissions?.query({ name }).then(
		(found) => found.state,
		() => undefined,
	);
	return state === "denied" ? finding("browser.local.network", { host: new URL(api).host }) : "unknown";
}

/** Two minutes make tokens and times wrong; the same bound as in the panel. */
const mostOffMs = 2 * 60_000;

export function checkClock({ serverTime }: Pick<TestPage, "serverTime">, now: number): Outcome {
	if (serverTime === undefined) return "unknown";
	const offMs = Math.abs(now - serverTime);
	return offMs < mostOffMs ? "fine" : finding("clock.off", { minutes: Math.round(offMs / 60_000) });
}
