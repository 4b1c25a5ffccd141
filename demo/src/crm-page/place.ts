import { signal } from "@preact/signals";

/** What the page shows; it stands behind the `#` of the address, so that a reload and the back button keep it. */
export type Place =
	| { kind: "list" }
	| { kind: "contact"; id: string; activityId?: string }
	| { kind: "edit"; id: string }
	| { kind: "new"; name: string; phone: string; email?: string; interactionId?: string };

/** Where the page is now. */
export const place = signal<Place>(readPlace(location.hash));

window.addEventListener("hashchange", () => {
	place.value = readPlace(location.hash);
});

export function goTo(next: Place): void {
	location.hash = placeHash(next);
}

/** @param hash such as `#/contacts/17?activity=4` */
export function readPlace(hash: string): Place {
	const url = URL.parse(hash.replace(/^#/, ""), "http://place");
	const [, kind, id, action] = url?.pathname.split("/") ?? [];
	if (!url || kind !== "contacts" || !id) return { kind: "list" };
	const value = (name: string) => url.searchParams.get(name) ?? undefined;
	if (id === "new") {
		const [name = "", phone = "", email] = ["name", "phone", "email"].map(value);
		return { kind: "new", name, phone, email, interactionId: value("interaction") };
	}
	if (action === "edit") return { kind: "edit", id: decodeURIComponent(id) };
	return { kind: "contact", id: decodeURIComponent(id), activityId: value("activity") };
}

export function placeHash(to: Place): string {
	const query = (values: Record<string, string | undefined>) => {
		const given = Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1]));
		return given.length > 0 ? `?${new URLSearchParams(given)}` : "";
	};
	switch (to.kind) {
		case "list":
			return "#/";
		case "contact":
			return `#/contacts/${encodeURIComponent(to.id)}${query({ activity: to.activityId })}`;
		case "edit":
			return `#/contacts/${encodeURIComponent(to.id)}/edit`;
		case "new":
			return `#/contacts/new${query({ name: to.name, phone: to.phone, email: to.email, interaction: to.interactionId })}`;
	}
}
