import { batch, signal } from "@preact/signals";
import type { Place } from "../session/addressed.ts";
import { losesWork } from "./unsaved.ts";

/** A screen of the console. It stands in the address's fragment, so that it can be linked to and gone back from. */
export type Route =
	| { screen: "deployments" }
	| { screen: "deployment"; id: string }
	| { screen: "clients" }
	| { screen: "client"; id: string }
	| { screen: "new-client" }
	| { screen: "people" }
	| { screen: "person"; id: string }
	| { screen: "new-person" }
	| { screen: "groups" }
	| { screen: "group"; id: string }
	| { screen: "roles" }
	| { screen: "role"; id: string }
	| { screen: "new-role" }
	| { screen: "statuses" }
	| { screen: "status"; id: string }
	| { screen: "new-status" }
	| { screen: "recording" }
	| { screen: "recording-policy"; id: string }
	| { screen: "new-recording-policy" }
	| { screen: "routing" }
	| { screen: "quality" }
	| { screen: "sign-in" }
	| { screen: "account" };

/** Reads a fragment, with or without `#`; what is unknown is the first screen. */
export function readRoute(fragment: string): Route {
	const [area, id] = fragment
		.replace(/^#?\/?|\?.*$/gs, "")
		.split("/")
		.map(decode);
	switch (area) {
		case "clients":
			if (!id) return { screen: "clients" };
			return id === "new" ? { screen: "new-client" } : { screen: "client", id };
		case "people":
			if (!id) return { screen: "people" };
			return id === "new" ? { screen: "new-person" } : { screen: "person", id };
		case "roles":
			if (!id) return { screen: "roles" };
			return id === "new" ? { screen: "new-role" } : { screen: "role", id };
		case "statuses":
			if (!id) return { screen: "statuses" };
			return id === "new" ? { screen: "new-status" } : { screen: "status", id };
		case "recording":
			if (!id) return { screen: "recording" };
			return id === "new" ? { screen: "new-recording-policy" } : { screen: "recording-policy", id };
		case "routing":
		case "quality":
		case "sign-in":
		case "account":
			return { screen: area };
		case "groups":
			return id ? { screen: "group", id } : { screen: "groups" };
		default:
			return area === "deployments" && id ? { screen: "deployment", id } : { screen: "deployments" };
	}
}

/** The link to a screen. */
export function hrefOf(route: Route): string {
	switch (route.screen) {
		case "deployment":
			return `#/deployments/${encodeURIComponent(route.id)}`;
		case "client":
			return `#/clients/${encodeURIComponent(route.id)}`;
		case "new-client":
			return "#/clients/new";
		case "person":
			return `#/people/${encodeURIComponent(route.id)}`;
		case "new-person":
			return "#/people/new";
		case "role":
			return `#/roles/${encodeURIComponent(route.id)}`;
		case "new-role":
			return "#/roles/new";
		case "status":
			return `#/statuses/${encodeURIComponent(route.id)}`;
		case "new-status":
			return "#/statuses/new";
		case "recording-policy":
			return `#/recording/${encodeURIComponent(route.id)}`;
		case "new-recording-policy":
			return "#/recording/new";
		case "group":
			return `#/groups/${encodeURIComponent(route.id)}`;
		default:
			return `#/${route.screen}`;
	}
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
