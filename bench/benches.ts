import type { Row } from "./support/row.ts";

/** Tells what is going on while a bench runs; shown on the screen, not in the table. */
export type Progress = (text: string) => void;

/** One measurement or several that share a setup. Throws where it could not run; the table then says so. */
export interface Bench {
	/** For the command line: `npm run bench -- api media`. */
	name: string;
	/** What its rows are about. */
	title: string;
	/** Loaded when it runs, so that what one bench needs cannot keep the others from running. */
	load(): Promise<(progress: Progress) => Promise<Row[]>>;
}

/** In the order of the table. */
export const benches: readonly Bench[] = [
	{ name: "start", title: "time to first answer", load: async () => (await import("./start.ts")).benchStart },
	{ name: "sign-in", title: "sign-in", load: async () => (await import("./sign-in.ts")).benchSignIn },
	{ name: "shell", title: "client shell", load: async () => (await import("./shell.ts")).benchShell },
	{ name: "calls", title: "calls in the panel", load: async () => (await import("./calls.ts")).benchCalls },
	{ name: "save", title: "a script is saved", load: async () => (await import("./save.ts")).benchSave },
	{ name: "api", title: "API reads and writes", load: async () => (await import("./api.ts")).benchApi },
	{ name: "events", title: "event → subscriber", load: async () => (await import("./events.ts")).benchEvents },
	{ name: "storm", title: "a thousand come back", load: async () => (await import("./storm.ts")).benchStorm },
	{ name: "log", title: "a full event log", load: async () => (await import("./log.ts")).benchLog },
	{ name: "assignment", title: "assignments", load: async () => (await import("./assignment.ts")).benchAssignments },
	{ name: "listings", title: "listings at volume", load: async () => (await import("./listings.ts")).benchListings },
	{ name: "footprint", title: "memory and disk", load: async () => (await import("./footprint.ts")).benchFootprint },
	{ name: "media", title: "calls per core", load: async () => (await import("./media.ts")).benchMedia },
];

/**
 * The benches of these names, all without names.
 * @throws naming the unknown one and those there are
 */
export function chooseBenches(names: readonly string[]): readonly Bench[] {
	const unknown = names.find((name) => !benches.some((bench) => bench.name === name));
	if (unknown !== undefined) {
		throw new Error(`There is no bench "${unknown}". There are: ${benches.map(({ name }) => name).join(", ")}.`);
	}
	return names.length === 0 ? benches : benches.filter(({ name }) => names.includes(name));
}
