import type { LiveInteraction } from "../session/interaction.ts";

/**
 * What is selected once this is listed: what was, also before a reload, as long as it is there; else what is under way, before
 * what only alerts.
 * @param now its id
 */
export function keptSelection(
	listed: readonly Pick<LiveInteraction, "id" | "state">[],
	now: string | null | undefined,
): string | undefined {
	const known = listed.find((each) => each.id === now);
	return (known ?? listed.find((each) => each.state !== "alerting") ?? listed[0])?.id;
}
