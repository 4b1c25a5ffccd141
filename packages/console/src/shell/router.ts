import { batch, signal } from "@preact/signals";
import type { Place } from "../session/addressed.ts";
import { losesWork } from "./unsaved.ts";

/** What the console is made of, by the first part of an address: a list, with a screen per thing and one to make another. */
const areas = {
	deployments: { one: "deployment" },
	clients: { one: "client", add: "new-client" },
	applications: { one: "application" },
	people: { one: "person", add: "new-person" },
	groups: { one: "group" },
	roles: { one: "role", add: "new-role" },
	statuses: { one: "status", add: "new-status" },
	recording: { one: "recording-policy", add: "new-recording-policy" },
	outbound: { one: "outbound-thing" },
	calls: {},
	forwarding: {},
	calling: {},
	voicemail: {},
	queues: { one: "queue", add: "new-queue" },
	numbers: { one: "number", add: "new-number" },
	messages: { one: "message-address", add: "new-message-address" },
	contacts: { one: "contact", add: "new-contact" },
	scripts: { one: "script", add: "new-script" },
	responses: { one: "response", add: "new-response" },
	libraries: { one: "library", add: "new-library" },
	emails: { one: "email-address", add: "new-email-address" },
	"email-domains": { one: "email-domain", add: "new-email-domain" },
	routing: {},
	quality: {},
	"sign-in": {},
	account: {},
} as const satisfies Record<string, { one?: string; add?: string }>;

type Areas = typeof areas;
type Area = keyof Areas;
type ScreensOf<Part extends "one" | "add"> = {
	[Each in Area]: Areas[Each] extends Record<Part, infer Name> ? Name : never;
}[Area];

/** A screen of the console. It stands in the address's fragment, so that it can be linked to and gone back from. */
export type Route = { screen: Area | ScreensOf<"add"> } | { screen: ScreensOf<"one">; id: string };

/** Reads a fragment, with or without `#`; what is unknown is the first screen. */
export function readRoute(fragment: string): Route {
	const [name = "", id] = fragment
		.replace(/^#?\/?|\?.*$/gs, "")
		.split("/")
		.map(decode);
	if (!Object.hasOwn(areas, name)) return { screen: "deployments" };
	const area = name as Area;
	const { one, add }: { one?: ScreensOf<"one">; add?: ScreensOf<"add"> } = areas[area];
	if (!id || !one) return { screen: area };
	return id === "new" && add ? { screen: add } : { screen: one, id };
}

const lists = new Map<string, string>(
	Object.entries(areas).flatMap(([area, parts]) => Object.values(parts).map((screen) => [screen, area])),
);

/** The link to a screen. */
export function hrefOf(route: Route): string {
	const area = lists.get(route.screen);
	if (area === undefined) return `#/${route.screen}`;
	return `#/${area}/${"id" in route ? encodeURIComponent(route.id) : "new"}`;
}

const start = typeof location === "undefined" ? "" : location.hash;

/** The screen that is shown. */
export const route = signal<Route>(readRoute(start));

/** What a list on the screen is narrowed to and where it stands, by short names; it stands behind the screen. */
export const place = signal<Place>(readPlace(start));

/** Where lists stood when their screens were left: the link back leads there again. */
const left = new Map<string, string>();

/** The link back to a screen, with its list where it was. */
export function backHrefOf(to: Route): string {
	return `${hrefOf(to)}${left.get(hrefOf(to)) ?? ""}`;
}

/** Where somebody wants to go who would lose something by it: they are asked first. */
export const leaving = signal<Route | undefined>(undefined);

/** Takes the screen from the address. The same screen again is no change; a form with unsaved work is not left unasked. */
export function followAddress(): void {
	const next = readRoute(location.hash);
	if (hrefOf(next) === hrefOf(route.peek())) {
		place.value = readPlace(location.hash);
	} else if (losesWork()) {
		history.replaceState(history.state, "", addressOf(place.peek()));
		leaving.value = next;
	} else show(next, readPlace(location.hash));
}

/** Puts where a list stands into the address. @param isStep whether somebody may want to come back to where it stood before */
export function writePlace(next: Place, isStep: boolean): void {
	if (placeText(next) === placeText(place.peek())) return;
	if (isStep) history.pushState(null, "", addressOf(next));
	else history.replaceState(history.state, "", addressOf(next));
	place.value = next;
}

function show(next: Route, nextPlace: Place): void {
	left.set(hrefOf(route.peek()), placeText(place.peek()));
	batch(() => {
		route.value = next;
		place.value = nextPlace;
	});
}

function addressOf(at: Place): string {
	return `${hrefOf(route.peek())}${placeText(at)}`;
}

/** Goes without a question: after it was answered, or where what the form was about is gone. */
export function leaveTo(target: Route): void {
	leaving.value = undefined;
	show(target, {});
	location.hash = hrefOf(target);
}

/** Shows another screen at once: what is told right after it is told there, and does not go with the old one. */
export function goTo(target: Route): void {
	location.hash = hrefOf(target);
	followAddress();
}

if (typeof window !== "undefined") window.addEventListener("hashchange", followAddress);

function readPlace(fragment: string): Place {
	const text = fragment.includes("?") ? fragment.slice(fragment.indexOf("?") + 1) : "";
	return Object.fromEntries(new URLSearchParams(text));
}

function placeText(at: Place): string {
	const text = new URLSearchParams(at).toString();
	return text === "" ? "" : `?${text}`;
}

function decode(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}
