import { batch, signal } from "@preact/signals";
import { areas } from "../features/areas.ts";
import type { Place } from "../session/addressed.ts";
import type { Area } from "./area.ts";
import { losesWork } from "./unsaved.ts";

type Areas = (typeof areas)[number];
type NameOf<Part extends "path" | "one" | "add"> = Extract<Areas[Part], string>;

/** A screen of the console. It stands in the address's fragment, so that it can be linked to and gone back from. */
export type Route =
	| { screen: NameOf<"path"> | NameOf<"add"> }
	| { screen: NameOf<"one">; id: string }
	/** There is none at this address. */
	| { screen: "nowhere"; address: string };

const byPath = new Map<string, Areas>(areas.map((area) => [area.path, area]));
const byScreen = new Map<string, Areas>(
	areas.flatMap((area) => [area.path, area.one, area.add].flatMap((name) => (name ? [[name, area] as const] : []))),
);

/** Reads a fragment, with or without `#`; an empty one is the first screen. */
export function readRoute(fragment: string): Route {
	const parts = fragment.replace(/^#?\/?|\/?(\?.*)?$/gs, "").split("/");
	const [name, id, ...deeper] = parts.map(decode);
	if (name === "" && parts.length === 1) return { screen: areas[0].path };
	const nowhere: Route = { screen: "nowhere", address: parts.map((part) => decode(part) ?? part).join("/") };
	const area: Area<Areas["path"], NameOf<"one">, NameOf<"add">> | undefined =
		name === undefined ? undefined : byPath.get(name);
	if (!area || deeper.length > 0) return nowhere;
	const { path, one, add } = area;
	if (parts.length === 1) return { screen: path };
	if (id === "new") return { screen: add ?? path };
	// As one guesses it who has seen the list's address.
	const beside = byPath.get(`${name}-${id}`);
	if (beside) return { screen: beside.path };
	return one && id && (area.has?.(id) ?? true) ? { screen: one, id } : nowhere;
}

/** The area that a screen is of. */
export function areaOf({ screen }: Route): Areas | undefined {
	return byScreen.get(screen);
}

/** The link to a screen. */
export function hrefOf(route: Route): string {
	if (route.screen === "nowhere") return `#/${encodeURIComponent(route.address)}`;
	const { path } = areaOf(route) ?? areas[0];
	if (path === route.screen) return `#/${path}`;
	return `#/${path}/${"id" in route ? encodeURIComponent(route.id) : "new"}`;
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

/** Undefined for what nobody could have encoded. */
function decode(part: string): string | undefined {
	try {
		return decodeURIComponent(part);
	} catch {
		return undefined;
	}
}
