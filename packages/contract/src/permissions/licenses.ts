/** What a user is licensed for, from the least on; each comprises those before it (platform's License API). */
export const licenses = [
	{ id: "collaborate", description: "Collaborate" },
	{ id: "communicate", description: "Communicate" },
	{ id: "engage1", description: "Engage 1" },
	{ id: "engage2", description: "Engage 2" },
	{ id: "engage3", description: "Engage 3" },
] as const;

export type LicenseId = (typeof licenses)[number]["id"];

/** What somebody has for whom nobody has said otherwise: here nothing is sold, and everybody may be an agent. */
export const usualLicenses: readonly LicenseId[] = ["communicate"];

const rankOf = (id: string) => licenses.findIndex((one) => one.id === id);

/** Agents need "Communicate or higher" (configuration guide, "Prerequisites"). One that is not known says nothing. */
export function licensedForPanel(held: readonly string[]): boolean {
	return held.some((id) => rankOf(id) >= rankOf("communicate"));
}

/** The highest of those that somebody has. */
export function highestLicense(held: readonly string[]): LicenseId | undefined {
	return licenses.filter(({ id }) => held.includes(id)).at(-1)?.id;
}
