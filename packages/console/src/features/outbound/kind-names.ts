/** What stands under Outbound, as addresses name it. */
export const kindNames = [
	"campaigns",
	"contactlists",
	"dnclists",
	"callabletimesets",
	"attemptlimits",
	"rulesets",
] as const;
export type KindName = (typeof kindNames)[number];

/** Of one thing: its kind and its id, `new` for one that is to be made. */
export function placeOf(kind: KindName, id: string): string {
	return `${kind}:${id}`;
}

/** Whether an address can be of one of them. */
export function isPlace(place: string): boolean {
	const [name, id = ""] = place.split(":");
	return kindNames.some((one) => one === name) && id !== "";
}

/** The same read again, of what is one. */
export function readPlace(place: string): { kind: KindName; id: string } {
	const [name = "", id = "new"] = place.split(":");
	const kind = kindNames.find((one) => one === name) ?? "campaigns";
	return { kind, id };
}
