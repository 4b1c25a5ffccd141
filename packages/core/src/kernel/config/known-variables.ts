import { nearestName } from "@inlay/contract/nearest";
import { configFlags } from "./config-flags.ts";

/** Read elsewhere: by the start script, by other commands, and by those who develop and measure (CONTRIBUTING.md). */
const elsewhere =
	/^INLAY_(LIFELINE|URL|TOKEN|CLIENT_ID|CLIENT_SECRET|CHROMIUM|FIREFOX|PICTURES|SCREENSHOTS|SHOTS|SOAK|CLOCK_STEP|(BENCH|MODEL)_.*)$/;

/** A sentence for each variable that looks like one of Inlay's and is none, with the one that may have been meant. */
export function unknownVariables(env: Readonly<Record<string, string | undefined>>): string[] {
	const known = new Set<string>(configFlags.map((flag) => flag.env));
	return Object.keys(env)
		.filter((name) => name.startsWith("INLAY_") && !known.has(name) && !elsewhere.test(name))
		.map((name) => {
			const near = nearestName(name, [...known]);
			return `There is no variable ${name}; it is ignored.${near ? ` Did you mean ${near}?` : ""}`;
		});
}
