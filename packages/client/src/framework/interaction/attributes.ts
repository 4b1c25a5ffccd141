import type { PlatformConversation, PlatformParticipant } from "../platform-conversation.ts";

/**
 * The participant attributes that the script has named, from all participants; the agent's own win. Keys in lower case
 * unless asked otherwise (framework-contract 7). Undefined when the script names none; an empty object when it does and
 * none is set, so that `interaction.attributes.x` is safe to read.
 */
export function pickAttributes(
	conversation: PlatformConversation,
	own: PlatformParticipant,
	names: readonly string[],
	preserveCase: boolean,
): Record<string, string> | undefined {
	if (names.length === 0) return undefined;
	const wanted = new Map(names.map((name) => [name.toLowerCase(), preserveCase ? name : name.toLowerCase()]));
	const others = (conversation.participants ?? []).filter((participant) => participant !== own);
	const found: Record<string, string> = {};
	for (const participant of [...others, own]) {
		for (const [key, value] of Object.entries(participant.attributes ?? {})) {
			const name = wanted.get(key.toLowerCase());
			if (name !== undefined) found[name] = String(value);
		}
	}
	return found;
}
